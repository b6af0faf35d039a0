"""The whole builder on one screen: find, read, validate, parse, link, check, plan, render, write.

`Builder.render` is the pipeline. Stages are functions from values to values; each returns what it
found wrong beside what it made. A `Builder` may be kept and asked again: it then does again only
what a change of the files makes necessary (`memory/` says how). `build` also keeps that memory
between runs, in `.site-builder/`, and writes the site.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from site_builder.checks import advise, check_entry, check_site
from site_builder.clock import today
from site_builder.content.assembling import Occasion, assemble, why_hidden
from site_builder.content.entries import EntryFacts, SiteContent, Visible
from site_builder.content.kinds import FRONT, NOTES
from site_builder.content.library import Library
from site_builder.content.models import EntityId
from site_builder.content.settings import Settings, load_settings
from site_builder.diagnostics import (
    Diagnostic,
    Location,
    Severity,
    as_text,
    has_errors,
    sort_diagnostics,
    without_consequences,
)
from site_builder.exports.exporting import Exports, Last, describing, make_copy, plan_copies
from site_builder.exports.left_out import left_out
from site_builder.faults import Doing
from site_builder.incremental.facets import Changed, differences
from site_builder.incremental.memory import Memory
from site_builder.incremental.relinking import citing_changed_texts, misplaced, to_relink
from site_builder.incremental.remembered import Checked, KeptPage, Remembered
from site_builder.incremental.unchanged import Summary, Unchanged
from site_builder.links.backwards import CitedSources, refer_alike
from site_builder.links.evidence import SourceText
from site_builder.links.graph import (
    Graph,
    GraphSite,
    Linked,
    LinkedAbout,
    Tables,
)
from site_builder.links.linking import (
    Result,
    link_about,
    link_again,
    link_entry,
    problems_in_part,
    same_entities,
    surroundings,
)
from site_builder.links.navigation import destinations
from site_builder.links.order import sequences
from site_builder.links.resolving import Surroundings
from site_builder.links.sources import source_texts
from site_builder.links.tracing import facet
from site_builder.memory.blobs import Blobs
from site_builder.memory.pickles import Packed
from site_builder.memory.spool import Spool
from site_builder.memory.store import Store
from site_builder.output.places import output_place
from site_builder.output.writing import Changes, write
from site_builder.pages.briefs import brief_of
from site_builder.pages.host_files import REDIRECTS, host_files
from site_builder.pages.plan import plan
from site_builder.pages.redirects import redirects
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.reading.files import Found, digest, read
from site_builder.reading.sources import Sources, find_files
from site_builder.rendering.opening import Theme, open_theme
from site_builder.rendering.rendering import (
    Planned,
    Renderer,
    collisions,
    file_of_route,
    name_of_route,
    render_pages,
)
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
    tell: Callable[[str], None] = lambda _: None
    """Is told the stage that begins: `reading`, `linking`, …"""
    advice: bool = False
    """Whether to give advice, too."""
    timings: Timings | None = None
    """Is given the seconds that single files and pages take; work is then done in one process."""

    @property
    def output_folder(self) -> Path:
        """Where the site goes: `output/` in the root unless said otherwise."""
        return self.output or self.root / "output"


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

    @property
    def ok(self) -> bool:
        """Whether it may be written."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True)
class BuildResult:
    """What a build did. `seconds` is wall time."""

    diagnostics: tuple[Diagnostic, ...]
    changes: Changes | None
    """None if nothing was written because of errors."""
    page_count: int
    seconds: float
    note: str = ""
    """What is left out because nobody says where the site will stand, or because it is large, in a line."""
    facts: tuple[Mapping[EntityId, EntryFacts], Mapping[EntityId, EntryFacts]] = ({}, {})
    """The facts of the entities that the last build had, and this one."""
    graph: Graph | None = None
    held: object = field(default=None, repr=False)
    """What the build has made, which takes long to free if it is much."""


