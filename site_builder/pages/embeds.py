"""The parts of a site that other sites can frame: `embed/…`, small, without a script.

An embed shows what a page shows, made from the same views, so the two can't disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from site_builder.content.models import Actor, EntityId, Issue
from site_builder.links.graph import Graph
from site_builder.pages.contexts import DateView, EmbedContext
from site_builder.pages.views import PageViews

if TYPE_CHECKING:
    from site_builder.pages.planning import Pages, Route

FOLDER = "embed/"
_KINDS = {"issue": "issues/", "actor": "actors/", "claim": "claims/"}


class Embeddable(NamedTuple):
    """A part that can be framed: where its small page stands, and whose it is."""

    path: str
    id: EntityId | None = None


def embed_path(id: EntityId) -> str:
    """Where the small page of an issue, actor or claim stands."""
    return f"{FOLDER}{_KINDS[id.kind]}{id.slug}/"


def embeddable(graph: Graph) -> tuple[Embeddable, ...]:
    """Everything that can be framed: issues, actors, claims, the matrix and the timeline."""
    parts = [Embeddable(embed_path(id), id) for kind in _KINDS for id in graph.ids_of(kind)]
    indexes = ("positions/", "timeline/")
    parts += [Embeddable(FOLDER + path) for path in indexes if path in graph.index_pages]
    return tuple(parts)


def whole_path(graph: Graph, route: Route) -> str:
    """The page that shows the whole of what an embed shows."""
    return graph.addresses.of(route.id) if route.id else route.path.removeprefix(FOLDER)


def as_of(pages: Pages, id: EntityId | None) -> DateView | None:
    """As of when something is told: the date of the only article, or of the first that names it."""
    articles = pages.graph.ids_of("article")
    if len(articles) > 1 and id is not None:
        articles = (id,) if id in articles else pages.graph.naming(f"article.{id.kind}s", id)
    elif len(articles) > 1:
        return None
    return pages.cards.briefs[articles[0]].as_of if articles else None


def embed_context(pages: Pages, views: PageViews, route: Route) -> EmbedContext:
    """What the embed at a route shows."""
    graph = pages.graph
    path = whole_path(graph, route)
    date = as_of(pages, route.id)
    if route.id is None:
        if route.path == f"{FOLDER}timeline/":
            events = views.events(pages.events)
            return EmbedContext("timeline", "What happened", path, date, events=events)
        matrix = views.matrix(pages.issues, pages.actors, None)
        return EmbedContext("positions", "Who wants what", path, date, matrix=matrix)
    linked = graph.linked[route.id]
    record = linked.entry.record
    if isinstance(record, Issue):
        title = record.question or record.title
        text = views.prose(linked, "summary")
        groups = views.stance_groups(route.id)
        return EmbedContext("issue", title, path, date, text, groups)
    if isinstance(record, Actor):
        text = views.prose(linked, "role")
        positions = tuple(views.position(at) for at in pages.positions_of(route.id))
        return EmbedContext("actor", record.name, path, date, text, positions=positions)
    claim = views.claim(linked)
    return EmbedContext("claim", claim.card.name, path, date, claim=claim)
