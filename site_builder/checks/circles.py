"""`circular-reference`: a chain of references must not lead back to its start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph

FIELDS = ("event.after", "actor.affiliation")
"""Fields with a single reference, which can form chains."""
SIDE = "actor.side"
"""The field that replaces an affiliation in the chain that leads to an actor's side."""
_MOST_NAMED = 10


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Circles, each reported once, at its first entity."""
    chains = {field: _chains(graph, field) for field in (*FIELDS, SIDE)}
    found = []
    for field in FIELDS:
        found += _circles(field, chains[field], chains[field], graph, places)
    if chains[SIDE]:
        # An actor without a side is on that of its affiliation; an actor that is its own side ends the chain.
        next_of = {
            id: to for id, to in (chains["actor.affiliation"] | chains[SIDE]).items() if id != to
        }
        found += _circles(SIDE, next_of, chains[SIDE], graph, places)
    return found


def _chains(graph: Graph, field: str) -> dict[EntityId, EntityId]:
    """By entity, in the order of the files: the one that its field names."""
    named = cast("Mapping[EntityId, Sequence[Any]]", graph.tables[field])
    found = {id: target for target, rows in named.items() for id, _ in rows}
    return {id: found[id] for id in graph.heads if id in found} if found else {}


def _circles(
    field: str,
    next_of: Mapping[EntityId, EntityId],
    by_field: Mapping[EntityId, EntityId],
    graph: Graph,
    places: Places,
) -> list[Diagnostic]:
    """The circles that contain the field; `by_field` has the steps of the chain through that field."""
    found = []
    done: set[EntityId] = set()
    for start in next_of:
        chain = _chain(start, next_of, done)
        done.update(chain)
        if next_of.get(chain[-1]) not in chain:
            continue
        circle = chain[chain.index(next_of[chain[-1]]) :]
        through = [id for id in circle if id in by_field]
        if not through:
            continue
        first = min(through, key=list(next_of).index)
        turned = [*circle[circle.index(first) :], *circle[: circle.index(first)], first]
        head = graph.heads[first]
        location = places.value(head.file, (*head.within, field.partition(".")[2]))
        names = [id.slug for id in turned]
        if len(names) > _MOST_NAMED:
            names = [*names[: _MOST_NAMED - 1], "…", names[-1]]
        message = f"'{field.partition('.')[2]}' leads in a circle: {' → '.join(names)}"
        found.append(Diagnostic("circular-reference", message, location))
    return found


def _chain(
    start: EntityId, next_of: Mapping[EntityId, EntityId], done: set[EntityId]
) -> list[EntityId]:
    """The entities from `start` on, up to the end, to one in `done`, or once around a circle."""
    chain = {start: None}
    last = start
    while (following := next_of.get(last)) and following not in chain and following not in done:
        chain[following] = None
        last = following
    return list(chain)
