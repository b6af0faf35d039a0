"""Opens the theme of a site: its own templates and static files, then those of the default theme."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from site_builder.content.entries import SiteContent
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.memory.store import Store
from site_builder.reading.files import digest, latest_settled, read
from site_builder.reading.themes import theme_files, theme_folders
from site_builder.rendering.compiled import CompiledTemplates
from site_builder.rendering.environment import Templates, publish_assets
from site_builder.rendering.theme import (
    THEME_FILE,
    TOKENS_FILE,
    theme_css,
    unknown_tokens,
    without_remarks,
)
from site_builder.values import NamedTuple


class Theme(NamedTuple):
    """A theme that is ready for rendering."""

    templates: Templates
    assets: dict[str, bytes]
    """Static files by published path."""
    key: str
    """A hash of the addresses of its static files."""
    digests: Mapping[str, str]
    """The digests of its templates, by name."""
    opened_from: object = None
    """The files and tokens it was opened from, if there were no findings and their signatures are trusted."""


def open_theme(
    root: Path,
    content: SiteContent,
    places: Places,
    store: Store | None = None,
    last: Theme | None = None,
) -> tuple[Theme, list[Diagnostic]]:
    """Opens the theme; also returns findings about its files. `store` caches compiled templates.

    `last` is the theme of the last build. It is used again if its files have not changed.
    """
    files, diagnostics = theme_files(root)
    tokens = content.site.theme
    opened_from = files, dict(tokens)
    if last is not None and last.opened_from == opened_from:
        return last, []
    latest = latest_settled()
    settled = all(max(row.signature[:2]) < latest for _, row in files)
    assets: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    for path, row in files:
        file = read(row)
        if isinstance(file, Diagnostic):
            diagnostics.append(file)
            continue
        if path.startswith("static/"):
            ours = path.endswith(".js") and not row.path.startswith("templates/")
            assets[path.removeprefix("static/")] = without_remarks(file.data) if ours else file.data
        else:
            digests[path] = file.digest
    diagnostics += unknown_tokens(content, places, assets.get(TOKENS_FILE, b""))
    if tokens:
        assets[THEME_FILE] = theme_css(tokens)
    paths, contents = publish_assets(assets)
    templates = Templates(root, theme_folders(root), paths, CompiledTemplates(store))
    key = digest(str(sorted(paths.items())).encode())
    diagnostics += templates.check_syntax(
        path for path, row in files if row.path.startswith("templates/")
    )
    sound = settled and not diagnostics
    return Theme(templates, contents, key, digests, opened_from if sound else None), diagnostics
