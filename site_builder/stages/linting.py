"""What a second reader would say of the linked content: the lint, of which each entity is a step.

A build runs the rules that the site raises to errors; `check` and the preview run all. Nothing of `lint` is imported
if there is none to run.
"""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.linting import wanted_codes
from site_builder.content.models import EntityId
from site_builder.content.places import LatePlaces, placed
from site_builder.diagnostics import Diagnostic
from site_builder.engine.steps import Reader
from site_builder.faults import Doing
from site_builder.stages.linking import LinkedSite
from site_builder.stages.setup import Setup, Wanted
from site_builder.stages.steps import LINTED, Build


def lint(
    build: Build, setup: Setup, wanted: Wanted, site: LinkedSite, known: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """What the rules find that are wanted.

    What is found in a line that has an error, as `known` says, may only follow from that, and is left out.
    """
    settings = site.graph.content.site.lint
    codes = wanted_codes(settings, only_errors=not wanted.lint)
    if not codes:
        return []
    setup.tell("reading it again")
    from site_builder.lint.entity import LintedEntity
    from site_builder.lint.finding import Linted
    from site_builder.lint.running import lint_entity, lint_site
    from site_builder.lint.site import LintedSite

    graph, places = site.graph, site.places
    late = LatePlaces(places)
    read = LintedSite(graph, late, site.loaded.rows)

    def work(id: EntityId, reader: Reader) -> Linted:
        graph.begin(reader)
        file = graph.heads[id].file
        with Doing(f"reading {file} again"):
            return lint_entity(LintedEntity(graph.linked[id], read, places.text_of(file)), codes)

    input = " ".join(codes)
    steps = build.run.stage(
        dict.fromkeys(graph.heads, input), build.last.steps(LINTED), work, lambda *_: ()
    )
    build.kept.keep(LINTED, steps)
    found = [row for step in steps.values() for row in step.result.findings]
    graph.begin()
    linted = {id: step.result for id, step in steps.items() if step.result.notes}
    found += lint_site(read, codes, linted)
    broken = {(row.location.path, row.location.line) for row in known if row.is_error}
    return [
        row for row in placed(found, places) if (row.location.path, row.location.line) not in broken
    ]
