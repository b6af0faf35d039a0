"""`ambiguous-name`: a name that several entities share links to none of them by itself."""

from __future__ import annotations

from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph
from site_builder.links.mentions import Mentions


def check(graph: Graph, mentions: Mentions, places: Places) -> list[Diagnostic]:
    """Shared names, each told at the last entity that has it."""
    found = []
    for row in mentions.shared:
        head = graph.heads[row.ids[-1]]
        others = ", ".join(str(id) for id in row.ids[:-1])
        found.append(
            Diagnostic(
                "ambiguous-name",
                f"'{row.name}' is also a name of {others}, so it links to neither by itself",
                places.value(head.file, head.within),
                hint="list it under 'unlinked' of all but one, to say which is meant",
                severity=Severity.WARNING,
            )
        )
    return found
