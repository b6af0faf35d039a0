"""When a page is out of date.

Every page notes the facets of the graph that it reads while it is made. A facet has a digest. A page
is kept while the digests of its facets are as they were, so no list of what depends on what has to
be kept right by hand.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.content.models import EntityId
from site_builder.links.graph import EVERYTHING, Facet, Graph, Head, facet
from site_builder.pages.briefs import Brief
from site_builder.reading.files import digest_bytes


def digest_of(name: Facet, graph: Graph, briefs: Mapping[EntityId, Brief]) -> bytes:
    """What stands for a facet of the graph as it is now; b"" for one that is no more."""
    aspect, kind, slug = name.split(" ", 2)
    if kind == EVERYTHING:
        return digest_bytes(
            b"".join(
                digest_of(f"{aspect} {id.kind} {id.slug}", graph, briefs) for id in graph.heads
            )
        )
    id = EntityId(kind, slug)
    match aspect:
        case "record" | "body" | "brief":
            head = graph.heads.get(id)
            if head is None:
                return b""
            if aspect == "brief":
                return digest_bytes(repr(briefs[id]).encode())
            kept = head.record_digest if aspect == "record" else head.body_digest
            return bytes.fromhex(kept)
        case "backlinks":
            value: object = graph.tables.backlinks.get(id)
        case "positions":
            value = graph.tables.positions_of.get(id)
        case "order":
            value = [other.slug for other in graph.heads if other.kind == kind]
        case "sequence":
            value = graph.tables.sequences.get(kind)
        case "source":
            source = graph.untraced_sources.get(id)
            value = source and (list(source.passages.items()), list(source.uses.items()))
        case _:
            value = graph.tables.naming.get((aspect, id))
    return digest_bytes(repr(value).encode())


Reads = bytes
"""The facets that something has read, as their numbers in a `FacetTable`: four bytes each, sorted."""


class FacetTable:
    """The facets that anything has read, by number, with their digests."""

    def __init__(self, names: Iterable[Facet] = (), digests: Iterable[bytes] = ()) -> None:
        self.names = list(names)
        self.digests = list(digests)
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def __contains__(self, name: object) -> bool:
        return name in self._numbers

    def __iter__(self) -> Iterator[Facet]:
        return iter(self.names)

    def copy(self) -> FacetTable:
        """A table that can be changed apart from this one."""
        table = FacetTable()
        table.names, table.digests = self.names.copy(), self.digests.copy()
        table._numbers = self._numbers.copy()  # of the same class
        return table

    def update(self, name: Facet, digest: bytes) -> bool:
        """Notes the digest of a facet as it is now; says whether it was another one."""
        number = self._numbers[name]
        if self.digests[number] == digest:
            return False
        self.digests[number] = digest
        return True

    def numbers_of(self, names: Iterable[Facet]) -> Iterable[int]:
        """The numbers of facets that are in the table."""
        return map(self._numbers.__getitem__, names)

    def noted(
        self, names: Iterable[Facet], graph: Graph, briefs: Mapping[EntityId, Brief]
    ) -> Reads:
        """What was read, for keeping; facets that are new get a number and their digest."""
        numbers = self._numbers
        for name in names:
            if name not in numbers:
                numbers[name] = len(self.names)
                self.names.append(name)
                self.digests.append(digest_of(name, graph, briefs))
        return array("I", sorted(map(numbers.__getitem__, names))).tobytes()


class Changed(NamedTuple):
    """The facets that are not as they were, by number."""

    numbers: frozenset[int]

    def touches(self, reads: Reads) -> bool:
        """Whether any of what was read is among them."""
        return not self.numbers.isdisjoint(array("I", reads))


def candidates(
    linked: Iterable[EntityId],
    before: Mapping[EntityId, Head],
    graph: Graph,
    known: Iterable[Facet],
) -> set[Facet]:
    """The facets that may have changed, now that these entities were linked again or are gone."""
    found: set[Facet] = set()
    kinds: set[str] = set()
    for id in linked:
        kinds.add(id.kind)
        found.update(f"{aspect} {id.kind} {id.slug}" for aspect in ("record", "body", "brief"))
        for heads in (before, graph.heads):
            head = heads.get(id)
            if head is not None:
                found.update(_touched(head))
    found.update(facet("order", kind) for kind in kinds)
    found.update(facet("sequence", kind) for kind in (*kinds, "issue", "actor"))
    # The order in which a field's namings are told is that of readers, which a change may move.
    moving = tuple(f"{kind}." for kind in kinds & {"event", "claim", "update"})
    for name in known:
        if f" {EVERYTHING} " in name or (moving and name.startswith(moving)):
            found.add(name)
    return found


def _touched(head: Head) -> Iterable[Facet]:
    for target in head.targets:
        yield f"backlinks {target.kind} {target.slug}"
    for source in head.sources:
        yield f"source {source.kind} {source.slug}"
    for actor, _ in head.positions:
        yield f"positions {actor.kind} {actor.slug}"
    for where, target in head.refs:
        yield f"{head.id.kind}.{where[0]} {target.kind} {target.slug}"
