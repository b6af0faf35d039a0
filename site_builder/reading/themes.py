"""Where the templates of a site are looked for."""

from __future__ import annotations

from pathlib import Path


def default_theme() -> Path:
    """The folder of the default theme: in the package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def theme_folders(root: Path) -> list[Path]:
    """The folders of templates in their order: the site's own, then the default theme's."""
    own, theme = root / "templates", default_theme()
    return [own, theme] if own.is_dir() and own.resolve() != theme.resolve() else [theme]
