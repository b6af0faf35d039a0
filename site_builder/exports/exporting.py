"""Makes all exports: `Exports.begin` starts before pages are rendered, `finish` comes after.

A file of a format is a `Copy`, which is planned and cached like a page: it is made again only if something it read has
changed. The search index and images take longer, so other processes make them meanwhile. If `static/` has a file with
the same path, it replaces ours.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from site_builder.diagnostics import Diagnostic
from site_builder.engine.steps import Run, Step
from site_builder.exports import cards, feeds, icons, picture_image
from site_builder.exports.describing import Describing
from site_builder.exports.lettering import Lettering
from site_builder.exports.warnings import can_draw, no_drawings, no_search, undrawn, warning
from site_builder.memory.blobs import Blobs, key_of
from site_builder.pages.redirects import beside_pages
from site_builder.pages.routes import INDEX_FOLDER, Copy
from site_builder.pages.site import Pages
from site_builder.reading.files import digest
from site_builder.rendering.environment import TemplateProblem, Templates
from site_builder.rendering.rendering import RenderedPage, begin
from site_builder.values import NamedTuple

if TYPE_CHECKING:
    from site_builder.exports.drawing import Drawing
    from site_builder.exports.search import Indexing


class Format(Protocol):
    """The module of a format: `plan` lists its files, `make` makes one of them."""

    def plan(self, pages: Pages) -> Iterator[Copy]: ...

    def make(self, pages: Pages, copy: Copy, /) -> bytes | None: ...


FORMATS: Mapping[str, str] = {
    "data": "data",
    "calendar": "data",
    "markdown_copies": "markdown",
    "feeds": "feeds",
    "sitemap": "sitemap",
    "embeds": "embeds",
    "names": "search",
}
"""Modules of formats, imported when needed, each with its name in `exports` of `site.yaml`."""


def _format(name: str) -> Format:
    return cast("Format", import_module(f"site_builder.exports.{name}"))


SEEN = frozenset(("embeds",))
"""Formats that people see; all others are for machines."""


def plan_copies(pages: Pages, *, only_seen: bool = False) -> list[Copy]:
    """The files of the formats that the site wants; some may turn out to be empty."""
    graph = pages.graph
    wanted = graph.exports
    copies = [
        copy
        for name, setting in FORMATS.items()
        if setting in wanted and (name in SEEN or not only_seen)
        for copy in _format(name).plan(pages)
    ]
    by_path = {copy.path: copy for copy in copies}
    for old, path in beside_pages(graph, [(copy.path, copy.id) for copy in copies]):
        copies.append(by_path[path]._replace(path=old, made_as=path))
    return [copy for copy in copies if copy.path not in graph.files]


def make_copy(pages: Pages, copy: Copy) -> bytes | None:
    """The bytes of a file, or None if it is empty."""
    return _format(copy.format).make(pages, copy._replace(path=copy.made_as or copy.path))


def describing(root: Path, days: Iterator[str]) -> tuple[Describing, str]:
    """The describer of pages, and a key of everything it depends on besides the graph.

    `days` are the days of updates.
    """
    lettering = Lettering(root / "fonts") if can_draw() else None
    atom = any(days) or bool(feeds.moment_of(""))
    key = f"{lettering and lettering.own_key} {atom} {feeds.moment_of('')}"
    return Describing(lettering, atom=atom), key


class Last(NamedTuple):
    """The files that the last build made: the step that made each, and those that are still there as it left them.

    The input of a step is its route in words, its result the digest of the bytes, "" if there were none.
    """

    pages: Mapping[str, Step[str]]
    intact: Container[str]
    run: Run

    def keeps(self, file: str, route: str) -> Step[str] | None:
        """The step that made a file for this route, if it need not run again."""
        before = self.pages.get(file)
        if before is None or not self.run.keeps(before, route):
            return None
        return before if file in self.intact or not before.result else None


_SEARCH = "search"
_IMAGE = "image"


class Exports:
    """Makes the search index and images that are not cached.

    If `blobs` is None, nothing is started, because only findings are wanted.
    """

    def __init__(
        self, pages: Pages, templates: Templates, root: Path, blobs: Blobs | None, last: Last
    ) -> None:
        self._pages = pages
        self._site_file = pages.graph.content.site_file
        self._templates = templates
        self._lettering = Lettering(root / "fonts")
        self._blobs = blobs
        self._last = last
        self.kept: dict[str, Step[str]] = {}
        self.later: tuple[str, ...] = ()
        """Paths of files that are made later, for the host files."""
        self.diagnostics: list[Diagnostic] = []
        self._made: list[RenderedPage] = []
        self._indexing: Indexing | None = None
        self._index_reads = b""
        self._drawing: Drawing | None = None
        self._to_draw: list[tuple[RenderedPage, str]] = []
        """Images without their bytes, and their cache keys."""

    def begin(self, *, only_seen: bool = False) -> None:
        """Starts slow work; with `only_seen`, without the search index."""
        if "search" in self._pages.graph.exports:
            self._begin_index(now=not only_seen)
        self._begin_images()

    def __enter__(self) -> Exports:
        return self

    def __exit__(self, *_: object) -> None:
        if self._indexing:
            self._indexing.stop()
        if self._drawing:
            self._drawing.stop()

    def finish(self) -> list[tuple[str, RenderedPage]]:
        """The files that were made, each with its route in words."""
        if self._drawing and self._blobs:
            for (page, key), png in zip(self._to_draw, self._drawing.results(), strict=True):
                data = icons.finished(page.file, png)
                self._blobs.put(key, data)
                self._made.append(page._replace(data=data, digest=digest(data)))
        found = [(_IMAGE, page) for page in self._made]
        if self._indexing:
            from site_builder.exports.search import IndexFailed

            try:
                index = self._indexing.files()
            except IndexFailed as problem:
                self._warn_of_failure(problem)
                index = {}
            reads = self._index_reads
            for path, data in index.items():
                found.append((_SEARCH, RenderedPage(path, data, reads, digest=digest(data))))
                reads = b""  # the first file carries the reads of all
        if self._blobs:
            self._blobs.prune()
        own = self._pages.graph.files
        return [(route, page) for route, page in found if page.file not in own]

    # search

    def _warn_of_failure(self, problem: Exception) -> None:
        message = f"the search index can't be made: {problem}"
        self.diagnostics.append(warning(self._site_file, "search-failed", message))

    def _begin_index(self, *, now: bool) -> None:
        from site_builder.exports import search

        program = search.find_pagefind()
        if program is None:
            self.diagnostics.append(no_search(self._site_file))
            return
        if not now:
            self.later = tuple(
                f"{INDEX_FOLDER}{name}" for name in ("pagefind.js", "fragment/", "index/")
            )
            return
        files = [file for file, page in self._last.pages.items() if page.input == _SEARCH]
        kept = {file: self._last.keeps(file, _SEARCH) for file in files}
        if kept and all(kept.values()):
            self.kept |= {file: page for file, page in kept.items() if page}
        elif self._blobs:
            reader = begin(self._pages)
            try:
                self._indexing = search.Indexing(self._pages, self._blobs, program)
            except search.IndexFailed as problem:
                self._warn_of_failure(problem)
            self._index_reads = reader.reads

    # images

    def _begin_images(self) -> None:
        library = ""
        svgs = []
        for page, svg in self._drawings():
            library = library or _library()
            if not library:
                self.diagnostics.append(no_drawings(self._site_file))
                return
            key = key_of("image", library, self._lettering.key, page.file.rpartition(".")[2], svg)
            data = self._blobs.get(key) if self._blobs else None
            if data is not None:
                self._made.append(page._replace(data=data, digest=digest(data)))
            elif self._blobs:
                self._to_draw.append((page, key))
                svgs.append(svg)
            else:  # nothing is wrong with it
                self._made.append(page)
        if svgs:
            from site_builder.exports.drawing import Drawing

            self._drawing = Drawing(svgs, self._lettering.files)

    def _drawings(self) -> Iterator[tuple[RenderedPage, str]]:
        """The images to draw: what they read, and their drawing."""
        pages = self._pages
        site = pages.graph.content.site
        wanted = [view.path for view in icons.ICONS if not self._is_kept(view.path)]
        if wanted:
            letters = not self._lettering.missing(icons.initials(site.title))
            for path, svg in icons.drawings(site, letters=letters):
                if path in wanted:
                    yield RenderedPage(path, b"", begin(pages).reads), svg
        yield from self._picture()
        for copy in cards.plan(pages):
            if copy.id is None or self._is_kept(copy.path):
                continue
            reader = begin(pages)
            missing = cards.missing_letters(pages, copy.id, self._lettering)
            if missing:
                self.diagnostics.append(undrawn(self._site_file, copy.path, missing))
                continue
            view = cards.card_view(pages, copy.id, self._lettering)
            try:
                svg = self._templates.draw("card.svg", pages.locale, card=view)
            except TemplateProblem as problem:
                self.diagnostics.append(problem.diagnostic)
                return
            reads = reader.reads + self._templates.reads("card.svg")
            yield RenderedPage(copy.path, b"", reads), svg

    def _picture(self) -> Iterator[tuple[RenderedPage, str]]:
        """The picture of the positions: adds the SVG to what is made, and yields the drawing of the PNG."""
        pages, letters = self._pages, self._lettering
        paths = (picture_image.SVG, picture_image.PNG)
        wanted = [path for path in paths if not self._is_kept(path)]
        if not wanted or not picture_image.is_wanted(pages.graph):
            return
        reader = begin(pages)
        picture = picture_image.drawn(pages)
        if not picture:
            return
        for path in wanted:
            if path == picture_image.SVG:
                image = picture_image.image_view(pages, picture, letters)
                drawn = picture_image.with_faces(image)
            elif picture_image.missing_letters(pages, picture, letters):
                continue
            else:
                drawn = picture_image.card_view(pages, picture, letters)
            try:
                svg = self._templates.draw(picture_image.TEMPLATE, pages.locale, image=drawn)
            except TemplateProblem as problem:
                self.diagnostics.append(problem.diagnostic)
                return
            page = RenderedPage(
                path, b"", reader.reads + self._templates.reads(picture_image.TEMPLATE)
            )
            if path == picture_image.PNG:
                yield page, svg
            else:
                data = svg.encode()
                self._made.append(page._replace(data=data, digest=digest(data)))

    def _is_kept(self, path: str) -> bool:
        """Whether an image is unchanged, or replaced by the author's own."""
        before = self._last.keeps(path, _IMAGE)
        if before:
            self.kept[path] = before
        return bool(before) or path in self._pages.graph.files


def _library() -> str:
    """The version of the drawing library; "" if it is not installed."""
    try:
        import resvg_py
    except ImportError:
        return ""
    return f"{resvg_py.__version__} {resvg_py.__resvg_version__}"


__all__: Sequence[str] = ("Exports", "Last", "describing", "make_copy", "plan_copies")
