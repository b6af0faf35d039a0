"""`circular-reference`: what leads from one entity to the next does not come back to the first."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph

FIELDS = ("after", "affiliation")
"""The fields of one reference that make chains."""
_MOST_NAMED = 10


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Circles, each told once, at the first entity of it."""
    return [finding for field in FIELDS for finding in _circles(field, graph, places)]


def _circles(field: str, graph: Graph, places: Places) -> list[Diagnostic]:
    next_of = {
        head.id: target
        for head in graph.heads.values()
        for where, target in head.refs
        if where == (field,)
    }
    found = []
    done: set[EntityId] = set()
    for start in next_of:
        chain = _chain(start, next_of, done)
        done.update(chain)
        if next_of.get(chain[-1]) not in chain:
            continue
        circle = chain[chain.index(next_of[chain[-1]]) :]
        first = min(circle, key=list(next_of).index)
        turned = [*circle[circle.index(first) :], *circle[: circle.index(first)], first]
        head = graph.heads[first]
        location = places.value(head.file, (*head.within, field))
        names = [id.slug for id in turned]
        if len(names) > _MOST_NAMED:
            names = [*names[: _MOST_NAMED - 1], "…", names[-1]]
        message = f"'{field}' leads in a circle: {' → '.join(names)}"
        found.append(Diagnostic("circular-reference", message, location))
    return found


def _chain(
    start: EntityId, next_of: Mapping[EntityId, EntityId], done: set[EntityId]
) -> list[EntityId]:
    """The entities from `start` on, to the end, to one that is done, or once around a circle."""
    chain = {start: None}
    last = start
    while (following := next_of.get(last)) and following not in chain and following not in done:
        chain[following] = None
        last = following
    return list(chain)
