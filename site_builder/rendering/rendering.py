"""Renders pages to bytes, in memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from site_builder.diagnostics import Diagnostic, Location
from site_builder.engine.steps import Reader
from site_builder.engine.tables import Reads
from site_builder.faults import Doing
from site_builder.memory.spool import Spool
from site_builder.pages.page import make_page, make_redirect
from site_builder.pages.paths import file_of
from site_builder.pages.redirects import Redirect
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages
from site_builder.reading.files import digest
from site_builder.rendering.environment import TemplateProblem, Templates
from site_builder.values import NamedTuple
from site_builder.workers import Workers


class RenderedPage(NamedTuple):
    """The bytes of a page and what it read; or a finding if it could not be rendered."""

    file: str
    data: bytes
    """Empty once the bytes are in the spool."""
    reads: Reads
    """The keys of the graph's tables, and the templates."""
    problem: Diagnostic | None = None
    digest: str = ""
    """The digest of its bytes; "" for an empty copy, which is not written."""


def begin(pages: Pages) -> Reader:
    """Notes from now on what another page or file reads. All depend on the theme as a whole."""
    reader = pages.graph.begin()
    reader.note("theme")
    return reader


class Renderer:
    """Renders pages and makes copies, one at a time, in this process or a worker.

    `make_copy` returns the bytes of a copy, or None if it is empty.
    """

    def __init__(
        self,
        pages: Pages,
        templates: Templates,
        make_copy: Callable[[Pages, Copy], bytes | None] | None = None,
    ) -> None:
        self.pages = pages
        self.templates = templates
        templates.begin()
        self.make_copy = make_copy

    def __call__(self, route: Planned) -> RenderedPage:
        """Renders a page, or makes a copy."""
        with Doing(f"making {file_of_route(route)}"):
            return self._made(route)

    def _made(self, route: Planned) -> RenderedPage:
        reader = begin(self.pages)
        if isinstance(route, Copy):
            data = self.make_copy(self.pages, route) if self.make_copy else None
            made_of = digest(data) if data is not None else ""
            return RenderedPage(route.path, data or b"", reader.reads, digest=made_of)
        if isinstance(route, Redirect):
            page = make_redirect(self.pages, route)
        else:
            page = make_page(self.pages, route)
        try:
            text = self.templates.render(page, self.pages.locale)
        except TemplateProblem as problem:
            return RenderedPage(page.file, b"", b"", problem.diagnostic)
        data, reads = text.encode(), reader.reads + self.templates.reads(page.template)
        return RenderedPage(page.file, data, reads, digest=digest(data))


Planned = Route | Redirect | Copy


def file_of_route(route: Planned) -> str:
    """The file of a page or copy."""
    if isinstance(route, Copy):
        return route.path
    return file_of(route.old if isinstance(route, Redirect) else route.path)


def name_of_route(route: Planned) -> str:
    """A name that tells a page or copy from another that had the same file before."""
    first, second, id = route[:3]
    made_as = (route.made_as,) if isinstance(route, Copy) and route.made_as else ()
    return " ".join((first, second, *(id or ()), *made_as))


def render_pages(
    renderer: Renderer, routes: Sequence[Planned], workers: Workers, files: Spool
) -> tuple[list[RenderedPage], list[Diagnostic]]:
    """Renders the pages of these routes into `files`; also returns findings about templates.

    Each mistake in a template is reported once, however many pages it spoils.
    """

    def put_away(page: RenderedPage) -> RenderedPage:
        if page.digest:
            files.put(page.file, page.data)
        return page._replace(data=b"")

    rendered = workers.map(renderer, routes, put_away)
    problems = dict.fromkeys(page.problem for page in rendered if page.problem)
    return [page for page in rendered if not page.problem], list(problems)


def collisions(pages: Iterable[str], files: Iterable[str]) -> list[Diagnostic]:
    """Findings about static files that have the address of a page or of another file."""
    taken = {_address(path): f"page '{path}'" for path in pages}
    folders = _folders(taken)
    found = []
    for path in files:
        address = _address(path)
        above = _above(address)
        file_above = next((step for step in above if step in taken), "")
        if address in folders:
            within = [row for row in taken if row.startswith(f"{address}/")]
            message = f"this file is in the way of the folder of the {taken[within[-1]]}"
        elif file_above:
            message = f"this file needs a folder, but the {taken[file_above]} has the same name"
        elif address in taken:
            message = f"this file and the {taken[address]} would have the same address"
        else:
            taken[address] = f"file '{path}'"
            folders.update(above)
            continue
        found.append(Diagnostic("url-collision", message, Location(f"static/{path}"), "rename it"))
    return found


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders of some paths."""
    folders: set[str] = set()
    level = set(paths)
    while level:
        level = {path.rpartition("/")[0] for path in level} - {""}
        folders |= level
    return folders


def _above(path: str) -> list[str]:
    """The folders that contain a path."""
    steps = path.split("/")[:-1]
    return ["/".join(steps[: depth + 1]) for depth in range(len(steps))]


def _address(path: str) -> str:
    """A path as file systems and hosts that ignore case and Unicode form see it."""
    return unicodedata.normalize("NFC", path).casefold()
