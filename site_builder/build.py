"""The whole builder on one screen: load, link, gather, check, render; then write.

`make` is the pipeline. What nothing has changed for since the last build is not made again: `engine` decides that,
`memory` keeps what was made, and the stages know neither.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from pathlib import Path

from site_builder.diagnostics import has_errors
from site_builder.incremental.memory import Memory
from site_builder.incremental.unchanged import FOLDER, Unchanged
from site_builder.memory.blobs import Blobs
from site_builder.memory.kept import Kept
from site_builder.memory.store import Store
from site_builder.stages.allowing import settle
from site_builder.stages.counting import count
from site_builder.stages.linting import lint
from site_builder.stages.loading import keep_places
from site_builder.stages.looking import linked
from site_builder.stages.making import making
from site_builder.stages.setup import Looked, RenderedSite, Setup, Wanted, as_told
from site_builder.stages.steps import STAGES, Build
from site_builder.stages.writing import BuildResult, Output
from site_builder.values import NamedTuple
from site_builder.workers import Timings, Workers


class Options(NamedTuple):
    """How a site is to be built. `root` is the folder that holds `content/`."""

    root: Path
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    jobs: int | None = None
    """Processes to work in; None for as many as there are processors."""
    only_seen: bool = False
    """Whether to leave out what machines read: data, feeds, search index. A preview makes them when asked."""
    whole_sources: bool = False
    """Whether to show all of the texts of sources, whatever their entries say, as a preview does for writers."""
    tell: Callable[[str], None] = lambda _: None
    """Called with the name of each stage as it starts: `reading`, `linking`, …"""
    lint: bool = False
    """Whether to run the lint, and to give advice."""
    only: tuple[str, ...] = ()
    """The codes of the only warnings and advice to show; all if there are none."""
    no_advice: bool = False
    """Whether to leave advice out."""
    only_findings: bool = False
    """Whether findings and figures alone are wanted, and no files."""
    timings: Timings | None = None
    """Is given the seconds that single files and pages take; work is then done in one process."""

    def setup(self, store: Store | None, blobs: Blobs | None, folder: Path | None) -> Setup:
        """What every build with these options is handed; see `Setup`."""
        workers = Workers(self.jobs, self.timings)
        return Setup(
            self.root,
            workers,
            self.base_url,
            self.drafts,
            self.strict,
            store,
            blobs,
            folder,
            self.tell,
            self.whole_sources,
        )


def make(setup: Setup, last: Kept, wanted: Wanted) -> RenderedSite:
    """All files of a site, in memory; what nothing has changed for since the last build is not made again."""
    build = Build(last)
    site, found = linked(build, setup, wanted)  # bytes to records, and these to linked texts
    if site is None:
        return RenderedSite({}, as_told(found, strict=setup.strict))
    found += lint(build, setup, wanted, site, found)  # what a second reader would say
    files = making(build, setup, wanted, site)
    found = site.loaded.library.as_written([*found, *files.findings])
    found, allowed = settle(build, wanted, site, found)
    keep_places(build, site.loaded.library)
    made = RenderedSite({}, ())
    if not has_errors(found):
        made, more = files.made()  # routes to bytes
        found += more
    if wanted.only_findings and wanted.lint and made.graph:
        made = replace(made, coverage=count(build, site))
    return replace(made, diagnostics=as_told(found, strict=setup.strict), allowed=allowed)


class Builder:
    """Makes a site again and again, each time from what the last good build has kept.

    A build that fails is as if it had never been, so that a corrected mistake costs no more than an edit.
    """

    def __init__(
        self,
        options: Options,
        store: Store | None = None,
        kept: Kept | None = None,
        blobs: Blobs | None = None,
        folder: Path | None = None,
    ) -> None:
        self.options = options
        self.setup = options.setup(store, blobs, folder)
        self.kept = kept or Kept()

    def render(self, intact: Container[str] = (), found: Looked | None = None) -> RenderedSite:
        """The site as its files are now; `intact` and `found` as in `Wanted`."""
        options = self.options
        wanted = Wanted(
            intact,
            options.only_seen,
            options.lint,
            options.only,
            options.no_advice,
            found,
            only_findings=options.only_findings,
        )
        site = make(self.setup, self.kept, wanted)
        self.kept = site.memory or self.kept
        return site


def render_site(options: Options, *, only_check: bool = False) -> RenderedSite:
    """The whole site in memory, made from nothing. With `only_check`, only what is found: no file is made without need."""
    options = options._replace(only_findings=only_check)
    return Builder(options, blobs=None if only_check else Blobs(None)).render()


@contextlib.contextmanager
def checking(options: Options) -> Iterator[RenderedSite]:
    """What is wrong with a site, and what a second reader would say; its graph can be read within the context.

    It keeps what it has found for the next time. Pages are made only with templates of the site's own, and what
    machines read never: nothing can be found in it.
    """
    options = options._replace(only_seen=True, only_findings=True)
    settings = "check", options.drafts
    memory = Memory(options.root, options.root / FOLDER / "check", settings, STAGES)
    with memory:
        with without_collector():
            site = Builder(options, memory.store, memory.recall()).render(_EVERYTHING)
            if site.memory is not None:
                memory.remember(site.memory, {})
        yield site


def check_site(options: Options) -> RenderedSite:
    """The same for those who want the findings alone."""
    with checking(options) as site:
        return site


class _Everything(Container[str]):
    """The files that need not be made again: a check writes none."""

    def __contains__(self, _: object) -> bool:
        return True


_EVERYTHING = _Everything()


def build(options: Options, note: Unchanged | None = None) -> BuildResult:
    """Builds the site into its output folder, or says why not and leaves that untouched.

    `note`, made before the build, is told what came of it. Raises a `Fault` for what is wrong outside the content.
    """
    start = time.perf_counter()
    settings = options.drafts, options.base_url
    with Output(options.root, options.output, settings, note) as output, without_collector():
        last = Kept() if options.clean else output.recall()
        memory = output.memory
        builder = Builder(options, memory.store, last, memory.blobs, memory.folder)
        site = builder.render(output.intact, note.found if note else None)
        changes = output.write(site, options.tell, clean=options.clean)
    seconds = time.perf_counter() - start
    return BuildResult(site, changes, seconds, last, builder.kept)


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """Runs without garbage collection: a build allocates a lot and frees little, so it would take a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
