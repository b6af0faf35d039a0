"""When something last changed, according to updates that are dated to the day."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.kinds import FRONT, NOTES, kind_listed_on
from site_builder.content.models import EntityId
from site_builder.links.fields import fields_with_news
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.pages.story import story_of

_TOUCHES = f"{NOTES}.touches"


def last_day(pages: Pages, updates: Iterable[EntityId]) -> str:
    """The newest day of some updates (`2025-12-02`), or "" if none is dated to the day."""
    return max((pages.cards.briefs[id].day for id in updates), default="")


def updates_of(pages: Pages, id: EntityId) -> tuple[EntityId, ...]:
    """The updates about an entity, newest first; for an issue, also those about its claims and events."""
    graph = pages.graph
    found = dict.fromkeys(graph.naming(_TOUCHES, id))
    for field in fields_with_news(id.kind):
        for touched in graph.naming(field, id):
            found |= dict.fromkeys(graph.naming(_TOUCHES, touched))
    if len(found) < 2:
        return tuple(found)
    return tuple(other for other in graph.sequence(NOTES) if other in found)


def changed(pages: Pages, route: Route) -> str:
    """The day of the last update about the content of a page, or ""."""
    graph = pages.graph
    if route.id and route.id.kind == FRONT:
        return last_day(pages, (row.entry.id for row in story_of(pages, route.id).updates))
    if route.id:
        return last_day(pages, updates_of(pages, route.id))
    kind = kind_listed_on(route.path)
    if not kind:
        return ""
    if kind in (FRONT, NOTES):
        return last_day(pages, graph.sequence(NOTES))
    touched = (
        row.entry.id
        for row in pages.updates
        if any(id.kind == kind for id in row.refs_at("touches"))
    )
    return last_day(pages, touched)
