"""Every entry of the navigation must lead somewhere, or open others, and have a word for readers."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph
from site_builder.links.nav_rows import NavRow
from site_builder.links.navigation import Destination, destinations
from site_builder.pages.messages import NAVIGATION, TITLES


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Entries of the navigation that lead nowhere, or have no title."""
    found = []
    opens = {(row.owner, row.where[:-2]) for row in graph.nav_rows if row.is_below}
    for row, to in zip(graph.nav_rows, destinations(graph), strict=True):
        problem = to.problem
        if problem and problem.code:
            location = places.value(row.file, (*row.where, "to"))
            severity = Severity.WARNING if problem.expired else Severity.ERROR
            found.append(
                Diagnostic(problem.code, problem.message, location, problem.hint, severity)
            )
        found += _form(row, to, places, opens=(row.owner, row.where) in opens)
    return found


def _form(row: NavRow, to: Destination, places: Places, *, opens: bool) -> Iterator[Diagnostic]:
    """What an entry lacks, or has too much of; `opens` says whether there are entries below it."""
    if opens and row.to:
        message = "an entry with 'items' opens them, and can't lead somewhere itself"
        location = places.value(row.file, (*row.where, "to"))
        yield Diagnostic("bad-value", message, location, "make it the first of its items")
    if not opens and not row.to:
        message = "an entry of the navigation needs 'to' or 'items'"
        yield Diagnostic("missing-field", message, places.value(row.file, row.where))
    elif not to.problem and not to.title and to.path not in (*TITLES, *NAVIGATION):
        message = "this entry of the navigation needs a title"
        hint = "only entities and pages of the builder have one of their own"
        yield Diagnostic("missing-field", message, places.value(row.file, row.where), hint)
