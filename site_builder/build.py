"""The whole builder on one screen: find, read, validate, parse, link, check, plan, render, write.

Stages are functions from values to values; each returns what it found wrong beside what it made.
`render_site` does everything but write, and is what `check` and the preview call.
"""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.checks import run_checks
from site_builder.content.assembling import Occasion, assemble
from site_builder.content.entries import About, Content, LoadedFile
from site_builder.content.loading import (
    collection_of,
    load_about,
    load_file,
    load_site,
)
from site_builder.content.models import EntityId, Site, Source
from site_builder.content.places import Places
from site_builder.diagnostics import (
    Diagnostic,
    Location,
    Severity,
    did_you_mean,
    has_errors,
    sort_diagnostics,
)
from site_builder.faults import SiteNotFound
from site_builder.links.evidence import SourceText
from site_builder.links.graph import Graph
from site_builder.links.linking import link
from site_builder.markdown.parser import Dialect
from site_builder.output.writing import Changes, write
from site_builder.pages.host_files import host_files
from site_builder.pages.planning import Pages, plan, redirects
from site_builder.reading.files import Found, InputFile, decode, find, read
from site_builder.rendering.environment import Templates, default_theme, publish_assets
from site_builder.rendering.rendering import add_files, render_pages
from site_builder.rendering.theme import THEME_FILE, TOKENS_FILE, known_tokens, theme_css


@dataclass(frozen=True)
class Options:
    """How a site is to be built. `root` is the folder that holds `content/`."""

    root: Path
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    clean: bool = False

    @property
    def output_folder(self) -> Path:
        """Where the site goes: `output/` in the root unless said otherwise."""
        return self.output or self.root / "output"


@dataclass(frozen=True)
class Sources:
    """What is read from disk before anything is understood."""

    files: Mapping[str, InputFile]
    """Content files, texts in `seeds/` and theme files that could be read, by path."""
    content: tuple[str, ...]
    seeds: Mapping[str, Found]
    static: Mapping[str, Found]
    """Static files of the site by their path in the output."""


@dataclass(frozen=True)
class RenderedSite:
    """A site ready to write. `files` is empty if there are errors."""

    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
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


def build(options: Options) -> BuildResult:
    """Builds the site into its output folder, or says why not and leaves that untouched.

    Raises a `Fault` for what is wrong outside the content.
    """
    start = time.perf_counter()
    rendered = render_site(options)
    changes = None
    if rendered.ok:
        changes = write(rendered.files, options.output_folder, clean=options.clean)
    seconds = time.perf_counter() - start
    return BuildResult(rendered.diagnostics, changes, rendered.page_count, seconds)


def render_site(options: Options) -> RenderedSite:
    """The site in memory, and everything there is to say about it."""
    diagnostics: list[Diagnostic] = []
    sources, found = find_files(options.root)
    diagnostics += found
    content, places, found = load(options, sources)
    diagnostics += found
    if content is None:
        return _result(diagnostics, options)
    texts, found = source_texts(content, sources, places)
    diagnostics += found
    graph, found = link(content, texts, frozenset(sources.static), places)
    diagnostics += found
    diagnostics += run_checks(graph, places)
    templates, assets, found = open_templates(options, content, places)
    diagnostics += found
    if has_errors(diagnostics):
        return _result(diagnostics, options)
    pages = Pages(graph, drafts=options.drafts)
    routes = plan(graph)
    files, found = render_pages(pages, routes, redirects(graph), templates)
    diagnostics += found
    diagnostics += add_files(files, {**assets, **read_static(sources)})
    # A file of that name in static/ is the author's own, and stays.
    files = {**host_files(graph, files), **files}
    return replace(_result(diagnostics, options), files=files, page_count=len(routes), graph=graph)


def _result(diagnostics: list[Diagnostic], options: Options) -> RenderedSite:
    if options.strict:
        diagnostics = [replace(d, severity=Severity.ERROR) for d in diagnostics]
    return RenderedSite({}, tuple(sort_diagnostics(diagnostics)))


def find_files(root: Path) -> tuple[Sources, list[Diagnostic]]:
    """The files of the site. Raises `SiteNotFound` if there is no content folder."""
    if not (root / "content").is_dir():
        raise SiteNotFound(
            f"there is no folder 'content' in '{root}'. Go to the site's folder, name it with -C, "
            "or begin one with: site-builder init my-explainer"
        )
    content, diagnostics = find(root, "content")
    seeds, more = find(root, "seeds")
    static, even_more = find(root, "static")
    diagnostics += more + even_more
    files: dict[str, InputFile] = {}
    for row in content:
        file = read(row)
        if isinstance(file, Diagnostic):
            diagnostics.append(file)
        else:
            files[file.path] = file
    return (
        Sources(
            files,
            tuple(row.path for row in content),
            {row.path.removeprefix("seeds/"): row for row in seeds},
            {row.path.removeprefix("static/"): row for row in static},
        ),
        diagnostics,
    )


