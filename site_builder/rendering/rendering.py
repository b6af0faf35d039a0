"""Renders pages to bytes, in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from site_builder.diagnostics import Diagnostic
from site_builder.engine.steps import Reader
from site_builder.engine.tables import Reads
from site_builder.faults import Doing
from site_builder.memory.spool import Spool
from site_builder.pages.page import make_page, make_redirect
from site_builder.pages.redirects import Redirect
from site_builder.pages.routes import Copy
from site_builder.pages.site import Pages
from site_builder.reading.files import digest
from site_builder.rendering.environment import TemplateProblem, Templates
from site_builder.rendering.planned import Planned, file_of_route
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