def build(options: Options, note: Unchanged | None = None) -> BuildResult:
    """Builds the site into its output folder, or says why not and leaves that untouched.

    `note`, made before the build, is told what came of it. Raises a `Fault` for what is wrong
    outside the content.
    """
    start = time.perf_counter()
    output_place(options.output, options.root)
    memory = Memory(options.root, options.output_folder, (options.drafts, options.base_url))
    with memory, _without_collector():
        remembered = Remembered() if options.clean else memory.recall()
        facts = remembered.facts
        builder = Builder(options, memory.store, remembered, memory.blobs, memory.folder)
        intact = memory.intact_outputs(remembered)
        rendered = builder.render(intact, note.found if note else None)
        changes = None
        if rendered.ok:
            options.tell("writing")
            changes = write(
                rendered.files,
                options.output_folder,
                kept=rendered.kept,
                digests=rendered.digests,
                copied=rendered.copied,
                clean=options.clean,
            )
            options.tell("remembering")
            kept = {path: intact[path] for path in rendered.kept if path in intact}
            outputs = memory.signatures([*rendered.files, *rendered.kept], kept)
            builder.remembered.outputs = outputs
            read = builder.remembered.noted
            memory.remember(builder.remembered)
            if note:
                summary = Summary(rendered.page_count, as_text(rendered.diagnostics))
                note.write(summary, outputs, _dated(builder.remembered), read)
    seconds = time.perf_counter() - start
    held = builder, rendered
    return BuildResult(
        rendered.diagnostics,
        changes,
        rendered.page_count,
        seconds,
        note=left_out(rendered.graph) if rendered.graph else "",
        facts=(facts, builder.remembered.facts),
        graph=rendered.graph,
        held=held,
    )


