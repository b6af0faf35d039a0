"""The rule that decides what is done again, tested by itself with random histories of little sites.

A site has people, who know each other by name and belong to groups, in an order. Stages of steps publish rows
and read them, as those of the builder do. After every edit the result must be that of a clean build, and no step
may run for which nothing has changed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zlib import crc32

import pytest

from site_builder.engine.numbering import numbered
from site_builder.engine.steps import Reader, Run, Step
from site_builder.engine.tables import Changed, Grouped, Row, Tables, mark_of


def grouped(rows: Iterable[Row], table: str) -> Grouped:
    """The rows of a table by key, in their order."""
    found: dict[Hashable, list[Any]] = {}
    for row in sorted(rows, key=lambda row: row.order):
        if row.table == table:
            found.setdefault(row.key, []).append(row.value)
    return found


class Person(NamedTuple):
    name: str
    knows: tuple[str, ...] = ()
    """Names. One that two people have means nobody."""
    group: str = "a"
    rank: int = 0
    text: str = ""


People = Mapping[str, Person]


class Read(NamedTuple):
    person: Person
    number: float


class Met(NamedTuple):
    """What comes of a person: whom they know, and what the first of these is called."""

    knows: tuple[str, ...]
    first: str
    read: Read


def rows_of_read(id: str, read: Read) -> Iterator[Row]:
    yield Row("name", read.person.name, read.number, id)
    yield Row("called", id, 0, read.person.name)


def rows_of_met(id: str, met: Met) -> Iterator[Row]:
    for other in dict.fromkeys(met.knows):
        yield Row("known by", other, met.read.number, (id, met.knows.count(other)))
    yield Row("member", met.read.person.group, met.read.number, (met.read.person.rank, id))
    yield Row("met", id, 0, (met.first, met.read.person))


def rows_of_group(group: str, order: tuple[str, ...]) -> Iterator[Row]:
    yield Row("order", group, 0, order)


@dataclass
class Build:
    """A build after the one before it."""

    people: People
    last: Build | None = None
    ran: set[str] = field(default_factory=set)
    stages: dict[str, Mapping[str, Step[Any]]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        self.tables = Tables(self.group, self.last.tables if self.last else None)
        self.run = Run(self.tables)
        self.numbers = numbered(list(self.people), self.last.numbers if self.last else {})
        inputs = {id: Read(person, self.numbers[id]) for id, person in self.people.items()}
        groups = dict.fromkeys((person.group for person in self.people.values()), "a group")
        routes = dict.fromkeys((*self.people, "all"), "a page")
        self.stage("read", inputs, self.read, rows_of_read)
        self.stage("meet", inputs, self.meet, rows_of_met)
        self.stage("gather", groups, self.gather, rows_of_group)
        self.stage("page", routes, self.page, lambda *_: ())
        if self.last:
            self.last.last = None

    def stage(
        self,
        name: str,
        inputs: Mapping[str, Any],
        work: Callable[..., Any],
        rows: Callable[..., Any],
    ) -> None:
        def noted(id: str, reader: Reader) -> Any:
            self.ran.add(f"{name} {id}")
            return work(id, reader)

        last = self.last.stages[name] if self.last else {}
        steps = self.stages[name] = self.run.stage(inputs, last, noted, rows)
        self.rows += [row for id, step in steps.items() for row in rows(id, step.result)]

    def group(self, table: str) -> Grouped:
        return grouped(self.rows, table)

    @property
    def pages(self) -> dict[str, str]:
        return {id: step.result for id, step in self.stages["page"].items()}

    # the steps

    def read(self, id: str, _: Reader) -> Read:
        return Read(self.people[id], self.numbers[id])

    def meet(self, id: str, reader: Reader) -> Met:
        person = self.people[id]
        found = [reader.at("name", name) for name in person.knows]
        ids = tuple(rows[0] for rows in found if len(rows) == 1)
        first = reader.at("called", ids[0])[0] if ids else ""
        return Met(ids, first, Read(person, self.numbers[id]))

    def gather(self, group: str, reader: Reader) -> tuple[str, ...]:
        rows = sorted(reader.at("member", group), key=lambda row: row[0])
        return tuple(id for _, id in rows)

    def page(self, name: str, reader: Reader) -> str:
        if name == "all":
            known = reader.whole("known by")
            return str([(id, len(known[id])) for id in sorted(known)])
        first, person = reader.at("met", name)[0]
        text = f"{first} {person.text} {reader.at('known by', name)} {reader.at('order', person.group)}"
        if person.text == "shown with names":
            text += str([reader.at("called", id) for id in reader.at("order", person.group)])
        return text


def some_person(chance: random.Random) -> Person:
    names = tuple(chance.choice("abcdefg") for _ in range(chance.randrange(4)))
    texts = ("", "a text", "shown with names")
    return Person(
        chance.choice("abcdefg"),
        names,
        chance.choice("xyz"),
        chance.randrange(3),
        chance.choice(texts),
    )


def edited(people: People, chance: random.Random) -> People:
    """Somebody comes, goes, changes, or moves; or all change places."""
    rows = list(people.items())
    way = chance.randrange(7)
    at = chance.randrange(len(rows) + 1)
    free = sorted({*"stuvwxyz"} - people.keys())
    if way == 0 and free:
        rows.insert(at, (chance.choice(free), some_person(chance)))
    elif way == 1 and rows:
        rows.pop(at - 1)
    elif way == 2 and rows and free:  # another id for the same person
        rows[at - 1] = chance.choice(free), rows[at - 1][1]
    elif way == 3 and rows:
        rows.insert(chance.randrange(len(rows)), rows.pop(at - 1))
    elif way == 4:
        chance.shuffle(rows)
    elif rows:
        id, person = rows[at - 1]
        name = chance.choice(Person._fields)
        rows[at - 1] = id, person._replace(**{name: getattr(some_person(chance), name)})
    return dict(rows)


def test_after_any_history_a_build_equals_a_clean_one() -> None:
    for seed in range(1500):
        chance = random.Random(seed)
        build = Build({})
        for _ in range(6):
            people = build.people
            for _ in range(chance.choice((1, 1, 1, 2, 8))):
                people = edited(people, chance)
            build, clean = Build(people, build), Build(people)
            assert build.pages == clean.pages, seed
            assert list(build.pages) == list(clean.pages), seed
            assert Build(people, build).ran == set(), seed


ANNA, BERT, CARL = Person("Anna"), Person("Bert", ("Anna",)), Person("Carl", ("Bert",))
FIRST = {"a": ANNA, "b": BERT, "c": CARL}


@pytest.mark.parametrize(
    ("people", "ran"),
    [
        ({**FIRST, "a": ANNA._replace(text="More.")}, "read a, meet a, page a"),
        ({**FIRST, "a": ANNA._replace(name="Ann")}, "read a, meet a, meet b, page a, page all, page b"),
        ({**FIRST, "c": CARL._replace(knows=())}, "read c, meet c, page all, page b, page c"),
        ({**FIRST, "b": BERT._replace(knows=("Anna", "Zoe"))}, "read b, meet b, page b"),
        ({"a": ANNA, "b": BERT}, "gather a, page a, page all, page b"),
        ({"d": ANNA, **FIRST}, "read d, meet b, meet d, gather a, page a, page all, page b, page c, page d"),
        ({**FIRST, "d": Person("Dora", group="z")}, "read d, meet d, gather z, page d"),
    ],
)  # fmt: skip
def test_only_what_has_changed_runs(people: People, ran: str) -> None:
    assert Build(people, Build(FIRST)).ran == set(ran.split(", "))


def test_a_key_has_changed_if_a_row_came_or_went() -> None:
    a, b = Row("t", "k", 0, 1), Row("t", "other", 0, 1)
    tables = Tables(lambda _: {})
    assert tables.exchange([a, b], [b, a]) == set()
    assert tables.exchange([a], [a, a]) == {("t", "k")}
    assert tables.exchange([a, a], [a]) == {("t", "k")}
    assert tables.exchange([a, b], [a._replace(order=1), b]) == {("t", "k")}
    assert tables.exchange([b], [a]) == {("t", "k"), ("t", "other")}


def test_a_table_is_grouped_when_it_is_read_and_again_once_it_has_changed() -> None:
    made: list[str] = []

    def group(table: str) -> Grouped:
        made.append(table)
        return {"k": (table,)}

    tables = Tables(group)
    assert not made
    assert [tables["t"], tables["t"], tables["u"]] == [{"k": ("t",)}] * 2 + [{"k": ("u",)}]
    assert made == ["t", "u"]
    tables.exchange([], [Row("t", "k", 0, 1)])
    assert tables["u"], tables["t"]
    assert [tables["u"], tables["t"]] == [{"k": ("u",)}, {"k": ("t",)}]
    assert made == ["t", "u", "t"]


def test_a_table_in_which_nothing_has_changed_is_taken_from_the_last_build() -> None:
    last = Tables(lambda table: {"k": (table,)})
    assert [last["t"], last["u"]]
    tables = Tables(lambda table: {"k": (table, "new")}, last)
    tables.exchange([], [Row("t", "k", 0, "new")])
    assert [tables["t"], tables["u"]] == [{"k": ("t", "new")}, {"k": ("u",)}]
    assert last["t"] == {"k": ("t",)}
    tables.forget()
    assert tables["u"] == {"k": ("u", "new")}


def test_the_first_run_does_not_look_at_what_has_changed() -> None:
    made: list[str] = []
    run = Run(Tables(lambda _: {"k": made}), first=True)
    assert run.tables["t"]["k"] == []
    steps = run.stage({"a": 1}, {}, lambda name, _: made.append(name), lambda *_: made)
    assert list(steps) == ["a"]
    assert not run.changed
    assert run.tables["t"] == {"k": ["a"]}


def test_what_was_read_is_kept_as_marks() -> None:
    reader = Reader(Tables(lambda _: {"k": (1, 2)}))
    assert reader.reads == b""
    assert reader.at("t", "k") == (1, 2)
    assert reader.at("t", "k") == (1, 2)
    assert reader.at("t", "none") == ()
    assert len(reader.reads) == 8
    key, none, table = (Changed([("t", name)]) for name in ("k", "none", "more"))
    assert key.touches(reader.reads)
    assert none.touches(reader.reads)
    assert not table.touches(reader.reads)
    assert reader.whole("t") == {"k": (1, 2)}
    assert table.touches(reader.reads)
    assert not Changed([("u", "k")]).touches(reader.reads)
    assert mark_of("t") != mark_of("t", "k")


def test_keys_that_are_equal_but_look_different_have_marks_of_their_own() -> None:
    class Id(NamedTuple):
        kind: str
        slug: str

        def __str__(self) -> str:
            return f"{self.kind} {self.slug}"

    assert Id("a", "b") == ("a", "b")
    assert mark_of("of tuples", ("a", "b")) != mark_of("of tuples", Id("a", "b"))
    assert mark_of("of ids", Id("a", "b")) == crc32(b"of ids a b")


def test_a_step_may_be_told_to_run() -> None:
    run = Run(Tables(lambda _: {}))
    steps = run.stage({"a": 1, "b": 1}, {}, lambda name, _: name, lambda *_: ())
    assert steps == {"a": Step(1, b"", "a"), "b": Step(1, b"", "b")}
    again = run.stage({"a": 1, "b": 1}, steps, lambda name, _: name * 2, lambda *_: (), {"b"})
    assert again == {"a": Step(1, b"", "a"), "b": Step(1, b"", "bb")}
    assert not run.changed
    run.publish([], [Row("t", "k", 0, 1)])
    assert run.changed
    assert run.changed.keys == {("t", "k")}


def order_of(numbers: Mapping[str, float]) -> list[str]:
    return sorted(numbers, key=numbers.__getitem__)


def test_numbers_keep_what_they_can() -> None:
    first = numbered("abcd", {})
    assert first == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert numbered("abcd", first) == first
    assert numbered("acd", first) == {"a": 0, "c": 2, "d": 3}
    assert numbered("abxcyd", first) == {**first, "x": 1.5, "y": 2.5}
    assert numbered("abcdxy", first) == {**first, "x": 4, "y": 5}
    moved = numbered("dabc", first)
    assert {name: moved[name] for name in "abc"} == {"a": 0, "b": 1, "c": 2}
    assert moved["d"] < 0
    assert numbered("xy", first) == {"x": 0, "y": 1}
    assert numbered("", first) == {}


def test_numbers_rise_after_any_history() -> None:
    chance = random.Random(1)
    numbers: Mapping[str, float] = {}
    names: Sequence[str] = ()
    for _ in range(3000):
        names = chance.sample("abcdefgh", chance.randrange(9)) if chance.random() < 0.5 else names
        last, numbers = numbers, numbered(names, numbers)
        assert order_of(numbers) == list(names)
        assert list(numbers) == list(names)
        assert sum(numbers[name] == last.get(name) for name in names) >= min(
            1, len({*names} & {*last})
        )


def test_numbers_begin_anew_where_none_is_left_between_two() -> None:
    names, numbers = "ab", numbered("ab", {})
    for number in range(200):
        names = f"{names[:-1]}{chr(200 + number)}b"
        numbers = numbered(names, numbers)
        assert order_of(numbers) == list(names)
    assert max(numbers.values()) > 1
