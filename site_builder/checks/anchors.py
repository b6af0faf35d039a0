"""`unknown-anchor`, `expired-reference`: a link to a part of a page must lead to an existing part."""

from __future__ import annotations

from itertools import chain

from site_builder.content.kinds import HOLDERS
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.addresses import position_anchor
from site_builder.links.backwards import anchors_of
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:  # noqa: ARG001  # a check's signature
    """Links to parts that their page does not have."""
    about = graph.content.about
    anchors: dict[EntityId | None, frozenset[str]] = {
        None: frozenset(a for h in about.body.headings for a in (h.anchor, h.former_anchor) if a)
        if about
        else frozenset()
    }
    positions = {position_anchor(id): id for id in graph.expired if id.kind == HOLDERS}
    found = []
    for uses in chain.from_iterable(graph.tables["anchor uses"].values()):
        for target, anchor, location in uses:
            if target is not None and target not in anchors:
                anchors[target] = anchors_of(graph, target)
            known = anchors[target]
            if anchor in known:
                continue
            whose = str(target) if target else "this page"
            gone = positions.get(anchor)
            if gone:
                message = f"{whose} has no part '{anchor}': {gone} is {graph.hidden[gone]}"
                code = "expired-reference"
                found.append(Diagnostic(code, message, location, severity=Severity.WARNING))
                continue
            guess = graph.guesses.did_you_mean(anchor, target, known)
            found.append(
                Diagnostic(
                    "unknown-anchor",
                    f"{whose} has no part '{anchor}'{guess}",
                    location,
                    hint=f"parts: {', '.join(sorted(known))}" if 0 < len(known) <= _FEW else "",
                )
            )
    return found


_FEW = 30
"""The most parts of a page that a hint names."""
