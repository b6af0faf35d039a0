"""`unknown-stance`: a position's stance must be in the site's vocabulary."""

from __future__ import annotations

from site_builder.content.models import DEFAULT_STANCES
from site_builder.content.places import Places
from site_builder.content.records import Holds
from site_builder.content.shape import walk
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph, Linked
from site_builder.text.guesses import did_you_mean


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Positions, including earlier ones, whose stance is not in the vocabulary."""
    known = list(graph.content.site.stances or DEFAULT_STANCES)
    return [
        Diagnostic(
            "unknown-stance",
            f"unknown stance '{row.value}'{did_you_mean(row.value, known)}",
            places.value(linked.entry.file, linked.entry.within + row.path),
            hint=f"stances: {', '.join(known)}",
        )
        for row in walk(linked.entry.record, Holds.STANCE)
        if row.value not in known
    ]
