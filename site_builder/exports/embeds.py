"""Embeds: the snippet that frames one, and its oEmbed document (https://oembed.com, 1.0).

The framed pages themselves are pages like others (`site_builder.pages.embed`). A frame without a script can't tell its
height, so it is estimated from what stands in it; what is longer scrolls inside. Snippets and oEmbed documents hold
full addresses, so a site without one has none.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from site_builder.content.kinds import KINDS
from site_builder.exports.feeds import json_bytes
from site_builder.links.fields import POSITIONS
from site_builder.pages.embed import FOLDER, Embeddable, embed_path, embeddable
from site_builder.pages.reuse import AlternateView, EmbedLinkView
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages

OEMBED = "application/json+oembed"
WIDTH = 600
_MOST = 640


def part_of(pages: Pages, route: Route) -> Embeddable | None:
    """The part of a page that others can frame; None if there is none."""
    if "embeds" not in pages.graph.exports:
        return None
    if route.type == "embed":
        return Embeddable(route.path, route.id)
    if route.id and route.type == route.id.kind and KINDS[route.type].frame:
        return Embeddable(embed_path(route.id), route.id)
    if route.type == "positions" or (route.type == "timeline" and pages.events):
        return Embeddable(f"{FOLDER}{route.path}")
    return None


def link(pages: Pages, route: Route) -> EmbedLinkView | None:
    """How a page says that a part of it can be framed."""
    part = part_of(pages, route)
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
    if part.id is None:
        return _MOST
    kind = KINDS[part.id.kind]
    if kind.own_page:
        linked = pages.graph.linked[part.id]
        rows = len(linked.numbers_at(POSITIONS) or pages.graph.positions_of.get(part.id, ()))
    else:
        rows = 1 + len(pages.cards.of(part.id).name) // 90
    return min(_MOST, kind.frame.height + rows * kind.frame.row) if kind.frame else _MOST


def oembed_path(part: Embeddable) -> str:
    """Where the oEmbed document of a part stands."""
    return f"{part.path}oembed.json"


def alternates(pages: Pages, route: Route) -> tuple[AlternateView, ...]:
    """The oEmbed document that a page points at, by which editors find its embed."""
    part = part_of(pages, route)
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