def _dated(remembered: Remembered) -> str:
    """Today, if what is published depends on it."""
    dated = any(row.publish_on or row.expires_on for row in remembered.facts.values())
    return str(today()) if dated or remembered.hides else ""


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """A build makes many values and drops few: looking for rubbish is a third of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def render_site(options: Options, *, only_check: bool = False) -> RenderedSite:
    """The whole site in memory, made from nothing, and everything there is to say about it.

    With `only_check`, search index and images are checked and not made.
    """
    return Builder(options, blobs=None if only_check else Blobs(None)).render()


class Builder:
    """Renders a site, and again after its files have changed.

    A build that fails is as if it had never been: the next one goes on from the last good one, so that
    a mended mistake costs no more than an edit. `store` keeps what was parsed; `remembered` is what
    the last good build left, and is brought up to date by each `render`; `blobs` keeps images and
    search indexes, which are not made if it is None. In `folder` what is made may wait until it is
    written; if that is None, it waits in memory.
    """

    def __init__(
        self,
        options: Options,
        store: Store | None = None,
        remembered: Remembered | None = None,
        blobs: Blobs | None = None,
        folder: Path | None = None,
    ) -> None:
        self.options = options
        self._folder = folder
        self.remembered = remembered or Remembered()
        self._store = store
        self._blobs = blobs
        self._workers = Workers(options.jobs, options.timings)
        self._around: tuple[Sequence[EntryFacts], Visible, Surroundings] | None = None
        """The surroundings of the last time, and what they were made of."""
        self._theme: Theme | None = None
        self._tables: Tables | None = None
        """The tables of the last time."""

    def render(
        self,
        intact: Container[str] = (),
        found: tuple[Sources, Sequence[Diagnostic]] | None = None,
    ) -> RenderedSite:
        """The site as its files are now.

        Pages whose file is among `intact`, and that would not be different, are not made again.
        `found` is what `find_files` has found just now, if it has been asked.
        """
        last = self.remembered
        tell = self.options.tell
        tell("reading")
        sources, problems = found or find_files(self.options.root)
        diagnostics = [*problems]
        if not sources.content and has_errors(problems):
            return _result(diagnostics, self.options)
        library = Library(sources.content, last.noted, self._store)
        settings, more = load_settings(library, self.options.base_url)
        diagnostics += more
        files, more = library.facts(settings.dialect, last.files, self._workers)
        diagnostics += more + library.unreadable
        diagnostics += [finding for file in files.values() for finding in file.diagnostics]
        if not files and not has_errors(diagnostics):
            return _result([*diagnostics, _nothing_there()], self.options)
        if not settings.readable:
            return _result(library.as_written(diagnostics), self.options)
        occasion = Occasion(today(), self.options.drafts)
        visible, rows, more = assemble(files.values(), library.places, occasion)
        diagnostics += more
        texts, more = source_texts(
            rows, library.entry, sources.seeds, library.places, settings.content.site.language
        )
        diagnostics += more
        around = self._surroundings(
            rows, visible, texts, frozenset(sources.static), settings.content.site.language
        )
        now = Remembered(noted=library.noted, files=files, outputs=last.outputs)
        now.hides = bool(visible.hidden)
        now.texts = {id: text.digest if text else "" for id, text in texts.items()}
        now.site_key = site_key(settings, visible, around, self.options)
        tell("linking")
        graph, linked_again, more = self._link(
            now, rows, visible, around, settings.content, library
        )
        diagnostics += more
        in_part = [
            entry
            for file in files.values()
            for entry in file.in_part
            if not why_hidden(EntryFacts.of(entry), occasion)
        ]
        diagnostics += problems_in_part(in_part, around, library.places, diagnostics)
        changed = self._changed_facets(now, graph, linked_again)
        tell("checking")
        diagnostics += self._check(_Linked(now, graph, changed), linked_again, library)
        diagnostics += check_site(graph, around.mentions, library.places)
        if self.options.advice:
            diagnostics += advise(graph, library.places)
        tell("rendering")
        theme, more = open_theme(
            self.options.root, settings.content, library.places, self._store, self._theme
        )
        self._theme = theme
        diagnostics = library.as_written([*diagnostics, *more])
        if has_errors(diagnostics):
            return _result(diagnostics, self.options)
        return self._render(
            _Linked(now, graph, changed), theme, sources.static, intact, diagnostics
        )

    def _surroundings(
        self,
        rows: Sequence[EntryFacts],
        visible: Visible,
        texts: Mapping[EntityId, SourceText | None],
        static: frozenset[str],
        language: str,
    ) -> Surroundings:
        """What texts are resolved against; that of the last time, while all names are what they were."""
        if self._around and self._around[1] == visible and same_entities(rows, self._around[0]):
            around = self._around[2]._replace(sources=texts, files=static, language=language)
            around.names.guesses.clear()
        else:
            around = surroundings(rows, visible, texts, static, language)
        self._around = rows, visible, around
        return around

    def _read_backwards(self, now: Remembered, linked_again: Iterable[EntityId]) -> Tables:
        """All links read backwards; as the last time, while everything refers to what it did."""
        last = self.remembered
        if not refer_alike(last.heads, now.heads, linked_again):
            tables = Tables(now.heads, sequences(now.heads))
            tables.complete()
        elif self._tables and self._tables.heads is last.heads:
            tables = self._tables.of(now.heads)
        else:
            tables = Tables(now.heads, last.sequences)
        self._tables = tables
        return tables

    def _link(
        self,
        now: Remembered,
        rows: Sequence[EntryFacts],
        visible: Visible,
        around: Surroundings,
        content: SiteContent,
        library: Library,
    ) -> tuple[Graph, set[EntityId], list[Diagnostic]]:
        """The graph, the entities that were linked again or are gone, and what was found."""
        last = self.remembered
        now.facts = {row.id: row for row in rows}
        if now.site_key == last.site_key:
            again = to_relink(rows, last.facts, last.heads, library.entries_of)
            again |= misplaced(now, last) | citing_changed_texts(now, last)
        else:
            again = set(now.facts)
        spool = Spool(self._folder) if len(rows) >= _MANY and self._folder else None
        linked = LinkedEntries(library, around, spool, mentions=content.site.mentions)
        for id in now.facts:
            if id in again:
                result = linked.link(id)
                now.heads[id] = result.head
                now.packed_briefs[id] = Packed(brief_of(result.linked))
                found = result.diagnostics
            else:
                now.heads[id], now.packed_briefs[id] = last.heads[id], last.packed_briefs[id]
                found = last.findings.get(id, ())
            if found:
                now.findings[id] = found
        about = LinkedAbout()
        diagnostics = [finding for findings in now.findings.values() for finding in findings]
        if content.about:
            about, more = link_about(
                content.about, around, library.places, mentions=content.site.mentions
            )
            diagnostics += more
        now.about = about
        graph = Graph(
            GraphSite(
                content,
                around.addresses,
                around.files,
                around.index_pages,
                about,
                around.hidden,
                visible.expired,
                visible.expiring,
                tuple(around.names.resolve(item.to.strip("/")) for item in content.site.nav),
            ),
            now.heads,
            self._read_backwards(now, again),
            linked,
            CitedSources(around.sources, now.heads, about),
        )
        return graph, again | (last.facts.keys() - now.facts.keys()), diagnostics

    def _changed_facets(
        self, now: Remembered, graph: Graph, linked_again: set[EntityId]
    ) -> Changed:
        """The facets that are not as they were.

        Where something changed for the whole site, nothing that was made is kept anyway.
        """
        last = self.remembered
        now.sequences = graph.tables.sequences
        if now.site_key != last.site_key:
            return Changed()
        return differences(last.state, now.state, linked_again)

    def _check(
        self, site: _Linked, linked_again: set[EntityId], library: Library
    ) -> list[Diagnostic]:
        """The findings of the checks, each entity's taken from the last build where it can be."""
        last = self.remembered
        now, graph, changed = site
        same_site = now.site_key == last.site_key
        for id in now.heads:
            before = last.checked.get(id) if id not in linked_again else None
            if before is not None and same_site and not changed.touches(before.reads):
                now.checked[id] = before
                continue
            graph.trace.start()
            with Doing(f"checking {now.heads[id].file}"):
                found = check_entry(graph.linked[id], graph, library.places)
            now.checked[id] = Checked(graph.trace.read(), tuple(found))
        return [finding for checked in now.checked.values() for finding in checked.findings]

    def _render(
        self,
        site: _Linked,
        theme: Theme,
        static: Mapping[str, Found],
        intact: Container[str],
        diagnostics: list[Diagnostic],
    ) -> RenderedSite:
        """The pages that are not as they were, and every other file of the site."""
        last = self.remembered
        now, graph, changed = site
        describer, describer_key = describing(
            self.options.root, (now.briefs[id].day for id in now.facts if id.kind == NOTES)
        )
        pages = Pages(graph, now.briefs, drafts=self.options.drafts, describer=describer)
        now.theme_key = digest(
            f"{theme.key} {now.site_key} {pages.site} {graph.exports} {graph.kinds_with_cards} {destinations(graph)} {describer_key}".encode()
        )
        now.templates = theme.digests
        edited = dict(now.templates.items() ^ last.templates.items())
        changed = changed.also(facet("template", name) for name in edited)
        same_theme = now.theme_key == last.theme_key
        before = Last(last.pages if same_theme else {}, intact, changed)
        with Exports(pages, theme.templates, self.options.root, self._blobs, before) as exports:
            exports.begin(only_seen=self.options.only_seen)
            routes: list[Planned] = [
                *plan(graph),
                *redirects(graph),
                *plan_copies(pages, only_seen=self.options.only_seen),
            ]
            to_render = []
            for route in routes:
                file = file_of_route(route)
                as_it_was = before.keeps(file, name_of_route(route))
                if as_it_was:
                    now.pages[file] = as_it_was
                else:
                    to_render.append(route)
            renderer = Renderer(pages, theme.templates, make_copy)
            files = Spool(self._folder)
            made, found = render_pages(renderer, to_render, self._workers, files)
            names = {file_of_route(route): name_of_route(route) for route in to_render}
            rendered = [(names[page.file], page) for page in made]
            for name, page in exports.finish():
                files.put(page.file, page.data)
                rendered.append((name, page))
        found += exports.diagnostics
        now.pages |= exports.kept
        kept = {file: page.digest for file, page in now.pages.items() if page.digest}
        for name, page in rendered:
            now.pages[page.file] = KeptPage(name, page.reads, page.digest)
        ours = sorted([*kept, *files], key=lambda file: file.endswith(".html"))
        found += collisions(ours, [*theme.assets, *static])
        own_rules, more = _own_rules(static)
        found += more
        if has_errors(found):
            return _result([*diagnostics, *found], self.options)
        self.remembered = now
        for path, data in theme.assets.items():
            files.put(path, data)
        copied = {path: row.absolute for path, row in static.items() if path != REDIRECTS}
        for path, place in copied.items():
            files.put_file(path, place)
        for path, data in host_files(graph, [*kept, *files, *exports.later], own_rules).items():
            if path not in files:  # else it is the author's own, from static/
                files.put(path, data)
        return replace(
            _result([*diagnostics, *found], self.options),
            files=files,
            kept=kept,
            digests={page.file: page.digest for _, page in rendered},
            copied=copied,
            page_count=sum(isinstance(route, Route) for route in routes),
            graph=graph,
        )


