"""What steps publish: rows, each in a table and under a key.

The tables also say what an edit has changed: a key has changed if a row came to it or left it. A row that
is written again as it was changes nothing, so nothing that reads it is done again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

from site_builder.values import NamedTuple

Key = tuple[str, Hashable]
"""A table and a key in it."""
Reads = bytes
"""The marks of the keys that a step has read, four bytes each."""
_FEW = 4
Grouped = Mapping[Hashable, Sequence[Any]]
"""A table: by key, the values in their order."""


class Row(NamedTuple):
    """A row of a table. `order` decides where it comes among the rows at its key."""

    table: str
    key: Hashable
    order: Any
    value: Hashable


@lru_cache(maxsize=1 << 14, typed=True)  # keys of other types may be equal and look different
def mark_of(table: str, key: Hashable = "") -> int:
    """A 32-bit hash of a table and a key; without a key, of the whole table.

    Two keys that share one cause extra work, never a wrong result.
    """
    return crc32(f"{table} {key}".encode())


def marks_of(keys: Iterable[Key]) -> Reads:
    """The marks of keys, each once."""
    return array("I", sorted({mark_of(*key) for key in keys})).tobytes()


class Changed:
    """The keys that differ from those of the last build."""

    def __init__(self, keys: Iterable[Key] = ()) -> None:
        self.keys: set[Key] = set()
        self._marks: set[int] = set()
        self._few: tuple[Reads, ...] = ()
        """The marks, as long as there are few: looking for each among what was read is then faster."""
        self.add(keys)

    def add(self, keys: Iterable[Key]) -> None:
        """Adds keys. Whoever has read the whole table of one has read it too."""
        new = set(keys) - self.keys
        self.keys |= new
        self._marks.update(mark_of(*key) for key in new)
        self._marks.update(mark_of(table) for table in {table for table, _ in new})
        few = sorted(self._marks) if len(self._marks) <= _FEW else ()
        self._few = tuple(array("I", [mark]).tobytes() for mark in few)

    def touches(self, reads: Reads) -> bool:
        """Whether any of these keys is among them, or seems to be."""
        for mark in self._few:
            if mark in reads:
                return True
        return len(self._marks) > _FEW and not self._marks.isdisjoint(array("I", reads))

    def __bool__(self) -> bool:
        return bool(self.keys)


class Tables:
    """The rows of all steps.

    `group` makes a table when it is first read: at each key, the values of all steps in the order of their rows.
    `last` are the tables of the last build, if it was made in this process: those in which nothing has changed are
    taken from it.
    """

    def __init__(self, group: Callable[[str], Grouped], last: Tables | None = None) -> None:
        self._group = group
        self._grouped: dict[str, Grouped] = dict(last._grouped) if last else {}  # noqa: SLF001

    def exchange(self, gone: Iterable[Row], come: Iterable[Row]) -> set[Key]:
        """Replaces rows by others. Returns the keys at which the rows are not the same as before."""
        bag: Counter[Row] = Counter(come)
        bag.subtract(Counter(gone))
        changed = {(row.table, row.key) for row, count in bag.items() if count}
        for table in {table for table, _ in changed}:
            self._grouped.pop(table, None)
        return changed

    def forget(self) -> None:
        """Groups all tables again when they are next read."""
        self._grouped.clear()

    def __getitem__(self, table: str) -> Grouped:
        """A whole table."""
        if table not in self._grouped:
            self._grouped[table] = self._group(table)
        return self._grouped[table]
