"""Whether a site is the same before and after a change of names: all links, but for the name that changed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.content.records import Holds, Model
from site_builder.content.shape import shape_of
from site_builder.links.fields import point_anchors
from site_builder.links.graph import Href, Link, Linked, LinkedPart, LinkedText, Mark
from site_builder.stages.linking import LinkedSite
from site_builder.values import NamedTuple


class View(NamedTuple):
    """One site as it is compared: ids, anchors and shown names as they are to be afterwards."""

    site: LinkedSite
    id: Callable[[EntityId], EntityId]
    anchor: Callable[[str, str], str]
    """Of a page and a part of it."""
    changing: EntityId
    """The entity whose own name and redirects are not compared."""
    words: Callable[[str], str] = lambda text: text
    """What a link to it shows."""
    other_words: Callable[[str], str] = lambda text: text
    """What links to others show: the title of a claim may hold its name."""
    mentions: bool = True
    """Whether names that link by themselves count, or are text."""


def difference(before: View, after: View) -> str:
    """What differs, in words; "" if nothing does."""
    old, new = before.site.graph.untraced, after.site.graph.untraced
    there = {after.id(id): id for id in new}
    for id, linked in old.items():
        other = there.pop(before.id(id), None)
        if other is None:
            return f"{id} is not there afterwards"
        pairs = zip(_entry(before, linked), _entry(after, new[other]), strict=True)
        for (what, one), (_, two) in pairs:
            if one != two:
                return f"{what} of {id}, in {linked.entry.file}, would not be the same"
    if there:
        return f"there would be {next(iter(there))}"
    one, two = (_text(view, view.site.graph.about.body) for view in (before, after))
    if one != two:
        return "the links of the about page would not be the same"
    return ""


def moved_anchors(before: View, after: View) -> Iterator[tuple[str, str, str]]:
    """The file, and the old and the new anchor, of headings and points whose addresses change."""
    there = {after.id(id): linked for id, linked in after.site.graph.untraced.items()}
    for id, linked in before.site.graph.untraced.items():
        one, two = linked.entry, there[before.id(id)].entry
        old = [*(row.anchor for row in one.headings), *point_anchors(one).values()]
        new = [*(row.anchor for row in two.headings), *point_anchors(two).values()]
        for was, is_now in zip(old, new, strict=True):
            if was != is_now:
                yield two.file, was, is_now


def _entry(view: View, linked: Linked) -> Iterator[tuple[str, object]]:
    id = linked.entry.id
    own = ("redirect_from", KINDS[id.kind].title, "aliases") if id == view.changing else ()
    yield "what the fields say", _record(linked.entry.record, own)
    yield "a reference", {where: view.id(target) for where, target in linked.refs.items()}
    yield (
        "a citation",
        {where: [_part(view, mark) for mark in marks] for where, marks in linked.cites.items()},
    )
    yield (
        "a link in a field",
        {where: _text(view, text) for where, text in linked.prose.items() if where[0] not in own},
    )
    yield "a link in the text", _text(view, linked.body)


_SKIPPED = (Holds.REF, Holds.CITES, Holds.PROSE)


def _record(record: Model, own: tuple[str, ...] = ()) -> object:
    """The fields of a record, but for those that refer to others and `own`."""
    rows = []
    for shape in shape_of(type(record)):
        value: Any = getattr(record, shape.name)
        if shape.holds in _SKIPPED or shape.name in own:
            continue
        if shape.holds is Holds.RECORD and value is not None and not shape.by_name:
            value = [_record(item) for item in (value if shape.many else (value,))]
        rows.append((shape.name, value))
    return rows


_HEADING_ID = re.compile(r'(<h[1-6]) id="[^"]*"(>)(?:<span id="[^"]*"></span>)?')


def _text(view: View, text: LinkedText) -> list[object]:
    """The parts of a text; neighbouring strings are one."""
    joined: list[object] = []
    for part in text:
        shown = _part(view, part)
        if isinstance(shown, str):
            shown = _HEADING_ID.sub(r"\1\2", shown)
        if isinstance(shown, str) and joined and isinstance(joined[-1], str):
            joined[-1] += shown
        else:
            joined.append(shown)
    return joined


def _part(view: View, part: LinkedPart) -> object:
    if isinstance(part, Link):
        if part.is_mention and not view.mentions:
            return html.escape(part.text, quote=False)
        said = view.words if part.target == view.changing else view.other_words
        text = said(part.text)
        anchor = view.anchor("", part.anchor)
        if part.text == part.anchor:  # it has no other words
            text = anchor
        return Link(view.id(part.target), anchor, text, part.is_mention)
    if isinstance(part, Mark):
        return part._replace(source=view.id(part.source))
    if isinstance(part, Href) and part.path is not None:
        page, mark, fragment = part.path.partition("#")
        place = view.site.around.pages.get(page)
        where: object = view.id(place) if place else page
        return where, mark, view.anchor(page, fragment), part.title
    if isinstance(part, Href):
        path, mark, fragment = part.url.partition("#")
        return path, mark, view.anchor("", unquote(fragment)), part.title
    return part
