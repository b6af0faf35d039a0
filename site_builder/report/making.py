"""Makes a report: checks the site, and reads its figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from site_builder.build import Options, checking
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic
from site_builder.report.figures import Report, Waiting, figures, waiting


def make_report(root: Path) -> Report | tuple[Diagnostic, ...]:
    """The report of a site, or its errors."""
    with checking(Options(root, lint=True)) as site:
        graph = site.graph
        if graph is None or site.coverage is None:
            return site.diagnostics
        hidden = {id: why for id, why in graph.hidden.items() if id not in graph.expired}
        left_out = _left_out(root, hidden) if hidden else ()
        return figures(graph, site.coverage, site.allowed, left_out)


def _left_out(root: Path, hidden: Mapping[EntityId, str]) -> tuple[Waiting, ...]:
    """What a build leaves out, and what refers to it where drafts are shown."""
    with checking(Options(root, lint=True, drafts=True)) as site:
        if site.graph is None:
            return tuple(Waiting(f"{id.kind}/{id.slug}", why) for id, why in hidden.items())
        return tuple(waiting(site.graph, hidden))
