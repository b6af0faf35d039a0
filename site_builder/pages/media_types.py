"""The media types of files, by their names: what a preview sends, a bucket stores and `_headers` says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import mimetypes

_MORE = (
    (".atom", "application/atom+xml"),
    (".avif", "image/avif"),
    (".bib", "application/x-bibtex"),
    (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (".epub", "application/epub+zip"),
    (".geojson", "application/geo+json"),
    (".gz", "application/gzip"),
    (".ico", "image/x-icon"),
    (".ics", "text/calendar"),
    (".js", "text/javascript"),
    (".jsonld", "application/ld+json"),
    (".jxl", "image/jxl"),
    (".m4a", "audio/mp4"),
    (".m4v", "video/mp4"),
    (".map", "application/json"),
    (".md", "text/markdown"),
    (".mjs", "text/javascript"),
    (".ogg", "audio/ogg"),
    (".ogv", "video/ogg"),
    (".odt", "application/vnd.oasis.opendocument.text"),
    (".otf", "font/otf"),
    (".pagefind", "application/wasm"),
    (".ris", "application/x-research-info-systems"),
    (".rss", "application/rss+xml"),
    (".ttf", "font/ttf"),
    (".vcf", "text/vcard"),
    (".vtt", "text/vtt"),
    (".wasm", "application/wasm"),
    (".webm", "video/webm"),
    (".webmanifest", "application/manifest+json"),
    (".webp", "image/webp"),
    (".woff", "font/woff"),
    (".woff2", "font/woff2"),
    (".xml", "application/xml"),
    (".yaml", "application/yaml"),
    (".yml", "application/yaml"),
)
"""Types that Python's own table lacks."""

_TEXTS = ("json", "xml", "javascript", "yaml", "bibtex", "research-info-systems")
"""How the types of text files end that do not begin with `text/`; they have a charset too."""


@cache
def _types() -> mimetypes.MimeTypes:
    """Python's own table, without what this machine adds to it, and the types it lacks."""
    import mimetypes

    # The first table that is made reads the files of this machine, which takes milliseconds, unless that is done.
    inited, mimetypes.inited = mimetypes.inited, True
    types = mimetypes.MimeTypes(filenames=())
    mimetypes.inited = inited
    for suffix, kind in _MORE:
        types.add_type(kind, suffix)
    return types


def media_type(path: str) -> str:
    """The media type of a file, with the charset of texts, which are all in UTF-8 (RFC 2046)."""
    name = path.rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    # By the suffix alone: "a.json.gz" is what its last step says, and no "a.json" in a coding.
    standard, other = _types().types_map[True], _types().types_map[False]
    kind = standard.get(suffix) or other.get(suffix)
    kind = kind or "application/octet-stream"
    return f"{kind}; charset=utf-8" if is_text(kind) else kind


def is_text(kind: str) -> bool:
    """Whether files of a media type are texts."""
    return kind.startswith("text/") or kind.partition(";")[0].endswith(_TEXTS)
