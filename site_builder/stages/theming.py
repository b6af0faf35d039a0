"""The theme that pages are rendered with."""

from __future__ import annotations

from site_builder.content.kinds import NOTES
from site_builder.diagnostics import Diagnostic
from site_builder.engine.tables import Key
from site_builder.exports.describing import Describing
from site_builder.exports.exporting import describing
from site_builder.links.graph import Graph
from site_builder.links.navigation import destinations
from site_builder.pages.site import Pages
from site_builder.reading.files import digest
from site_builder.rendering.opening import Theme, open_theme
from site_builder.stages.linking import LinkedSite
from site_builder.stages.own_templates import missing_templates
from site_builder.stages.setup import Setup
from site_builder.stages.steps import Build


def theme_of(build: Build, setup: Setup, site: LinkedSite) -> tuple[Theme, list[Diagnostic]]:
    """The theme, as it was opened for the last build if its files are as they were."""
    content, places = site.graph.content, site.places
    last = build.last.held.get("theme")
    theme, findings = open_theme(setup.root, content, places, setup.store, last)
    build.kept.held["theme"] = theme
    return theme, [*findings, *missing_templates(site, theme.digests)]


def describer_of(graph: Graph, setup: Setup) -> tuple[Describing, str]:
    """What says what pages say of exports, and a key of all it depends on beside the graph."""
    days = (graph.briefs[id].day for id in graph.ids_of(NOTES))
    return describing(setup.root, days)


def theme_values(theme: Theme, pages: Pages, describer_key: str) -> dict[Key, str]:
    """What pages depend on beside the graph: each template, and a digest of all else."""
    graph = pages.graph
    key = f"{theme.key} {pages.site} {graph.exports} {graph.kinds_with_cards} {destinations(graph)}"
    templates: dict[Key, str] = {
        ("template", name): digest for name, digest in theme.digests.items()
    }
    return {("theme", ""): digest(f"{key} {describer_key}".encode()), **templates}
