"""All links of a site read backwards, from the heads of its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from site_builder.content.models import EntityId
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.graph import (
    Backlink,
    CitedSource,
    Graph,
    Head,
    Linked,
    Outgoing,
    PositionAt,
    Tables,
)
from site_builder.links.order import sequences


def read_backwards(heads: Mapping[EntityId, Head], linked: Mapping[EntityId, Linked]) -> Tables:
    """Backlinks, positions by actor, and which fields name an entity; in the order of readers."""
    ordered = sequences(heads, linked)
    backlinks: dict[EntityId, list[Backlink]] = defaultdict(list)
    positions: dict[EntityId, list[PositionAt]] = defaultdict(list)
    naming: dict[tuple[str, EntityId], dict[EntityId, None]] = defaultdict(dict)
    for head in heads.values():
        for target, backlink in head.outgoing.backlinks:
            backlinks[target].append(backlink)
        for actor, number in head.outgoing.positions:
            positions[actor].append(PositionAt(head.id, number))
    for ids in ordered.values():
        for id in ids:
            for where, target in heads[id].refs:
                if where[0] != "positions":
                    naming[f"{id.kind}.{where[0]}", target][id] = None
    return Tables(
        {id: tuple(rows) for id, rows in backlinks.items()},
        {id: tuple(rows) for id, rows in positions.items()},
        ordered,
        {key: tuple(ids) for key, ids in naming.items()},
    )


def cited_sources(
    source_texts: Mapping[EntityId, SourceText | None],
    sources: Iterable[EntityId],
    outgoing: Iterable[Outgoing],
) -> dict[EntityId, CitedSource]:
    """Each source with its text, the passages that are cited, and what cites them."""
    uses: dict[EntityId, dict[str, dict[Backlink, None]]] = defaultdict(lambda: defaultdict(dict))
    words: dict[EntityId, dict[str, str]] = defaultdict(dict)
    for row in outgoing:
        for source, anchor, quoted, backlink in row.cited:
            words[source][anchor] = quoted
            if backlink.source.kind:
                uses[source][anchor][backlink] = None
    return {
        id: CitedSource(
            source_texts.get(id),
            _in_order_of_text(source_texts.get(id), words[id]),
            {anchor: tuple(rows) for anchor, rows in uses[id].items()},
        )
        for id in sources
    }


def _in_order_of_text(
    text: SourceText | None, words: Mapping[str, str]
) -> dict[str, tuple[str, Passage]]:
    found = {}
    for anchor, quoted in words.items():
        passage = text.find(quoted) if text and anchor else None
        if passage:
            found[anchor] = (quoted, passage)
    return dict(sorted(found.items(), key=lambda row: (row[1][1].start, row[1][1].end)))


_PARTS_BY_FIELD = {
    "claims": ("claim.issues", "claim.made_by", "claim.contested_by"),
    "events": ("event.issues", "event.actors"),
    "updates": ("update.touches",),
    "related": ("issue.related",),
}


def anchors_of(graph: Graph, id: EntityId) -> frozenset[str]:
    """The anchors that the page of an entity has: its own, and those of what refers to it."""
    anchors = set(graph.heads[id].anchors)
    for part, fields in _PARTS_BY_FIELD.items():
        if any((field, id) in graph.tables.naming for field in fields):
            anchors.add(part)
    if id in graph.tables.positions_of:
        anchors.add("positions")
    if id in graph.tables.backlinks:
        anchors.add("mentions")
    if id.kind == "source" and graph.sources[id].passages:
        anchors |= {"passages", *graph.sources[id].passages}
    return frozenset(anchors)
