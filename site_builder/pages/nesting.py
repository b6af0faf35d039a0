"""How free pages nest: a page belongs to the page at the nearest folder above it."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.links.graph import NOBODY, Graph


def _free(graph: Graph) -> tuple[EntityId, ...]:
    """All free pages, in the order of the files."""
    return tuple(id for kind in KINDS.values() if kind.free for id in graph.ids_of(kind.name))


def _above(graph: Graph, id: EntityId, there: set[EntityId]) -> Iterator[EntityId]:
    """The pages above one, the nearest first; `NOBODY` is the about page."""
    folder = id.slug.rpartition("/")[0]
    about = graph.addresses.of(NOBODY).rstrip("/")
    while folder:
        page = EntityId(id.kind, folder)
        if page in there:
            yield page
        elif folder == about:
            yield NOBODY
        folder = folder.rpartition("/")[0]


def above(graph: Graph, id: EntityId) -> tuple[EntityId, ...]:
    """The pages above a free page, the topmost first; `NOBODY` is the about page."""
    if "/" not in id.slug:
        return ()
    return tuple(_above(graph, id, set(_free(graph))))[::-1]


def below(graph: Graph, id: EntityId | None) -> tuple[EntityId, ...]:
    """The free pages right below a page, in the order of the files; None has those below no other page."""
    ids = _free(graph)
    there = set(ids)
    return tuple(row for row in ids if next(_above(graph, row, there), None) == id)