def _own_rules(static: Mapping[str, Found]) -> tuple[bytes, list[Diagnostic]]:
    """What the author's `static/_redirects` holds, to which ours are added."""
    found = static.get(REDIRECTS)
    file = read(found) if found else None
    if isinstance(file, Diagnostic):
        return b"", [file]
    return file.data if file else b"", []


class _Linked(NamedTuple):
    """A site that is linked and checked: what is remembered of it, its graph, and what changed."""

    now: Remembered
    graph: Graph
    changed: Changed


_MANY = 3000
"""Entities whose bodies weigh more in memory than it costs to read each again for its page."""


class LinkedEntries(Mapping[EntityId, Linked]):
    """The linked entries of a site, each linked when it is first asked for.

    Bodies that are linked by `link` wait in a spool, if there is one.
    """

    def __init__(
        self, library: Library, around: Surroundings, spool: Spool | None, *, mentions: bool
    ) -> None:
        self._library = library
        self._around = around
        self._spool = spool
        self._mentions = mentions
        self._linked: dict[EntityId, Linked] = {}

    def link(self, id: EntityId) -> Result:
        """Links an entry."""
        entry = self._library.entry(id)
        with Doing(f"linking {entry.file}"):
            result = link_entry(entry, self._around, self._library.places, mentions=self._mentions)
        self._linked[id] = result.linked
        if self._spool is not None:
            result.linked.put_body_away(self._spool)
        return result

    def __getitem__(self, id: EntityId) -> Linked:
        linked = self._linked.get(id)
        if linked is None:
            linked = self._linked[id] = link_again(
                self._library.entry(id),
                self._around,
                self._library.places,
                mentions=self._mentions,
            )
        return linked

    def __iter__(self) -> Iterator[EntityId]:
        return iter(self._around.titles)

    def __len__(self) -> int:
        return len(self._around.titles)


def site_key(settings: Settings, visible: Visible, around: Surroundings, options: Options) -> str:
    """Stands for what every entry's links and every page depend on beside the entries."""
    parts = (
        settings.digest,
        options.drafts,
        options.base_url,
        sorted(around.files),
        around.index_pages,
        [id for id in visible.ids if id.kind == FRONT],
        sorted(visible.hidden.items()),
        sorted(visible.hidden_names.items()),
        sorted(visible.expired.items()),
        visible.broken,
    )
    return digest(repr(parts).encode())


def _result(diagnostics: list[Diagnostic], options: Options) -> RenderedSite:
    if options.strict:
        diagnostics = [
            d._replace(severity=Severity.ERROR) if d.severity is Severity.WARNING else d
            for d in diagnostics
        ]
    return RenderedSite({}, tuple(sort_diagnostics(without_consequences(diagnostics))))


def _nothing_there() -> Diagnostic:
    message = "there is nothing in content/ yet"
    hint = "add an article: content/articles/my-story.md, or begin with: site-builder init DIR"
    return Diagnostic("no-content", message, Location("content"), hint)
