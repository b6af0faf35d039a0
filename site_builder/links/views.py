"""Tables as mappings by entity, for those who read the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar, cast

from site_builder.content.models import EntityId
from site_builder.engine.steps import Reader
from site_builder.engine.tables import Tables

V = TypeVar("V")


class Reads(Protocol):
    """Has a reader that notes what is read at the moment: the graph."""

    reader: Reader


class Noted(Mapping[EntityId, V]):
    """A mapping by entity of which the reader of a graph notes what is read."""

    def __init__(
        self, graph: Reads, table: str, data: Mapping[EntityId, V], also: str = ""
    ) -> None:
        self._graph = graph
        self._table = table
        self._data = data
        self._also = also
        """Another table that what is read is made of."""

    def __getitem__(self, id: EntityId) -> V:
        self._graph.reader.note(self._table, id)
        if self._also:
            self._graph.reader.note(self._also, id)
        return self._data[id]

    def __iter__(self) -> Iterator[EntityId]:
        self._graph.reader.note(self._table)
        if self._also:
            self._graph.reader.note(self._also)
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


class InTable(Mapping[EntityId, Sequence[V]]):
    """The rows of a table by entity."""

    def __init__(self, tables: Tables, table: str) -> None:
        self._tables = tables
        self._table = table

    def __getitem__(self, id: EntityId) -> Sequence[V]:
        return self._tables[self._table][id]

    def __iter__(self) -> Iterator[EntityId]:
        return iter(cast("Iterable[EntityId]", self._tables[self._table]))

    def __len__(self) -> int:
        return len(self._tables[self._table])


class OneInTable(Mapping[EntityId, V]):
    """The rows of a table that has one for each entity."""

    def __init__(self, tables: Tables, table: str) -> None:
        self._rows = InTable[V](tables, table)

    def __getitem__(self, id: EntityId) -> V:
        return self._rows[id][0]

    def __iter__(self) -> Iterator[EntityId]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
