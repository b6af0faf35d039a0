"""What a build is handed, and what it leaves."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.diagnostics import (
    Diagnostic,
    Severity,
    has_errors,
    sort_diagnostics,
    without_consequences,
)
from site_builder.links.graph import Graph
from site_builder.memory.blobs import Blobs
from site_builder.memory.kept import Kept
from site_builder.memory.store import Store
from site_builder.reading.sources import Sources
from site_builder.values import NamedTuple
from site_builder.workers import Workers

if TYPE_CHECKING:
    from site_builder.checks.coverage import Coverage
    from site_builder.lint.allowing import Allowance

Looked = tuple[Sources, Sequence[Diagnostic]]
"""What `find_files` finds."""


class Setup(NamedTuple):
    """How a site is built, the same for every build of it.

    `store` keeps what was parsed, `blobs` keeps images and search indexes, which are not made if it is None. In
    `folder` what is made may wait until it is written; if that is None, it waits in memory.
    """

    root: Path
    workers: Workers
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    store: Store | None = None
    blobs: Blobs | None = None
    folder: Path | None = None
    tell: Callable[[str], None] = lambda _: None
    """Called with the name of each stage as it starts: `reading`, `linking`, …"""
    whole_sources: bool = False
    """Whether to show all of the texts of sources, whatever their entries say."""


class Wanted(NamedTuple):
    """What one build is to make."""

    intact: Container[str] = ()
    """Files that are as the last build made them: they are not made again without need."""
    only_seen: bool = False
    """Whether to leave out what machines read: data, feeds, search index. A preview makes them when asked."""
    lint: bool = False
    """Whether to run the lint, and to give advice."""
    only: tuple[str, ...] = ()
    """The codes of the only warnings and advice to show; all if there are none."""
    no_advice: bool = False
    """Whether to leave advice out."""
    found: Looked | None = None
    """What `find_files` has found just now, if it has been asked."""
    unsaved: Mapping[str, bytes] = {}
    """By path: texts that are read in place of the files, as those of an editor."""
    everything: bool = False
    """Whether to leave nothing out: not drafts, not what is to come, not what has expired."""
    only_findings: bool = False
    """Whether findings and figures alone are wanted: then no page is made in which nothing can be found."""


@dataclass(frozen=True)
class RenderedSite:
    """A site ready to write.

    `files` are the bytes by path, `digests` those of their digests that are known; `copied` says which of
    the files are read from where when they are needed, for `static/` may be large. `kept` are the digests
    of files that are as the last build left them, whose bytes were not made again. All are empty if there
    are errors.
    """

    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    kept: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    copied: Mapping[str, str] = field(default_factory=dict)
    page_count: int = 0
    graph: Graph | None = None
    allowed: tuple[Allowance, ...] = ()
    """The findings that the site allows."""
    coverage: Coverage | None = None
    """How much of the site is cited; None if nobody wants to know, or if there are errors."""
    memory: Kept | None = field(default=None, repr=False)
    """What the next build may start from; None if there are errors."""
    dated: bool = False
    """Whether what is published depends on the day."""

    @property
    def ok(self) -> bool:
        """Whether it may be written."""
        return not has_errors(self.diagnostics)


Made = tuple[RenderedSite, list[Diagnostic]]
"""The files of a site, and what was found while they were made."""


def as_told(findings: Iterable[Diagnostic], *, strict: bool) -> tuple[Diagnostic, ...]:
    """The findings as they are shown, in order; with `strict`, warnings as errors."""
    rows = list(findings)
    if strict:
        rows = [
            row._replace(severity=Severity.ERROR) if row.severity is Severity.WARNING else row
            for row in rows
        ]
    return tuple(sort_diagnostics(without_consequences(rows)))
