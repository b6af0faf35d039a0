"""Pages to bytes in memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import partial

from site_builder.diagnostics import Diagnostic, Location
from site_builder.pages.planning import Pages, Redirect, Route
from site_builder.rendering.environment import TemplateProblem, Templates


def render_pages(
    pages: Pages, routes: Sequence[Route], redirects: Sequence[Redirect], templates: Templates
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """All pages by their file in the output, and what is wrong with the templates.

    Each fault of a template is told once, however many pages it spoils.
    """
    files: dict[str, bytes] = {}
    diagnostics: dict[Diagnostic, None] = {}
    for make in (
        *(partial(pages.make, route) for route in routes),
        *(partial(pages.make_redirect, redirect) for redirect in redirects),
    ):
        page = make()
        try:
            text = templates.render(
                page.template, site=page.site, page=page.view, content=page.content
            )
        except TemplateProblem as problem:
            diagnostics[problem.diagnostic] = None
            continue
        files[page.file] = text.encode()
    return files, list(diagnostics)


def add_files(files: dict[str, bytes], more: Mapping[str, bytes]) -> list[Diagnostic]:
    """Adds static files to the pages; those whose address is taken are told instead."""
    taken = {_address(path): path for path in files}
    found = []
    for path, data in more.items():
        other = taken.get(_address(path))
        if other is not None:
            message = f"this file and the page '{other}' would have the same address"
            location = Location(f"static/{path}")
            found.append(Diagnostic("url-collision", message, location, "rename the file"))
            continue
        taken[_address(path)] = path
        files[path] = data
    return found


def _address(path: str) -> str:
    """What two paths share that some file system or host would take for one."""
    return unicodedata.normalize("NFC", path).casefold()
