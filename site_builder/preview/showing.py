"""Snapshots: what the preview shows at one moment, and how two of them differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.pages.paths import file_of
from site_builder.pages.plan import plan
from site_builder.pages.routes import Route
from site_builder.preview.media_types import is_shown_by_pages
from site_builder.reading.files import digest
from site_builder.stages.setup import RenderedSite

_STYLE_SHEET = re.compile(rb"(assets/[^\"'<>\s?#]*?)\.[0-9a-f]{8}\.css\b")
_STYLE_SHEET_PATH = re.compile(r"(assets/.*)\.[0-9a-f]{8}(\.css)")
"""A theme's style sheet, which has the digest of its content in its name: see `fingerprinted`."""


@dataclass(frozen=True)
class Snapshot:
    """The last good site, and the findings of the latest build."""

    site: RenderedSite
    """The last good site; without files if there was none yet."""
    diagnostics: tuple[Diagnostic, ...] = ()
    fault: str = ""
    """What stopped the latest build, if it was not a problem in a file."""
    version: str = ""
    """Changes whenever a file that several pages may use changes, such as a picture or a script."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files of the last good site."""
        return self.site.files

    @property
    def is_broken(self) -> bool:
        """Whether the latest build failed."""
        return bool(self.fault) or has_errors(self.diagnostics)

    def tag(self, path: str) -> str:
        """The `ETag` of a file, which changes with its bytes."""
        if path not in self._tags:
            self._tags[path] = f'"{digest(self.files[path])}"'
        return self._tags[path]

    @cached_property
    def _tags(self) -> dict[str, str]:
        """The tags of requested files; cached, because a video is requested in many parts."""
        return {}

    @cached_property
    def base(self) -> str:
        """The base path of the site: `/`, or `/repository/` for a site in a folder of its host."""
        graph = self.site.graph
        url = graph.content.site.base_url if graph else None
        return urlsplit(url).path or "/" if url else "/"

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """The pages of the last good site, by their file."""
        graph = self.site.graph
        return {file_of(route.path): route for route in plan(graph)} if graph else {}

    @cached_property
    def found_in(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """The findings of the latest build, by file."""
        table: dict[str, list[Diagnostic]] = {}
        for diagnostic in self.diagnostics:
            table.setdefault(diagnostic.location.path, []).append(diagnostic)
        return {path: tuple(rows) for path, rows in table.items()}

    @cached_property
    def styles(self) -> Mapping[str, str]:
        """The address of each style sheet, by its name without a digest.

        If a name has no digest, a query is added to its address, so that it changes with the content.
        """
        found = {}
        for path, data in self.files.items():
            if path.endswith(".css"):
                name = style_name(path)
                found[name] = path if name != path else f"{path}?preview={digest(data)[:8]}"
        return found


def page_digest(page: bytes) -> str:
    """A digest of a page that ignores the versions of its style sheets."""
    return digest(_STYLE_SHEET.sub(rb"\1.css", page))


def style_name(path: str) -> str:
    """The path of a style sheet without the digest in it: `assets/site.css`."""
    return _STYLE_SHEET_PATH.sub(r"\1\2", path)


@dataclass(frozen=True)
class Difference:
    """The differences between two sites: paths of files, in the order of the sites."""

    pages: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    only_style: bool = False
    """Whether only style sheets changed, and their addresses in pages."""

    def __bool__(self) -> bool:
        return bool(self.pages or self.styles or self.others)

    @property
    def touches_all_pages(self) -> bool:
        """Whether a file changed that many pages may use without changing themselves."""
        return any(is_shown_by_pages(path) for path in self.others)

    @property
    def message(self) -> str:
        """The path to send to browsers: that of a style sheet if they need not reload the page."""
        if self.only_style:
            return self.styles[0]
        return next((p for p in (*self.pages, *self.others) if not p.endswith(".css")), "*")


def difference(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference:
    """The differences between the files of two sites."""
    changed = [path for path, data in new.items() if not _same(old.get(path), data)]
    removed = [path for path in old if path not in new]
    pages: list[str] = []
    styles: list[str] = []
    others: list[str] = []
    for path in (*changed, *removed):
        kind = pages if path.endswith(".html") else styles if path.endswith(".css") else others
        kind.append(path)
    gone = {style_name(path): path for path in old if path.endswith(".css")}
    come = {style_name(path): path for path in new if path.endswith(".css")}
    only_style = (
        bool(styles)
        and not any(is_shown_by_pages(path) for path in others)
        and gone.keys() == come.keys()
        and all(path in old and path in new for path in pages)
    )
    if only_style:
        moved = [
            (gone[name].encode(), come[name].encode()) for name in gone if gone[name] != come[name]
        ]
        only_style = all(_moved(old[path], moved) == new[path] for path in pages)
    return Difference(tuple(pages), tuple(styles), tuple(others), only_style)


def _same(old: bytes | None, new: bytes) -> bool:
    return old is new or old == new


def _moved(page: bytes, moves: list[tuple[bytes, bytes]]) -> bytes:
    for old, new in moves:
        page = page.replace(old, new)
    return page
