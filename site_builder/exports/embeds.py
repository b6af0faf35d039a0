"""Embeds: the snippet that frames one, and its oEmbed document (https://oembed.com, 1.0).

The framed pages themselves are pages like others (`site_builder.pages.embed`). A frame without a script can't tell its
height, so it is estimated from what stands in it; what is longer scrolls inside. Snippets and oEmbed documents hold
full addresses, so a site without one has none.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from site_builder.content.kinds import HOLDERS, KINDS
from site_builder.content.models import EntityId
from site_builder.exports.feeds import json_bytes
from site_builder.pages.embeddable import FOLDER, Embeddable, embeddable, part_of
from site_builder.pages.reuse import AlternateView, EmbedLinkView
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages

OEMBED = "application/json+oembed"
WIDTH = 600
_MOST = 640


def link(pages: Pages, route: Route) -> EmbedLinkView | None:
    """How a page says that a part of it can be framed."""
    part = part_of(pages.graph, route)
    if part is None or route.type == "embed":
        return None
    return EmbedLinkView(part.path, snippet(pages, part))


def snippet(pages: Pages, part: Embeddable) -> str:
    """The HTML to copy into another site, or "" without a base address."""
    base = pages.graph.content.site.base_url
    if not base:
        return ""
    return (
        f'<iframe src="{html.escape(base + part.path)}" title="{html.escape(_title(pages, part))}" '
        f'width="100%" height="{_height(pages, part)}" loading="lazy" style="border:0"></iframe>'
    )


def _title(pages: Pages, part: Embeddable) -> str:
    site = pages.graph.content.site.title
    name = (
        pages.cards.of(part.id).name
        if part.id
        else pages.locale.embed(part.path.removeprefix(FOLDER))
    )
    return f"{name} – {site}"


def _height(pages: Pages, part: Embeddable) -> int:
    frame = KINDS[part.id.kind].frame if part.id else None
    if part.id is None or frame is None:
        return _MOST
    return min(_MOST, frame.height + _rows(pages, part.id) * frame.row)


def _rows(pages: Pages, id: EntityId) -> int:
    """About how many rows stand in the frame of an entity: positions, or lines of its text."""
    if id.kind == HOLDERS:
        return len(pages.graph.positions_of.get(id, ()))
    if KINDS[id.kind].positions_on:
        return len(pages.graph.linked[id].numbers_at("positions"))
    return 1 + len(pages.cards.of(id).name) // 90


def oembed_path(part: Embeddable) -> str:
    """Where the oEmbed document of a part stands."""
    return f"{part.path}oembed.json"


def alternates(pages: Pages, route: Route) -> tuple[AlternateView, ...]:
    """The oEmbed document that a page points at, by which editors find its embed."""
    part = part_of(pages.graph, route)
    if part is None or not pages.graph.content.site.base_url:
        return ()
    return (AlternateView(oembed_path(part), OEMBED, _title(pages, part), absolute=True),)


def plan(pages: Pages) -> Iterator[Copy]:
    """The oEmbed documents there are; none for a site without an address."""
    if pages.graph.content.site.base_url:
        for part in embeddable(pages.graph):
            yield Copy("embeds", oembed_path(part), part.id)


def make(pages: Pages, copy: Copy) -> bytes:
    """An oEmbed document."""
    site = pages.graph.content.site
    part = Embeddable(copy.path.removesuffix("oembed.json"), copy.id)
    document: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": _title(pages, part),
        "provider_name": site.publisher or site.title,
        "provider_url": site.base_url,
        "html": snippet(pages, part),
        "width": WIDTH,
        "height": _height(pages, part),
    }
    return json_bytes(document)
