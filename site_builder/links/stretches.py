"""Stretches of sources: where cited words stand, to compare what two statements rest on."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable, Iterator

from site_builder.content.models import EntityId
from site_builder.links.graph import Graph, Linked, Mark
from site_builder.values import NamedTuple


class Stretch(NamedTuple):
    """Cited words, by their place in a source."""

    source: EntityId
    start: int
    end: int

    def holds(self, other: "Stretch") -> bool:
        """Whether it equals another one or contains it."""
        return self.source == other.source and self.start <= other.start and other.end <= self.end

    def meets(self, other: "Stretch") -> bool:
        """Whether the two have words in common."""
        return self.source == other.source and self.start < other.end and other.start < self.end


def stretches(graph: Graph, marks: Iterable[Mark]) -> Iterator[Stretch]:
    """The places of cited words; a source cited as a whole has none."""
    for mark in marks:
        found = graph.sources[mark.source].passages.get(mark.anchor) if mark.anchor else None
        if found:
            _, passage = found
            yield Stretch(mark.source, passage.start, passage.end)


def stretches_of(graph: Graph, linked: Linked) -> list[Stretch]:
    """The places of all words that the fields of an entity cite."""
    return list(stretches(graph, (mark for marks in linked.cites.values() for mark in marks)))
