"""From records to texts with links, and to the rows that pages and checks read of other entities."""

from __future__ import annotations

import math

from site_builder.content.models import EntityId
from site_builder.content.places import LatePlaces, Places, placed
from site_builder.diagnostics import Diagnostic
from site_builder.engine.numbering import numbered
from site_builder.engine.steps import Reader
from site_builder.links.graph import NOBODY, Graph, GraphSite, LinkedAbout
from site_builder.links.linking import link_about, problems_in_part, surroundings, with_settings
from site_builder.links.stories import given_names, stories_of
from site_builder.links.surroundings import Surroundings
from site_builder.memory.rows import published
from site_builder.stages.entries import LinkedEntries
from site_builder.stages.facts import holding_changed_names, publish_entries, publish_site
from site_builder.stages.loading import Loaded
from site_builder.stages.setup import Setup
from site_builder.stages.steps import ABOUT, LINKED, Build, Told
from site_builder.values import NamedTuple


class LinkedSite(NamedTuple):
    """A site that is linked: all that pages and checks read of it, and what was found."""

    loaded: Loaded
    around: Surroundings
    graph: Graph
    findings: list[Diagnostic]

    @property
    def places(self) -> Places:
        """Finds places in content files."""
        return self.loaded.library.places


def link(build: Build, setup: Setup, loaded: Loaded) -> LinkedSite:
    """All entries linked: again those whose bytes have changed, and those for whom a name, path or source has."""
    setup.tell("linking")
    library, content, visible = loaded.library, loaded.settings.content, loaded.visible
    last = build.last.steps(LINKED)
    orders = {id: step.result.published.order for id, step in last.items()}
    numbers = numbered([row.id for row in loaded.rows], orders)
    publish_entries(build, loaded.rows, numbers, orders)
    around = _around(build, loaded)
    publish_site(build, setup, loaded, around)
    linked = LinkedEntries(loaded, around, setup.folder)

    def work(id: EntityId, reader: Reader) -> Told:
        return linked.tell(id, numbers[id], reader)

    steps = build.tell(LINKED, numbers, work, holding_changed_names(build, loaded))
    about, told = _about(build, loaded, around)
    findings = [row for step in steps.values() for row in step.result.findings]
    graph = Graph(
        GraphSite(
            content,
            around.addresses,
            around.stories,
            given_names(content, loaded.rows, library.noted, around.names),
            around.files,
            around.index_pages,
            about,
            around.hidden,
            visible.expired,
            visible.expiring,
        ),
        {id: step.result.published.own["head"] for id, step in steps.items()},
        build.tables,
        linked,
        loaded.texts,
    )
    findings = placed([*findings, *told.findings], library.places)
    findings += problems_in_part(loaded.in_part, around, library.places)
    return LinkedSite(loaded, around, graph, findings)


def _around(build: Build, loaded: Loaded) -> Surroundings:
    """What texts are resolved against; that of the last build of this process, if all names are as they were."""
    site = loaded.settings.content.site
    files = frozenset(loaded.static)
    changed = {table for table, _ in build.run.changed.keys}
    visible, around = build.last.held.get("around", (None, None))
    if (
        around is None
        or visible != loaded.visible
        or changed & {"name", "form", "path"}
        or around.stories != stories_of(loaded.rows, around.names, site)
    ):
        around = surroundings(loaded.rows, loaded.visible, loaded.texts, files, site)
    else:
        around = with_settings(around, loaded.rows, loaded.texts, files, site)
    build.kept.held["around"] = loaded.visible, around
    return around


def _about(build: Build, loaded: Loaded, around: Surroundings) -> tuple[LinkedAbout, Told]:
    """The about page, which is linked by every build."""
    content = loaded.settings.content
    findings: tuple[Diagnostic, ...] = ()
    about = LinkedAbout()
    if content.about:
        places = LatePlaces(loaded.library.places)
        about, findings = link_about(content.about, around, places, mentions=content.site.mentions)

    def work(id: EntityId, _: Reader) -> Told:
        anchor_uses = {id: about.anchor_uses} if about.anchor_uses else {}
        uses = {"uses": dict(about.uses)}
        rows = published(id, math.inf, {"about": about}, {"anchor uses": anchor_uses}, {}, uses)
        return Told(rows, findings)

    steps = build.tell(ABOUT, [NOBODY], work, also=[NOBODY])
    return about, steps[NOBODY].result
