"""What pages and texts read is noted, so that they can be kept while all that is as it was."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar
from zlib import crc32

from site_builder.content.models import EntityId

V = TypeVar("V")

Facet = str
"""A thing a page can depend on: an aspect (`record`, `backlinks`, …), a kind and a slug."""


def facet(aspect: str, kind: str, slug: str = "") -> Facet:
    """The name of a facet."""
    return f"{aspect} {kind} {slug}"


EVERYTHING = "*"
"""The kind of a facet that stands for all entities."""

Reads = bytes
"""What something has read or names: the mark of each, four bytes."""


def mark_of(name: str) -> int:
    """What stands for a facet, a name or an entity. That two share one costs work and is never wrong."""
    return crc32(name.encode())


def marks_of(names: Iterable[str]) -> Reads:
    """The marks of what was read."""
    return array("I", map(mark_of, names)).tobytes()


class Traced(Mapping[EntityId, V]):
    """A mapping that notes what is asked of it."""

    def __init__(self, aspect: str, data: Mapping[EntityId, V], trace: Trace) -> None:
        self._aspect = aspect
        self._data = data
        self._trace = trace

    def __getitem__(self, id: EntityId) -> V:
        self._trace.note(self._aspect, id)
        return self._data[id]

    def __iter__(self) -> Iterator[EntityId]:
        self._trace.note_all(self._aspect)
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


class Trace:
    """Notes what a page reads of the graph while it is made."""

    def __init__(self) -> None:
        self.facets: set[Facet] = set()

    def note(self, aspect: str, id: EntityId) -> None:
        """A thing was read."""
        self.facets.add(f"{aspect} {id.kind} {id.slug}")

    def note_all(self, aspect: str) -> None:
        """Everything of an aspect was read."""
        self.facets.add(facet(aspect, EVERYTHING))

    def read(self) -> Reads:
        """The facets that were read."""
        return marks_of(self.facets)

    def start(self) -> None:
        """Forgets what was read before."""
        self.facets = set()
