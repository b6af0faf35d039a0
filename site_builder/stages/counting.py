"""How much of the site rests on sources, of which each entity is a step."""

from __future__ import annotations

from site_builder.checks.coverage import Counted, Coverage, counted, total
from site_builder.content.models import EntityId
from site_builder.engine.steps import Reader
from site_builder.faults import Doing
from site_builder.stages.linking import LinkedSite
from site_builder.stages.steps import COUNTED, Build


def count(build: Build, site: LinkedSite) -> Coverage:
    """The coverage of a site; entities that nothing has changed for are not counted again."""
    graph = site.graph

    def work(id: EntityId, reader: Reader) -> tuple[object, ...]:
        graph.begin(reader)
        with Doing(f"counting what {graph.heads[id].file} cites"):
            return tuple(counted(graph.linked[id], graph))

    inputs = dict.fromkeys(graph.heads, "")
    steps = build.run.stage(inputs, build.last.steps(COUNTED), work, lambda *_: ())
    build.kept.keep(COUNTED, steps)
    graph.begin()
    return total(graph, ((id, Counted(*step.result)) for id, step in steps.items()))
