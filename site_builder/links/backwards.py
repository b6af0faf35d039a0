"""All links of a site read backwards, from the heads of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import eq

from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.fields import fields_by_part
from site_builder.links.graph import (
    NOBODY,
    Backlink,
    CitedSource,
    Graph,
    Head,
    LinkedAbout,
    Use,
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
    return before.keys() == heads.keys() and all(map(eq, before, heads))


def _refers(head: Head) -> tuple[object, ...]:
    return head.targets, head.positions, head.refs, head.rank


class CitedSources(Mapping[EntityId, CitedSource]):
    """Each source with what rests on it, read from the heads of those that cite it when asked for."""

    def __init__(
        self,
        texts: Mapping[EntityId, SourceText | None],
        heads: Mapping[EntityId, Head],
        about: LinkedAbout,
    ) -> None:
        self._texts = texts
        self._heads = heads
        self._about = about
        self._by_source: dict[EntityId, dict[EntityId, list[Use]]] = {}
        """By what cites, the about page as `NOBODY`: its citations by source."""
        self._made: dict[EntityId, CitedSource] = {}

    @cached_property
    def _citing(self) -> Mapping[EntityId, Sequence[EntityId]]:
        """By source: the entities that cite it, in their order."""
        table: dict[EntityId, list[EntityId]] = {}
        for head in self._heads.values():
            for source in head.sources:
                table.setdefault(source, []).append(head.id)
        return table

    def _uses(self, id: EntityId) -> Iterator[Use]:
        for citing in (*self._citing.get(id, ()), NOBODY):
            if citing not in self._by_source:
                head = self._heads.get(citing)
                cited = head.outgoing.get().cited if head else self._about.cited
                table = self._by_source[citing] = {}
                for use in cited:
                    table.setdefault(use.source, []).append(use)
            yield from self._by_source[citing].get(id, ())

    def __getitem__(self, id: EntityId) -> CitedSource:
        if id not in self._made:
            if id not in self:
                raise KeyError(id)
            self._made[id] = self._cited(id)
        return self._made[id]

    def _cited(self, id: EntityId) -> CitedSource:
        uses: dict[str, dict[Backlink, None]] = {}
        passages: dict[str, tuple[str, Passage]] = {}
        for use in self._uses(id):
            uses.setdefault(use.anchor, {})[use.place] = None
            if use.passage:
                passages[use.anchor] = use.words, use.passage
        return CitedSource(
            self._texts.get(id),
            dict(sorted(passages.items(), key=lambda row: row[1][1])),
            {anchor: tuple(rows) for anchor, rows in uses.items()},
        )

    def __contains__(self, id: object) -> bool:
        return isinstance(id, EntityId) and id.kind == CITED and id in self._heads

    def __iter__(self) -> Iterator[EntityId]:
        return (id for id in self._heads if id.kind == CITED)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def anchors_of(graph: Graph, id: EntityId) -> frozenset[str]:
    """The anchors that the page of an entity has: its own, and those of what refers to it."""
    anchors = set(graph.heads[id].outgoing.get().anchors)
    for part, fields in fields_by_part().items():
        if part and any((field.name, id) in graph.tables.naming for field in fields):
            anchors.add(part)
    if id in graph.tables.positions_of:
        anchors.add("positions")
    if id in graph.tables.backlinks:
        anchors.add("mentions")
    if id.kind == CITED and graph.sources[id].passages:
        anchors |= {"passages", *graph.sources[id].passages}
    return frozenset(anchors)
