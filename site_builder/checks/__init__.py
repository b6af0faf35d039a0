"""Editorial rules over the linked content: one module a rule, one function a check.

A check takes the graph and the places, and returns what it finds. `CHECKS` is the list of them all;
adding a rule is adding a module and a name here.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.checks import coverage, dates, navigation, pictures, redirects, stances
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph

Check = Callable[[Graph, Places], list[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    stances.check,
    pictures.check,
    redirects.check,
    navigation.check,
    dates.check,
    coverage.check,
)


def run_checks(graph: Graph, places: Places) -> list[Diagnostic]:
    """All findings of all checks."""
    return [finding for check in CHECKS for finding in check(graph, places)]
