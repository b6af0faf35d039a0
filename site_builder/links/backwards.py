"""The anchors of a page that come from what refers to its entity."""

from __future__ import annotations

from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.links.fields import fields_by_part
from site_builder.links.graph import Graph


def anchors_of(graph: Graph, id: EntityId) -> frozenset[str]:
    """The anchors that the page of an entity has: its own, and those of what refers to it."""
    tables = graph.tables
    anchors = {anchor for anchors in tables["anchors"][id] for anchor in anchors}
    for part, fields in fields_by_part().items():
        if part and any(id in tables[field.name] for field in fields):
            anchors.add(part)
    if id in tables["positions"]:
        anchors.add("positions")
    if id in tables["backlinks"]:
        anchors.add("mentions")
    if id.kind == CITED and graph.sources[id].passages:
        anchors |= {"passages", *graph.sources[id].passages}
    return frozenset(anchors)
