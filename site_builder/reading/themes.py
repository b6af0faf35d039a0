"""Where the templates of a site are found."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.diagnostics import Diagnostic
from site_builder.reading.files import Found, find

_PACKAGE = Path(__file__).parent.parent
_PLACES = (_PACKAGE / "templates", _PACKAGE.parent / "templates")
"""Where the default theme may be: in the package, or next to it in a checkout."""


def default_theme() -> Path:
    """The folder of the default theme."""
    inside, beside = _PLACES
    return inside if inside.is_dir() else beside


def theme_folders(root: Path) -> list[Path]:
    """The template folders in order of precedence: the site's own, then the default theme's.

    Leaves out a folder `templates` that is a link out of the site; `theme_files` reports it.
    """
    own, theme = root / "templates", default_theme()
    real = Path(os.path.realpath(own))
    inside = own.is_dir() and real.is_relative_to(os.path.realpath(root))
    return [own, theme] if inside and real != Path(os.path.realpath(theme)) else [theme]


def own_theme_files(root: Path) -> tuple[list[Found], list[Diagnostic]]:
    """The files that a site itself has in `templates/`, and findings about unusable ones."""
    if os.path.realpath(root / "templates") == os.path.realpath(default_theme()):
        return [], []
    return find(root, "templates")


def theme_files(root: Path) -> tuple[list[tuple[str, Found]], list[Diagnostic]]:
    """The files of the theme with their names, the default theme's first; and findings about unusable ones."""
    rows, problems = find(default_theme(), ".")
    files = [(row.path.removeprefix("./"), row) for row in rows]
    rows, found = own_theme_files(root)
    files += [(row.path.removeprefix("templates/"), row) for row in rows]
    return files, [*problems, *found]
