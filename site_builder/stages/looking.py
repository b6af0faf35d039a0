"""The stages before any page is made: a site linked and checked."""

from __future__ import annotations

from pathlib import Path

from site_builder.diagnostics import Diagnostic
from site_builder.memory.kept import Kept
from site_builder.stages.checking import check
from site_builder.stages.gathering import gather, gather_stories
from site_builder.stages.linking import LinkedSite, link
from site_builder.stages.loading import Refused, load
from site_builder.stages.setup import Setup, Wanted, as_told
from site_builder.stages.steps import Build
from site_builder.values import NamedTuple
from site_builder.workers import Workers


class Linked(NamedTuple):
    """A linked site, None if there is nothing to link; and what was found."""

    site: LinkedSite | None
    findings: list[Diagnostic]


def linked(build: Build, setup: Setup, wanted: Wanted) -> Linked:
    """Reads, links and checks a site."""
    loaded = load(build, setup, wanted)  # bytes to records
    if isinstance(loaded, Refused):
        return Linked(None, loaded.findings)
    site = link(build, setup, loaded)  # records to texts with links, and to rows for others
    gather(build, site.graph.heads)  # the order in which readers see things
    gather_stories(build, site.around.stories)  # who belongs to which story
    found = check(build, setup, wanted, site)
    return Linked(site, [*loaded.findings, *found])


def look(root: Path, wanted: Wanted) -> Linked:
    """A site linked and checked in this process, made from nothing; findings as they are shown."""
    site, findings = linked(Build(Kept()), Setup(root, Workers(1)), wanted)
    if site:
        findings = site.loaded.library.as_written(findings)
    return Linked(site, list(as_told(findings, strict=False)))
