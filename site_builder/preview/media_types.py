"""Which files pages show, by their media types."""

from __future__ import annotations

from site_builder.pages.media_types import media_type

_SHOWN_BY_PAGES = ("image/", "font/", "audio/", "video/", "text/javascript")


def is_shown_by_pages(path: str) -> bool:
    """Whether a file is of a kind that pages show or run, as against read by other machines."""
    return media_type(path).startswith(_SHOWN_BY_PAGES)
