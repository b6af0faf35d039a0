"""`circular-reference`: the `after` of events does not lead in a circle."""

from __future__ import annotations

from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Circles, each told once."""
    after = {
        head.id: target
        for head in graph.heads.values()
        for where, target in head.refs
        if where == ("after",)
    }
    found = []
    reported: set[EntityId] = set()
    for start in after:
        chain = [start]
        while (following := after.get(chain[-1])) and following not in chain:
            chain.append(following)
        if following != start or start in reported:
            continue
        reported.update(chain)
        head = graph.heads[start]
        circle = " → ".join(id.slug for id in (*chain, start))
        location = places.value(head.file, (*head.within, "after"))
        found.append(
            Diagnostic("circular-reference", f"'after' leads in a circle: {circle}", location)
        )
    return found
