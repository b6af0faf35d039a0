"""What other sites can frame, and where the small pages for that stand."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.kinds import KINDS, PLACED
from site_builder.content.models import EntityId
from site_builder.links.graph import Graph
from site_builder.pages.messages import EMBEDS
from site_builder.pages.routes import Route
from site_builder.values import NamedTuple

FOLDER = "embed/"


class Embeddable(NamedTuple):
    """A part that can be framed: the path of its small page, and its entity if it is one's."""

    path: str
    id: EntityId | None = None


def embed_path(id: EntityId) -> str:
    """The path of the small page of an entity that can be framed."""
    return f"{FOLDER}{KINDS[id.kind].plural}/{id.slug}/"


def embeddable(graph: Graph) -> tuple[Embeddable, ...]:
    """Everything that can be framed: the entities of kinds that have a frame, the matrix and the timeline."""
    kinds = (kind.name for kind in PLACED if kind.frame)
    parts = [Embeddable(embed_path(id), id) for kind in kinds for id in graph.ids_of(kind)]
    parts += [Embeddable(FOLDER + path) for path in EMBEDS if path in graph.index_pages]
    return tuple(parts)


def whole_path(graph: Graph, route: Route) -> str:
    """The page that shows the whole of what an embed shows."""
    return graph.addresses.of(route.id) if route.id else route.path.removeprefix(FOLDER)


def part_of(graph: Graph, route: Route) -> Embeddable | None:
    """The part of a page that others can frame; None if there is none."""
    if "embeds" not in graph.exports:
        return None
    if route.type == "embed":
        return Embeddable(route.path, route.id)
    if route.id and route.type == route.id.kind and KINDS[route.id.kind].frame:
        return Embeddable(embed_path(route.id), route.id)
    if not route.id and route.path in EMBEDS:
        return Embeddable(FOLDER + route.path)
    return None
