"""When something last changed, as far as the notes of changes say to the day. Nothing is invented."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.models import EntityId
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.pages.story import story_of

_LISTED: dict[str, tuple[str, ...]] = {
    "issues": ("issue",),
    "positions": ("issue",),
    "actors": ("actor",),
    "claims": ("claim",),
    "timeline": ("event",),
    "sources": ("source",),
    "terms": ("term",),
}
"""The kinds of entities that a list page tells of."""


def last_day(pages: Pages, updates: Iterable[EntityId]) -> str:
    """The newest day among notes of changes (`2025-12-02`), or "" if none has one."""
    return max((pages.cards.briefs[id].day for id in updates), default="")


def updates_of(pages: Pages, id: EntityId) -> tuple[EntityId, ...]:
    """The notes on an entity; on an issue also those on claims and events that bear on it. Newest first."""
    graph = pages.graph
    found = dict.fromkeys(graph.naming("update.touches", id))
    if id.kind == "issue":
        for field in ("claim.issues", "event.issues"):
            for touched in graph.naming(field, id):
                found |= dict.fromkeys(graph.naming("update.touches", touched))
    if len(found) < 2:
        return tuple(found)
    return tuple(other for other in graph.sequence("update") if other in found)


def changed(pages: Pages, route: Route) -> str:
    """The day of the last noted change to what a page shows, or ""."""
    graph = pages.graph
    if route.id and route.id.kind == "article":
        return last_day(pages, (row.entry.id for row in story_of(pages, route.id).updates))
    if route.id:
        return last_day(pages, updates_of(pages, route.id))
    kinds = _LISTED.get(route.type)
    if kinds is None:
        all_of_them = graph.sequence("update") if route.type in ("home", "updates") else ()
        return last_day(pages, all_of_them)
    touched = (
        row.entry.id
        for row in pages.updates
        if any(id.kind in kinds for id in row.refs_at("touches"))
    )
    return last_day(pages, touched)
