"""Steps, and the one rule that decides which are run again.

A step runs again when its input or a key that it has read has changed. It gets its input and a `Reader`, and
has no other way to read what other steps have published.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from site_builder.engine.tables import Changed, Grouped, Key, Reads, Row, Tables, marks_of
from site_builder.values import NamedTuple

N = TypeVar("N", bound=Hashable)
R = TypeVar("R")


class Step(NamedTuple, Generic[R]):
    """A step that was run: of which input, what it read, and what came of it."""

    input: Hashable
    reads: Reads
    result: R


class Reader:
    """Reads tables for one step, and notes each key."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._keys: set[Key] = set()

    def at(self, table: str, key: Hashable) -> Sequence[Any]:
        """The values at a key, in their order; none if there are no rows."""
        self.note(table, key)
        return self._tables[table].get(key, ())

    def whole(self, table: str) -> Grouped:
        """A whole table: the step runs again if any of its keys changes."""
        self.note(table)
        return self._tables[table]

    def note(self, table: str, key: Hashable = "") -> None:
        """Notes a key, or a whole table, whose values the step has in another form."""
        self._keys.add((table, key))

    @property
    def reads(self) -> Reads:
        """What was read so far."""
        return marks_of(self._keys)


class Run:
    """One build: its stages run one after the other, each over what the ones before it have published."""

    def __init__(self, tables: Tables, *, first: bool = False) -> None:
        """With `first`, no step has run before: all run, so it does not matter what has changed."""
        self.tables = tables
        self.changed = Changed()
        self._first = first

    def publish(self, gone: Iterable[Row], come: Iterable[Row]) -> None:
        """Replaces rows: steps that have read keys which now differ run again in later stages."""
        if self._first:
            self.tables.forget()
        else:
            self.changed.add(self.tables.exchange(gone, come))

    def keeps(self, step: Step[Any] | None, input: Hashable) -> bool:
        """The rule: whether a step of the last build need not run again with this input."""
        return step is not None and step.input == input and not self.changed.touches(step.reads)

    def again(
        self, inputs: Mapping[N, Hashable], last: Mapping[N, Step[R]], also: Collection[N] = ()
    ) -> list[N]:
        """The names of the steps of a stage that must run; `also` are some that must in any case."""
        return [
            name
            for name, input in inputs.items()
            if name in also or not self.keeps(last.get(name), input)
        ]

    def stage(
        self,
        inputs: Mapping[N, Hashable],
        last: Mapping[N, Step[R]],
        work: Callable[[N, Reader], R],
        rows: Callable[[N, R], Iterable[Row]],
        also: Collection[N] = (),
    ) -> dict[N, Step[R]]:
        """Runs the steps that must run, keeps the others, and publishes the rows of both.

        `inputs` has the input of each step by its name, `last` the steps of the last build; `rows` says
        what a step publishes.
        """
        again = dict.fromkeys(self.again(inputs, last, also))
        steps: dict[N, Step[R]] = {}
        for name, input in inputs.items():
            if name not in again:
                steps[name] = last[name]
                continue
            reader = Reader(self.tables)
            result = work(name, reader)
            steps[name] = Step(input, reader.reads, result)
        gone = [name for name in last if name in again or name not in inputs]
        self.publish(
            (row for name in gone for row in rows(name, last[name].result)),
            (row for name in again for row in rows(name, steps[name].result)),
        )
        return steps
