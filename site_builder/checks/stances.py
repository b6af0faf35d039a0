"""`unknown-stance`: a position's stance is in the site's vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import DEFAULT_STANCES, Issue
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph, Linked
from site_builder.reading.yaml_path import YamlPath
from site_builder.text.guesses import did_you_mean


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Positions, earlier ones too, with a stance the vocabulary does not have."""
    record = linked.entry.record
    if not isinstance(record, Issue):
        return []
    known = list(graph.content.site.stances or DEFAULT_STANCES)
    return [
        Diagnostic(
            "unknown-stance",
            f"unknown stance '{stance}'{did_you_mean(stance, known)}",
            places.value(linked.entry.file, linked.entry.within + where),
            hint=f"stances: {', '.join(known)}",
        )
        for where, stance in _stances(record)
        if stance not in known
    ]


def _stances(issue: Issue) -> Iterator[tuple[YamlPath, str]]:
    for i, position in enumerate(issue.positions):
        yield ("positions", i, "stance"), position.stance
        for j, earlier in enumerate(position.earlier):
            yield ("positions", i, "earlier", j, "stance"), earlier.stance
