"""Addresses of originals, as near to quoted words as an address can lead."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from site_builder.content.models import Source
from site_builder.pages.media_types import media_type
from site_builder.sources.places import Spot

_PDF, _HTML = "application/pdf", "text/html"
_UNKNOWN = "application/octet-stream"
_WEB_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht")
_SCRIPTS = (".php", ".asp", ".aspx", ".jsp", ".do", ".cfm", ".cgi")
"""How addresses of programs end that make web pages."""


def original(record: Source, spot: Spot) -> str:
    """The address of a place in the original; that of the original if none leads to the place."""
    if record.place_url:
        found = _filled(record.place_url, record, spot)
        if found:
            return found
    return at_place(record.url or "", record, spot)


def at_place(url: str, record: Source, spot: Spot) -> str:
    """The address of a place in what stands at `url`, the original or a copy of it."""
    parts = urlsplit(url)
    if not url or parts.scheme == "mailto":
        return url
    type = _type(parts.path, record)
    if type == _PDF:
        page = page_in_file(record, spot)
        return _with_page(url, page) if page else url
    if type == _HTML and spot.directive:
        address, _, fragment = url.partition("#")
        return f"{address}#{fragment.partition(':~:')[0]}:~:{spot.directive}"
    return url


def page_in_file(record: Source, spot: Spot) -> int:
    """The number of the page in its file, from 1; 0 if it is not known."""
    pages = record.extracted.pages if record.extracted else None
    first = (pages or "1").partition("-")[0].strip()
    return spot.page + int(first) - 1 if spot.page and first.isdecimal() else 0


def _type(path: str, record: Source) -> str:
    """What stands at an address: a PDF, a web page or neither."""
    made_of = record.extracted.original.lower() if record.extracted else ""
    type = (
        media_type(path.lower()).partition(";")[0] if "." in path.rpartition("/")[2] else _UNKNOWN
    )
    if type == _UNKNOWN and made_of.endswith(".pdf") and not path.lower().endswith(_SCRIPTS):
        return _PDF
    if type == _PDF:
        return type
    is_page = type in (_HTML, _UNKNOWN) or path.lower().endswith((*_WEB_PAGES, *_SCRIPTS))
    return _HTML if is_page and (not made_of or made_of.endswith(_WEB_PAGES)) else ""


def _with_page(url: str, page: int) -> str:
    """The address of a page of a PDF (RFC 8118, section 3)."""
    address, _, fragment = url.partition("#")
    kept = [part for part in fragment.split("&") if "=" in part]
    kept = [part for part in kept if part.partition("=")[0] not in ("page", "nameddest")]
    return f"{address}#{'&'.join((*kept, f'page={page}'))}"


def _filled(template: str, record: Source, spot: Spot) -> str:
    """The address that a `place_url` gives for a place; "" if the place lacks what it needs."""
    page = page_in_file(record, spot)
    values = {
        "{seconds}": str(spot.seconds) if spot.seconds >= 0 else "",
        "{page}": str(page) if page else "",
        "{label}": quote(spot.label, safe=""),
    }
    for name, value in values.items():
        if name in template:
            if not value:
                return ""
            template = template.replace(name, value)
    return template
