"""The rows that a step publishes, as they are kept: those that few read stay packed until they are."""

from __future__ import annotations

from array import array
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from site_builder.engine.tables import Grouped, Reads, Row, mark_of, marks_of
from site_builder.memory.pickles import Packed
from site_builder.values import NamedTuple

ByKey = Mapping[str, Mapping[Any, Any]]
"""By table and key: the value of a step there."""
ByTable = Mapping[str, Any]
"""By table: the value of a step at the key that is its own name."""


class Published(NamedTuple):
    """All rows of a step. They come in one place among those of other steps, whose number is `order`."""

    name: Any
    order: float
    own: ByTable
    rows: ByKey
    packed_own: Packed[ByTable] | None
    packed_rows: Packed[ByKey] | None
    marks: Reads
    """Of the keys of the packed rows."""


def published(
    name: Hashable,
    order: float,
    own: ByTable,
    rows: ByKey,
    packed_own: ByTable,
    packed_rows: ByKey,
) -> Published:
    """What a step publishes; of what is packed, only what is read is unpacked."""
    rows = {table: values for table, values in rows.items() if values}
    packed: ByKey = {table: values for table, values in packed_rows.items() if values}
    return Published(
        name,
        order,
        own,
        rows,
        Packed(packed_own) if packed_own else None,
        Packed(packed) if packed else None,
        marks_of((table, key) for table, values in packed.items() for key in values),
    )


def put_away(step: Published) -> None:
    """Keeps what is packed as bytes alone, until it is read: a large site has much of it."""
    for packed in (step.packed_own, step.packed_rows):
        if packed is not None:
            packed.put_away()


def rows_of(step: Published) -> Iterator[Row]:
    """The rows one by one."""
    for own in (step.own, step.packed_own.get() if step.packed_own else {}):
        for table, value in own.items():
            yield Row(table, step.name, step.order, value)
    for rows in (step.rows, step.packed_rows.get() if step.packed_rows else {}):
        for table, values in rows.items():
            for key, value in values.items():
                yield Row(table, key, step.order, value)


class AllRows:
    """What all steps so far have published.

    `own` are the packed tables of what steps say of themselves, `packed` those of what they say of others.
    """

    def __init__(self, own: Container[str], packed: Container[str]) -> None:
        self._own = own
        self._packed = packed
        self._steps: dict[Hashable, Published] = {}
        self._index: MarkIndex | None = None
        self._rows: dict[str, list[Mapping[Any, Any]]] | None = None
        """By table: what steps have there that is not packed, in the order of the steps."""

    def add(self, steps: Iterable[Published]) -> None:
        """Adds steps, which are in their order."""
        self._steps.update((step.name, step) for step in steps)
        self._index = self._rows = None

    def group(self, table: str) -> Grouped:
        """A table of them."""
        if table in self._own:
            return OwnRows(table, self._steps)
        if table not in self._packed:
            return self._not_packed(table)
        if self._index is None:
            self._index = MarkIndex(self._steps.values())
        return PackedRows(table, self._index)

    def _not_packed(self, table: str) -> Grouped:
        if self._rows is None:
            self._rows = {}
            for step in self._steps.values():
                for name, values in step.rows.items():
                    self._rows.setdefault(name, []).append(values)
        found: dict[Hashable, list[Any]] = {}
        for values in self._rows.get(table, ()):
            for key, value in values.items():
                found.setdefault(key, []).append(value)
        return found


class OwnRows(Mapping[Hashable, list[Any]]):
    """A table of packed rows that each step publishes under its own name."""

    def __init__(self, table: str, steps: Mapping[Hashable, Published]) -> None:
        self._table = table
        self._steps = steps

    def __getitem__(self, key: Hashable) -> list[Any]:
        packed = self._steps[key].packed_own
        if packed is None:
            raise KeyError(key)
        return [packed.get()[self._table]]

    def __iter__(self) -> Iterator[Hashable]:
        return (name for name, step in self._steps.items() if step.packed_own is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class PackedRows(Mapping[Hashable, list[Any]]):
    """A table of packed rows. At a key, only those steps are unpacked that have rows there."""

    def __init__(self, table: str, index: MarkIndex) -> None:
        self._table = table
        self._index = index

    def _at(self, key: Hashable) -> Iterator[Any]:
        for packed in self._index.at(mark_of(self._table, key)):
            values = packed.get().get(self._table)
            # Nothing, if only another key of the same mark is meant.
            if values is not None and key in values:
                yield values[key]

    def __getitem__(self, key: Hashable) -> list[Any]:
        found = list(self._at(key))
        if not found:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return any(True for _ in self._at(key))

    def __iter__(self) -> Iterator[Hashable]:
        rows = (packed.get().get(self._table, {}) for packed in self._index.every)
        return iter(dict.fromkeys(key for values in rows for key in values))

    def __len__(self) -> int:
        return sum(1 for _ in self)


_FEW = 32
"""Marks that are looked for one by one, before all are sorted: an edit reads few."""


class MarkIndex:
    """Finds the packed rows of the steps that have some under a table and a key, by the mark of these."""

    def __init__(self, steps: Iterable[Published]) -> None:
        self._packs = [(step.marks, step.packed_rows) for step in steps if step.packed_rows]
        self._looked = 0
        self._by_mark: dict[int, list[Packed[ByKey]]] = {}

    @property
    def every(self) -> Iterator[Packed[ByKey]]:
        """All packed rows."""
        return (rows for _, rows in self._packs)

    def at(self, mark: int) -> Sequence[Packed[ByKey]]:
        """The rows with this mark; also rows that only seem to have it."""
        self._looked += 1
        if self._looked <= _FEW:
            marks = array("I", [mark]).tobytes()
            return [rows for held, rows in self._packs if marks in held]
        if not self._by_mark:
            for held, rows in self._packs:
                for one in array("I", held):
                    self._by_mark.setdefault(one, []).append(rows)
        return self._by_mark.get(mark, ())
