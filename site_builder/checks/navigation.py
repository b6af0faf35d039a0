"""Every navigation entry in `site.yaml` must lead somewhere."""

from __future__ import annotations

from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph
from site_builder.links.navigation import destinations


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Navigation entries that lead nowhere."""
    found = []
    for index, destination in enumerate(destinations(graph)):
        problem = destination.problem
        if problem and problem.code:
            location = places.value(graph.content.site_file, ("nav", index, "to"))
            severity = Severity.WARNING if problem.expired else Severity.ERROR
            found.append(
                Diagnostic(problem.code, problem.message, location, problem.hint, severity)
            )
    return found
