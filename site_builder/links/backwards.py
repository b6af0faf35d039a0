"""The anchors of a page that come from what refers to its entity."""

from __future__ import annotations

from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.links.fields import fields_by_part
from site_builder.links.graph import CitedSource, Graph
from site_builder.text.places import place_anchor


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
    if id.kind == CITED:
        whole = graph.linked[id].entry.record.shows_text
        anchors |= _in_source(graph.sources[id], whole=whole)
    return frozenset(anchors)


def _in_source(source: CitedSource, *, whole: bool) -> set[str]:
    """The anchors in the text of a source: its quotations and, if any of it is shown, its places."""
    is_shown = whole or any(source.uses)  # any but the source as a whole, whose anchor is ""
    if source.text is None or not is_shown:
        return set()
    places = (place_anchor(mark.kind, mark.label) for mark in source.text.form.marks if mark.label)
    numbers = range(len(source.text.paragraphs) if whole else 0)
    return {
        "passages" if source.passages else "text",
        *source.passages,
        *filter(None, places),
        *(f"par-{number + 1}" for number in numbers),
    }
