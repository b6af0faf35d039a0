"""What changed, as Atom (RFC 4287) and JSON Feed 1.1: for the site, and for each issue.

Both need the site's full address, for entries are known by it. Atom asks every entry and the feed itself for a
moment: notes that are not dated to the day stand in the JSON Feed only, and a site without any dated note has no
Atom feed unless `SOURCE_DATE_EPOCH` says when it was made. A day stands for its beginning in UTC.
"""

from __future__ import annotations

import datetime
import html
import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from site_builder.content.kinds import KINDS, NOTES, PLACED
from site_builder.content.models import EntityId
from site_builder.exports.changes import last_day, updates_of
from site_builder.exports.texts import address, html_of
from site_builder.links.plain import plain_text
from site_builder.pages.forms import COPY
from site_builder.pages.making import Making
from site_builder.pages.naming import once_named
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.reuse import AlternateView
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages
from site_builder.text.cutting import shortened
from site_builder.values import NamedTuple

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
_NAMES = {ATOM: "feed.xml", JSON_FEED: "feed.json"}

_LONGEST_TITLE = 100
"""Characters of a note in the title of its entry."""


class Feed(NamedTuple):
    """A feed: the folder it stands in, what it is called, the page it tells of, and its notes."""

    folder: str
    title: str
    page: str
    updates: tuple[EntityId, ...]


def feed_of(pages: Pages, id: EntityId | None) -> Feed:
    """The feed of an issue, or of the site."""
    graph = pages.graph
    title = graph.content.site.title
    if id is None:
        listing = KINDS[NOTES].listed_on
        page = listing if listing in graph.index_pages else ""
        return Feed("", f"{title}: what changed", page, graph.sequence(NOTES))
    path = graph.addresses.of(id)
    return Feed(path, f"{pages.cards.of(id).name} – {title}", path, updates_of(pages, id))


def with_feeds(pages: Pages) -> Iterator[EntityId]:
    """The entities that have a feed of their own."""
    for kind in PLACED:
        if kind.feed:
            yield from pages.graph.ids_of(kind.name)


def alternates(pages: Pages, id: EntityId | None, *, atom: bool) -> tuple[AlternateView, ...]:
    """The feeds that a page points at: the site's, and its issue's own.

    `atom` says whether the site has an Atom feed: asking its notes would make every page depend on all.
    """
    if not pages.graph.content.site.base_url:
        return ()
    title = f"{pages.graph.content.site.title}: what changed"
    types = (ATOM, JSON_FEED) if atom else (JSON_FEED,)
    rows = [AlternateView(_NAMES[type], type, title) for type in types]
    if id and KINDS[id.kind].feed:
        feed = feed_of(pages, id)
        rows += (
            AlternateView(f"{feed.folder}{_NAMES[type]}", type, feed.title)
            for type in _types(pages, feed.updates)
        )
    return tuple(rows)


def _types(pages: Pages, updates: tuple[EntityId, ...]) -> tuple[str, ...]:
    return (ATOM, JSON_FEED) if moment_of(last_day(pages, updates)) else (JSON_FEED,)


def moment_of(day: str) -> str:
    """The moment a feed gives for a day; without a day, that of `SOURCE_DATE_EPOCH`, or ""."""
    if day:
        return f"{day}T00:00:00Z"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return ""
    moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def plan(pages: Pages) -> Iterator[Copy]:
    """The feeds there may be; none for a site without an address."""
    if pages.graph.content.site.base_url:
        for id in (None, *with_feeds(pages)):
            folder = pages.graph.addresses.of(id) if id else ""
            for name in _NAMES.values():
                yield Copy("feeds", folder + name, id)


def make(pages: Pages, copy: Copy) -> bytes | None:
    """A feed, or None for an Atom feed without a date."""
    feed = feed_of(pages, copy.id)
    if copy.path.endswith(".json"):
        return _json(pages, feed)
    return _atom(pages, feed) if ATOM in _types(pages, feed.updates) else None


def _updates(pages: Pages, feed: Feed) -> tuple[UpdateView, ...]:
    """The notes of a feed, as pages show them."""
    making = Making(pages, Route("feed", feed.folder), COPY)
    return updates(making, (pages.graph.linked[id] for id in feed.updates))


def _title(pages: Pages, update: UpdateView) -> str:
    """What a note is called: its kind, and its text as far as there is room."""
    kind = pages.locale.update(update.kind)
    text = shortened(plain_text(update.text.linked), _LONGEST_TITLE, pages.locale.language)
    return f"{kind}: {text}" if text else kind


def _content(pages: Pages, update: UpdateView) -> str:
    full = address(pages.graph.content.site.base_url)
    text = html_of(once_named(update.text.linked, set()), pages.cards, full)
    links = ", ".join(
        f'<a href="{html.escape(full(card.path))}">{html.escape(card.name, quote=False)}</a>'
        for card in update.touches
    )
    return f"<p>{text}</p>" + (f"<p>{links}</p>" if links else "")


def _atom(pages: Pages, feed: Feed) -> bytes:
    from xml.etree import ElementTree as ET

    site = pages.graph.content.site
    full = address(site.base_url)
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": site.language})

    def add(to: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(to, name, attributes)
        element.text = text or None
        return element

    own = full(f"{feed.folder}feed.xml")
    add(root, "id", own)
    add(root, "title", feed.title)
    if site.description:
        add(root, "subtitle", site.description)
    rows = _updates(pages, feed)
    newest = max((row.instant for row in rows), default="")
    add(root, "updated", newest or moment_of(""))
    add(root, "link", rel="self", type=ATOM, href=own)
    add(root, "link", rel="alternate", type="text/html", href=full(feed.page))
    for name in site.authors or (site.publisher or site.title,):
        add(add(root, "author"), "name", name)
    if site.licence:
        add(root, "rights", site.licence)
    add(root, "generator", pages.site.generator)
    for row in rows:
        if not row.instant:
            continue
        where = full(row.card.path)
        entry = add(root, "entry")
        add(entry, "id", where)
        add(entry, "title", _title(pages, row))
        add(entry, "updated", row.instant)
        add(entry, "link", rel="alternate", type="text/html", href=where)
        add(entry, "category", term=row.kind)
        add(entry, "content", _content(pages, row), type="html")
    return xml_bytes(root)


def _json(pages: Pages, feed: Feed) -> bytes:
    site = pages.graph.content.site
    full = address(site.base_url)
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": full(feed.page),
        "feed_url": full(f"{feed.folder}feed.json"),
        "language": site.language,
    }
    if site.description:
        data["description"] = site.description
    if site.authors or site.publisher:
        data["authors"] = [{"name": name} for name in site.authors or (site.publisher,)]
    data["items"] = []
    for row in _updates(pages, feed):
        where = full(row.card.path)
        item: dict[str, Any] = {
            "id": where,
            "url": where,
            "title": _title(pages, row),
            "content_html": _content(pages, row),
            "tags": [row.kind],
        }
        if row.instant:
            item["date_published"] = row.instant
        data["items"].append(item)
    return json_bytes(data)


def xml_bytes(root: ET.Element) -> bytes:
    """An XML document for people and machines: one space a level, UTF-8, a line end at the end."""
    from xml.etree import ElementTree as ET

    ET.indent(root, " ")
    data: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return data + b"\n"


def json_bytes(data: object) -> bytes:
    """JSON for people and machines: one space a level, UTF-8, a line end at the end."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
