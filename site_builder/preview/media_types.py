"""Which files pages use, by their media types."""

from __future__ import annotations

from site_builder.pages.media_types import media_type

_SHOWN_BY_PAGES = ("image/", "font/", "audio/", "video/", "text/javascript")


def is_shown_by_pages(path: str) -> bool:
    """Whether a file is of a type that pages show or run, and not only other programs read."""
    return media_type(path).startswith(_SHOWN_BY_PAGES)
