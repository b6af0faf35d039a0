"""What is wrong with the linked content."""

from __future__ import annotations

from site_builder.checks import check_entry, check_site
from site_builder.checks.expiry import advise
from site_builder.content.models import EntityId
from site_builder.content.places import LatePlaces, placed
from site_builder.diagnostics import Diagnostic
from site_builder.engine.steps import Reader
from site_builder.faults import Doing
from site_builder.stages.linking import LinkedSite
from site_builder.stages.setup import Setup, Wanted
from site_builder.stages.steps import CHECKED, Build


def check(build: Build, setup: Setup, wanted: Wanted, site: LinkedSite) -> list[Diagnostic]:
    """All that is found in linked entries, each with its place in the file as it is now."""
    setup.tell("checking")
    graph, places = site.graph, site.places
    late = LatePlaces(places)

    def work(id: EntityId, reader: Reader) -> tuple[Diagnostic, ...]:
        graph.begin(reader)
        with Doing(f"checking {graph.heads[id].file}"):
            return tuple(check_entry(graph.linked[id], graph, late))

    inputs = dict.fromkeys(graph.heads, "")
    steps = build.run.stage(inputs, build.last.steps(CHECKED), work, lambda *_: ())
    build.kept.keep(CHECKED, steps)
    found = [row for step in steps.values() for row in step.result]
    found += check_site(graph, site.around.mentions, places)
    if wanted.lint:
        found += advise(graph, places)
    return [*site.findings, *placed(found, places)]
