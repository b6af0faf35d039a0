"""The input files of a site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.faults import SiteNotFound
from site_builder.reading.files import Found, find
from site_builder.values import NamedTuple


class Sources(NamedTuple):
    """The files of a site, found but not yet read."""

    content: Mapping[str, Found]
    """By path relative to the root: `content/issues/territory.md`."""
    seeds: Mapping[str, Found]
    """By path relative to `seeds/`."""
    static: Mapping[str, Found]
    """By path relative to `static/`, which is also their path in the output."""
    fonts: Mapping[str, Found]
    """By path relative to the root."""


def find_files(root: Path) -> tuple[Sources, list[Diagnostic]]:
    """Finds the files of the site. Raises `SiteNotFound` if there is no content folder."""
    if not (root / "content").is_dir():
        raise SiteNotFound(
            f"there is no folder 'content' in '{root}'. Go to the site's folder, name it with -C, "
            "or begin a new one with: site-builder init my-explainer"
        )
    content, diagnostics = find(root, "content")
    seeds, more = find(root, "seeds")
    static, even_more = find(root, "static", hidden=True)
    fonts, of_fonts = find(root, "fonts")
    sources = Sources(
        {row.path: row for row in content},
        {row.path.removeprefix("seeds/"): row for row in seeds},
        {row.path.removeprefix("static/"): row for row in static},
        {row.path: row for row in fonts},
    )
    large = [_large(row) for row in static if row.size > LARGEST_AT_HOSTS]
    return sources, diagnostics + more + even_more + of_fonts + large


LARGEST_AT_HOSTS = 100_000_000
"""The largest file, in bytes, that most hosts accept; GitHub rejects larger ones."""


def _large(row: Found) -> Diagnostic:
    return Diagnostic(
        "large-file",
        f"this file has {row.size:,} bytes; many hosts accept no more than {LARGEST_AT_HOSTS:,}",
        Location(row.path),
        "make it smaller, or upload it to a file host and link to it",
        Severity.WARNING,
    )
