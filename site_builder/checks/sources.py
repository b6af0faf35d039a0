"""`unused-source`: a source that nothing cites. A warning."""

from __future__ import annotations

from site_builder.content.kinds import CITED
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Sources without a citation."""
    cited = {source for head in graph.heads.values() for source in head.sources}
    cited.update(use.source for use in graph.about.cited)
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
