"""The files of a site before they are made: their paths, and those that would have the same address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from site_builder.diagnostics import Diagnostic, Location
from site_builder.pages.paths import file_of
from site_builder.pages.redirects import Redirect
from site_builder.pages.routes import Copy, Route

Planned = Route | Redirect | Copy


_OF_HOSTS = (".nojekyll", "_headers", "_redirects", "cname")
"""The addresses of files at the top of a site, which can't be folders."""


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


def collisions(pages: Iterable[str], files: Iterable[str]) -> list[Diagnostic]:
    """Findings about static files that have the address of a page or of another file."""
    taken = {_address(path): f"page '{path}'" for path in pages}
    folders = _folders(taken)
    found = []
    for path in files:
        address = _address(path)
        above = _above(address)
        file_above = next((step for step in above if step in taken or step in _OF_HOSTS), "")
        if address in folders:
            within = [row for row in taken if row.startswith(f"{address}/")]
            highest = min(within, key=lambda row: (row.count("/"), row))
            message = f"this file is in the way of the folder of the {taken[highest]}"
        elif file_above:
            there = taken.get(file_above, f"file '{file_above}', which hosts read,")
            message = f"this file needs a folder, but the {there} has the same name"
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
