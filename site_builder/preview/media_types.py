"""The media types of files, by their names."""

from __future__ import annotations

import mimetypes

# The table that comes with Python, whatever this machine may know besides.
_TYPES = mimetypes.MimeTypes(filenames=())
for _suffix, _type in (
    (".avif", "image/avif"),
    (".js", "text/javascript"),
    (".mjs", "text/javascript"),
    (".md", "text/markdown"),
    (".webmanifest", "application/manifest+json"),
    (".webp", "image/webp"),
    (".woff2", "font/woff2"),
    (".yaml", "application/yaml"),
):
    _TYPES.add_type(_type, _suffix)
_TEXTS = ("application/json", "application/manifest+json", "application/xml", "image/svg+xml")
_SHOWN_BY_PAGES = ("image/", "font/", "audio/", "video/", "text/javascript")


def media_type(path: str) -> str:
    """The media type of a file by its name, with the character set of texts."""
    kind = _TYPES.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind


def is_shown_by_pages(path: str) -> bool:
    """Whether a file is of a kind that pages show or run, as against read by other machines."""
    return media_type(path).startswith(_SHOWN_BY_PAGES)
