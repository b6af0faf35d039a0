"""Editorial rules over the linked content: one module for each rule.

A rule about one entity is in `ENTRY_CHECKS`; it can read others through the graph, which traces that. A rule
about the whole site is in `SITE_CHECKS`; it reads heads and tables, not every record. To add a rule, add a
module and its name here.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.checks import (
    anchors,
    circles,
    coverage,
    dates,
    known,
    names,
    navigation,
    pictures,
    redirects,
    stances,
    stories,
)
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph, Linked
from site_builder.links.mentions import Mentions

EntryCheck = Callable[[Linked, Graph, Places], list[Diagnostic]]
SiteCheck = Callable[[Graph, Places], list[Diagnostic]]

ENTRY_CHECKS: tuple[EntryCheck, ...] = (
    stances.check,
    pictures.check,
    dates.check,
    coverage.check,
    known.check,
    stories.check,
)

SITE_CHECKS: tuple[SiteCheck, ...] = (
    anchors.check,
    redirects.check,
    redirects.check_pages,
    navigation.check,
    circles.check,
    coverage.check_sources,
    stories.check_site,
)


def check_entry(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """All findings about an entity."""
    return [finding for check in ENTRY_CHECKS for finding in check(linked, graph, places)]


def check_site(graph: Graph, mentions: Mentions, places: Places) -> list[Diagnostic]:
    """All findings about the site as a whole."""
    found = [finding for check in SITE_CHECKS for finding in check(graph, places)]
    return [*found, *names.check(graph, mentions, places)]
