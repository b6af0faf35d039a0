"""`unused-source`: a source that nothing cites. A warning."""

from __future__ import annotations

from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Sources without a citation."""
    found = []
    for id, cited in graph.sources.items():
        if cited.uses or cited.passages:
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
