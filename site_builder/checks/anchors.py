"""`unknown-anchor`: a link to a part of a page leads to a part that is there."""

from __future__ import annotations

from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, did_you_mean
from site_builder.links.backwards import anchors_of
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:  # noqa: ARG001  # a check's signature
    """Links to parts that their page does not have."""
    about = graph.content.about
    about_anchors = frozenset(h.anchor for h in about.body.headings) if about else frozenset()
    found = []
    for uses in (*(head.anchor_uses for head in graph.heads.values()), graph.about.anchor_uses):
        for target, anchor, location in uses:
            known = anchors_of(graph, target) if target else about_anchors
            if anchor in known:
                continue
            whose = str(target) if target else "this page"
            found.append(
                Diagnostic(
                    "unknown-anchor",
                    f"{whose} has no part '{anchor}'{did_you_mean(anchor, known)}",
                    location,
                    hint=f"parts: {', '.join(sorted(known))}" if known else "",
                )
            )
    return found