def load(options: Options, sources: Sources) -> tuple[Content | None, Places, list[Diagnostic]]:
    """The typed content. None if there is nothing to go on with."""
    diagnostics: list[Diagnostic] = []
    texts: dict[str, str] = {}

    def text_of(path: str) -> str:
        if path not in texts:
            text = decode(sources.files[path]) if path in sources.files else ""
            texts[path] = text if isinstance(text, str) else ""
        return texts[path]

    places = Places(text_of)
    site, site_file, found = _load_site(options, sources)
    diagnostics += found
    dialect = Dialect(html=site.html)
    about: About | None = None
    loaded: list[LoadedFile] = []
    for path in sources.content:
        if path not in sources.files:
            continue
        collection = collection_of(path)
        if isinstance(collection, Diagnostic):
            diagnostics.append(collection)
        elif collection is not None:
            file = load_file(sources.files[path], collection, dialect)
            loaded.append(file)
            diagnostics += file.diagnostics
        elif path == "content/about.md":
            about, found = load_about(sources.files[path], dialect)
            diagnostics += found
    if not loaded and not has_errors(diagnostics):
        message = "there is nothing in content/ yet"
        hint = "add an article: content/articles/my-story.md, or begin with: site-builder init DIR"
        diagnostics.append(Diagnostic("no-content", message, Location("content"), hint))
        return None, places, diagnostics
    occasion = Occasion(today(), options.drafts)
    content, found = assemble(site, site_file, about, loaded, places, occasion)
    return content, places, diagnostics + found


def _load_site(options: Options, sources: Sources) -> tuple[Site, str, list[Diagnostic]]:
    """The site's own settings; without `site.yaml`, a site of a plain title."""
    path = next(
        (f"content/site.{e}" for e in ("yaml", "yml") if f"content/site.{e}" in sources.files), ""
    )
    if not path:
        names = {p.removeprefix("content/") for p in sources.content}
        message = f"there is no content/site.yaml{did_you_mean('site.yaml', names - {'site.yaml'})}"
        hint = "make one with a line: title: The name of the site"
        diagnostic = Diagnostic("missing-field", message, Location("content/site.yaml"), hint)
        return Site(title="Untitled"), "content/site.yaml", [diagnostic]
    site, diagnostics = load_site(sources.files[path])
    site = site or Site(title="Untitled")
    if options.base_url is not None:
        site = replace(site, base_url=options.base_url.rstrip("/") + "/")
    return site, path, diagnostics


def source_texts(
    content: Content, sources: Sources, places: Places
) -> tuple[dict[EntityId, SourceText | None], list[Diagnostic]]:
    """The texts of the sources. A source whose text can't be read is not in the result."""
    diagnostics: list[Diagnostic] = []
    texts: dict[EntityId, SourceText | None] = {}
    for id, entry in content.entries.items():
        record = entry.record
        if not isinstance(record, Source):
            continue
        if record.file is None:
            texts[id] = None
            continue
        name = record.file.removeprefix("seeds/")
        location = places.value(entry.file, (*entry.within, "file"))
        found = sources.seeds.get(name)
        if found is None:
            guess = did_you_mean(name, sources.seeds)
            message = f"there is no file '{name}' in seeds/{guess}"
            diagnostics.append(Diagnostic("unknown-file-reference", message, location))
            continue
        file = read(found)
        decoded = decode(file) if isinstance(file, InputFile) else file
        if isinstance(decoded, Diagnostic):
            diagnostics.append(decoded)
            continue
        text = SourceText(decoded)
        for index, stretch in enumerate(record.omit):
            shorter = text.without(stretch)
            if shorter is None:
                where = (*entry.within, "omit", index)
                message = f"these words to omit are not in seeds/{name}"
                place = places.value(entry.file, where)
                diagnostics.append(Diagnostic("quote-not-found", message, place))
            else:
                text = shorter
        texts[id] = text
    return texts, diagnostics


def open_templates(
    options: Options, content: Content, places: Places
) -> tuple[Templates, dict[str, bytes], list[Diagnostic]]:
    """The templates and the static files of the theme, the site's own before the default's."""
    own = options.root / "templates"
    theme = default_theme()
    folders = [own, theme] if own.is_dir() and own.resolve() != theme.resolve() else [theme]
    assets: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    for folder in reversed(folders):
        rows, found = find(folder, "static")
        diagnostics += found
        for row in rows:
            file = read(row)
            if isinstance(file, InputFile):
                assets[row.path.removeprefix("static/")] = file.data
            else:
                diagnostics.append(file)
    tokens = content.site.theme
    known = known_tokens(assets.get(TOKENS_FILE, b""))
    for name in sorted(tokens.keys() - set(known)):
        message = f"the theme has no token '{name}'{did_you_mean(name, known)}"
        location = places.key(content.site_file, ("theme", name))
        diagnostics.append(Diagnostic("unknown-token", message, location))
    if tokens:
        assets[THEME_FILE] = theme_css(tokens)
    paths, contents = publish_assets(assets)
    templates = Templates(options.root, folders, paths)
    return templates, contents, diagnostics + templates.check_syntax()


def read_static(sources: Sources) -> dict[str, bytes]:
    """The site's own static files by path."""
    return {path: Path(row.absolute).read_bytes() for path, row in sources.static.items()}


def today() -> datetime.date:
    """The day that decides what is published yet: `SOURCE_DATE_EPOCH` if set, else today (UTC).

    The only thing a build asks a clock. See https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = float(epoch) if epoch.isdigit() else time.time()
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).date()
