"""What is said of exports that are left out: a program is not installed, or no font has the letters of an image."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.exports import cards, icons
from site_builder.exports.lettering import Lettering
from site_builder.links.graph import Graph
from site_builder.pages.site import Pages

LIBRARY = "resvg_py"
"""The drawing library, imported only if there is something to draw."""
DRAWING_HOW_TO_GET = "they need resvg-py: pip install resvg-py"


def warning(site_file: str, code: str, message: str, hint: str = "") -> Diagnostic:
    """A warning about the exports of a site."""
    return Diagnostic(code, message, Location(site_file), hint, Severity.WARNING)


def no_search(site_file: str) -> Diagnostic:
    """The warning that the search is left out."""
    from site_builder.exports.search import HOW_TO_GET

    return warning(site_file, "missing-package", "the search is left out", HOW_TO_GET)


def no_drawings(site_file: str) -> Diagnostic:
    """The warning that images are left out."""
    what = "icons and card images are left out"
    return warning(site_file, "missing-package", what, DRAWING_HOW_TO_GET)


def not_installed(graph: Graph) -> list[Diagnostic]:
    """What is left out of a site because a program is missing."""
    found = []
    if "search" in graph.exports:
        from site_builder.exports.search import find_pagefind

        if find_pagefind() is None:
            found.append(no_search(graph.content.site_file))
    if not can_draw() and not {view.path for view in icons.ICONS} <= graph.files:
        found.append(no_drawings(graph.content.site_file))
    return found


class CardLetters:
    """The cards of a site, by their paths, and letters of them that no font has. `root` is the site's."""

    def __init__(self, pages: Pages, root: Path) -> None:
        self._pages = pages
        self._lettering = Lettering(root / "fonts")
        wanted = pages.graph.kinds_with_cards and can_draw()
        self.ids: dict[str, EntityId] = {
            copy.path: copy.id
            for copy in (cards.plan(pages) if wanted else ())
            if copy.id and copy.path not in pages.graph.files
        }

    @property
    def key(self) -> str:
        """What the letters that can be drawn depend on."""
        return self._lettering.own_key if self.ids else ""

    def problems(self, path: str) -> tuple[Diagnostic, ...]:
        """What is wrong with a card."""
        letters = cards.missing_letters(self._pages, self.ids[path], self._lettering)
        return (undrawn(self._pages.graph.content.site_file, path, letters),) if letters else ()


def undrawn(site_file: str, path: str, letters: str) -> Diagnostic:
    """The warning that a card is left out for its letters."""
    return warning(
        site_file,
        "undrawn-letters",
        f"{path} is not drawn: no installed font has the letters {letters[:20]}",
        "put a font that has them into fonts/, or your own picture into static/",
    )


def can_draw() -> bool:
    """Whether the drawing library is installed."""
    return find_spec(LIBRARY) is not None
