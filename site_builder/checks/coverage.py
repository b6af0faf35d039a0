"""`uncited`: evidence coverage. A warning: a first draft may be thin.

The rule applies once a site has a source: an explainer that begins as ten lines is left in peace.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from site_builder.content.models import Article, Claim, Event, Issue
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph, Linked, Mark
from site_builder.reading.yaml_path import YamlPath


def statements(linked: Linked) -> Iterator[tuple[YamlPath, str]]:
    """The statements of an entry that ought to cite something: where they stand, what they are."""
    match linked.entry.record:
        case Article(key_points=points):
            for i in range(len(points)):
                yield ("key_points", i), "key point"
        case Issue(positions=positions):
            for i in range(len(positions)):
                yield ("positions", i), "position"
        case Claim():
            yield (), "claim"
        case Event():
            yield (), "event"
        case _:
            pass


def marks(linked: Linked, where: YamlPath) -> Iterator[Mark]:
    """The citations of a statement, in its `cite` field and in its prose."""
    yield from linked.cites.get((*where, "cite"), ())
    for name in ("text", "summary", "statement"):
        for part in linked.prose.get((*where, name), ()):
            if isinstance(part, Mark):
                yield part


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Statements without a citation."""
    if not graph.ids_of("source"):
        return []
    return [
        Diagnostic(
            "uncited",
            f"this {noun} cites nothing",
            places.key(linked.entry.file, linked.entry.within + where),
            hint='add: cite: source-slug "exact words"',
            severity=Severity.WARNING,
        )
        for where, noun in statements(linked)
        if not any(marks(linked, where))
    ]


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
        tuple(marks(linked, where))
        for linked in graph.linked.values()
        for where, _ in statements(linked)
    ]
    quoted = sum(any(mark.words for mark in row) for row in rows)
    return Coverage(len(rows), sum(bool(row) for row in rows), quoted)
