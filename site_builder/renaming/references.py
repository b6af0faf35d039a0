"""Every place in the files of a site that names one entity, and what to write there when its slug changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from site_builder.content.entries import Entry
from site_builder.content.kinds import CITED, KINDS
from site_builder.content.models import EntityId
from site_builder.links.graph import NOBODY
from site_builder.links.link_paths import page_at
from site_builder.markdown.document import Citation, Inline, LinkOpen, Part, WikiLink
from site_builder.reading.yaml_path import YamlPath
from site_builder.reading.yaml_spans import Splice
from site_builder.renaming.fields import in_cites, in_fields, in_navigation
from site_builder.renaming.files import File
from site_builder.renaming.notes import Notes
from site_builder.renaming.texts import (
    Change,
    definitions,
    in_address,
    in_citation,
    in_wikilink,
    words_of_wikilink,
)
from site_builder.stages.linking import LinkedSite


class _Run(NamedTuple):
    """A text in a file: whose it is, where its parts stand in it, and how to change it."""

    owner: EntityId
    file: File
    text: str
    start: int
    """The offset at which definitions of links may stand."""
    offset: Callable[[Part], int]
    change: Callable[[int, int, str], bool]


def find(notes: Notes, site: LinkedSite) -> None:
    """Goes through all entities, the about page and the navigation, and notes what changes."""
    texts = _Texts(notes, site)
    for linked in site.graph.untraced.values():
        entry = linked.entry
        in_fields(notes, entry)
        in_cites(notes, entry)
        for where, inline in entry.prose.items():
            texts.prose(entry, where, inline)
        texts.body(entry.id, entry.file, entry.body.inlines)
    content = site.graph.content
    if content.about:
        texts.body(NOBODY, content.about.file, content.about.body.inlines)
    if content.site.nav:
        in_navigation(notes, site)


class _Texts:
    """Finds the places in texts."""

    def __init__(self, notes: Notes, site: LinkedSite) -> None:
        self._notes = notes
        self._renaming = notes.renaming
        self._site = site

    def prose(self, entry: Entry, where: YamlPath, inline: Inline) -> None:
        """A text in a field."""
        if all(isinstance(part, str) for part in inline.parts):
            return
        file = self._notes.files[entry.file]
        path = file.written((*entry.within, *where))
        value = file.value(path)
        found = file.scalar(path)
        if found is None or not isinstance(value, str):
            return
        text = value.strip()

        def change(start: int, end: int, new: str) -> bool:
            shift = len(value) - len(value.lstrip())
            return file.replace(found.part(start + shift, end + shift), new)

        def offset(part: Part) -> int:
            return part.column - 1  # type: ignore[union-attr]

        run = _Run(entry.id, file, text, len(text), offset, change)
        self._parts(run, inline, found.start)

    def body(self, owner: EntityId, path: str, inlines: list[Inline]) -> None:
        """The text below the fields."""
        for inline in inlines:
            if all(isinstance(part, str) for part in inline.parts):
                continue
            file = self._notes.files[path]
            text = file.text

            def change(start: int, end: int, new: str, file: File = file) -> bool:
                file.splices.add(Splice(start, end, new))
                return True

            def offset(part: Part, file: File = file) -> int:
                return file.offset(part.line, part.column)  # type: ignore[union-attr]

            run = _Run(owner, file, text, self._body_start(file), offset, change)
            self._parts(run, inline, None)

    def _body_start(self, file: File) -> int:
        line = self._site.places.body_line(file.path)
        return file.offset(line, 1)

    def _parts(self, run: _Run, inline: Inline, start: int | None) -> None:
        for part in inline.parts:
            if isinstance(part, WikiLink):
                wanted, changes = self._wikilink(run, part)
            elif isinstance(part, Citation):
                wanted, changes = self._citation(run, part)
            elif isinstance(part, LinkOpen):
                wanted, changes = self._link(run, part)
            else:
                continue
            if wanted:
                done = bool(changes) and all(run.change(*change) for change in changes or ())
                line = part.line if start is None else run.file.line_of(start)
                self._notes.note(run.file, line, done=done)

    def _wikilink(self, run: _Run, part: WikiLink) -> tuple[bool, list[Change] | None]:
        at = run.offset(part)
        target = self._notes.new_name(part.target, ()) if part.target else ""
        anchor = self._renaming.anchor(part.anchor) if part.anchor else ""
        if target and not part.label and not self._notes.called.by_slug(part.target):
            change = words_of_wikilink(run.text, at, target, part.target)
            return True, [change] if change else None
        if not target and not anchor:
            return False, None
        return True, in_wikilink(run.text, at, part, target, anchor)

    def _citation(self, run: _Run, part: Citation) -> tuple[bool, list[Change] | None]:
        new = self._notes.new_name(part.source, (CITED,))
        return bool(new), in_citation(run.text, run.offset(part), part, new) if new else None

    def _link(self, run: _Run, part: LinkOpen) -> tuple[bool, list[Change] | None]:
        parts = urlsplit(part.href)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            return False, None
        old = self._renaming.old
        target: EntityId | None = run.owner
        page = ""
        if parts.path:
            found = page_at(unquote(parts.path), run.file.path, self._site.around)
            if found is None:
                return False, None
            page, target = found
        fragment = unquote(parts.fragment)
        in_list = page == KINDS[old.kind].listed_on and self._renaming.entry_anchor(fragment)
        leads_to = bool(parts.path) and target == old
        if not leads_to and not self._renaming.anchor(fragment) and not in_list:
            return False, None
        changed = partial(in_address, renamed=self._notes.address(leads_to=leads_to))
        at = run.offset(part)
        raw = run.text[at : at + part.length]
        stretches = [(at, at + part.length)]
        if raw[:1] in ("[", "!"):
            stretches = [*definitions(run.text, run.start, part)]
        rows = [(start, end, changed(run.text[start:end])) for start, end in stretches]
        return True, [(start, end, new) for start, end, new in rows if new is not None]
