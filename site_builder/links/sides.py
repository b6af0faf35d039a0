"""Sides: which actors count together where the positions on a question are compared."""

from __future__ import annotations

from site_builder.content.models import EntityId
from site_builder.links.graph import Graph


def side_of(graph: Graph, actor: EntityId) -> EntityId:
    """The actor that one counts with: as `side` says, else the one that affiliations lead to; itself if neither does."""
    seen: set[EntityId] = set()
    while actor not in seen:  # a circle is an error, so this only has to end
        seen.add(actor)
        refs = graph.linked[actor].refs
        actor = refs.get(("side",), refs.get(("affiliation",), actor))
    return actor
