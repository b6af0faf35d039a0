"""`uncited` and `unused-source`: evidence coverage. Warnings: a first draft may be thin.

`uncited` applies once a site has a source: an explainer that begins as ten lines is left in peace.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from site_builder.content.kinds import CITED, KINDS
from site_builder.content.places import Places
from site_builder.content.records import Holds, Model
from site_builder.content.shape import said_in, walk
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph, Linked, Mark
from site_builder.reading.yaml_path import YamlPath


class Statement(NamedTuple):
    """A statement of an entry that ought to cite something: where it stands, and what it is."""

    where: YamlPath
    noun: str
    record: Model
    """The record, or the part of one, that states it."""

    @property
    def prose(self) -> YamlPath:
        """The field that says it."""
        return (*self.where, said_in(type(self.record)))


def statements(linked: Linked) -> Iterator[Statement]:
    """The statements of an entry that ought to cite something."""
    record = linked.entry.record
    kind = KINDS[linked.entry.kind]
    if kind.states:
        yield Statement((), kind.name, record)
    for row in walk(record, Holds.RECORD):
        if row.field.marks.states:
            yield Statement(row.path, row.field.marks.states, row.value)


def marks(linked: Linked, statement: Statement) -> Iterator[Mark]:
    """The citations of a statement, in its `cite` field and in its prose."""
    yield from linked.cites.get((*statement.where, "cite"), ())
    for part in linked.prose.get(statement.prose, ()):
        if isinstance(part, Mark):
            yield part


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Statements without a citation."""
    if not graph.ids_of(CITED):
        return []
    return [
        Diagnostic(
            "uncited",
            f"this {row.noun} cites nothing",
            places.key(linked.entry.file, linked.entry.within + row.where),
            hint='add: cite: source-slug "exact words"',
            severity=Severity.WARNING,
        )
        for row in statements(linked)
        if not any(marks(linked, row))
    ]


def check_sources(graph: Graph, places: Places) -> list[Diagnostic]:
    """Sources without a citation."""
    cited = graph.tables["uses"]
    found = []
    for id in graph.ids_of(CITED):
        if id in cited:
            continue
        head = graph.heads[id]
        found.append(
            Diagnostic(
                "unused-source",
                f"nothing cites {id}",
                places.key(head.file, head.within),
                severity=Severity.WARNING,
            )
        )
    return found


class Coverage(NamedTuple):
    """How many statements there are, how many cite something, how many quote words."""

    statements: int
    cited: int
    quoted: int

    @property
    def in_words(self) -> str:
        """The figures in a sentence."""
        return (
            f"{self.cited} of {self.statements} key points, positions, claims and events cite a "
            f"source, {self.quoted} with its exact words"
        )


def coverage(graph: Graph) -> Coverage:
    """The evidence coverage of a site."""
    rows = [
        tuple(marks(linked, row)) for linked in graph.linked.values() for row in statements(linked)
    ]
    quoted = sum(any(mark.words for mark in row) for row in rows)
    return Coverage(len(rows), sum(bool(row) for row in rows), quoted)
