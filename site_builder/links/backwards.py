"""All links of a site read backwards, from the heads of its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import eq

from site_builder.content.models import EntityId
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.graph import (
    Backlink,
    CitedSource,
    Graph,
    Head,
    LinkedAbout,
)


def refer_alike(
    before: Mapping[EntityId, Head],
    heads: Mapping[EntityId, Head],
    linked_again: Iterable[EntityId],
) -> bool:
    """Whether all entries refer to what they did, and readers see them in the same order.

    All but those that were linked again are as they were.
    """
    for id in linked_again:
        old, new = before.get(id), heads.get(id)
        if old is None or new is None or _refers(old) != _refers(new):
            return False
        if id.kind in _ORDERED_BY_RECORD and old.record_digest != new.record_digest:
            return False
    return before.keys() == heads.keys() and all(map(eq, before, heads))


def _refers(head: Head) -> tuple[object, ...]:
    return head.targets, head.positions, head.refs


_ORDERED_BY_RECORD = ("event", "claim", "update")


def cited_sources(
    source_texts: Mapping[EntityId, SourceText | None], heads: Iterable[Head], about: LinkedAbout
) -> dict[EntityId, CitedSource]:
    """Each source with its text, the passages that are cited, and what cites them."""
    uses: dict[EntityId, dict[str, dict[Backlink, None]]] = defaultdict(lambda: defaultdict(dict))
    words: dict[EntityId, dict[str, str]] = defaultdict(dict)
    sources = []
    for head in heads:
        if head.id.kind == "source":
            sources.append(head.id)
        for use in head.outgoing.get().cited if head.sources else ():
            words[use.source][use.anchor] = use.words
            uses[use.source][use.anchor][use.place] = None
    for use in about.cited:
        words[use.source][use.anchor] = use.words
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
    anchors = set(graph.heads[id].outgoing.get().anchors)
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
