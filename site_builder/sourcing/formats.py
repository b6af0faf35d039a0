"""Which format a document has, and its text. Runs in a process of its own, with limits: see `child`."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder.sourcing.decoding import text_of
from site_builder.sourcing.found import Extracted, Unreadable
from site_builder.values import NamedTuple

LARGEST = 50 * 1024 * 1024
LARGEST_TEXT = 8 * 1024 * 1024
"""Bytes of a text that a build reads."""

_BY_SUFFIX = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".docx": "docx",
    ".docm": "docx",
    ".vtt": "captions",
    ".srt": "captions",
    ".eml": "mail",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
_SAVE_AS = {
    ".doc": "DOCX or PDF", ".rtf": "DOCX or PDF", ".odt": "DOCX or PDF", ".pages": "DOCX or PDF",
    ".epub": "DOCX or PDF", ".mobi": "PDF", ".azw3": "PDF", ".djvu": "PDF", ".ps": "PDF", ".wpd": "DOCX or PDF",
    ".ppt": "PDF", ".pptx": "PDF", ".odp": "PDF", ".key": "PDF", ".xls": "PDF", ".xlsx": "PDF", ".ods": "PDF",
    ".msg": "EML", ".webarchive": "HTML", ".sbv": "VTT or SRT", ".ass": "VTT or SRT", ".ssa": "VTT or SRT",
    ".tex": "PDF", ".docbook": "PDF", ".xml": "PDF or HTML",
}  # fmt: skip
_MEDIA = frozenset(
    ".png .jpg .jpeg .gif .tif .tiff .webp .heic .bmp .mp3 .mp4 .m4a .wav .mov .avi .mkv .ogg .webm".split()
)


class Request(NamedTuple):
    """What is to be read, and how."""

    path: str
    pages: tuple[int, int] | None = None
    articles: bool = False
    changes: str = ""


def format_of(path: Path, beginning: bytes) -> str:
    """The format of a file, by what it begins with and by its name. Raises `Unreadable` for others."""
    suffix = path.suffix.lower()
    if b"%PDF-" in beginning[:1024]:
        return "pdf"
    if suffix in _MEDIA:
        raise Unreadable("this is a picture, sound or film; type what you quote into a .txt file")
    if suffix in _SAVE_AS:
        raise Unreadable(
            f"{suffix[1:].upper()} is not read; save it as {_SAVE_AS[suffix]}, and add that"
        )
    if beginning.startswith(b"PK\x03\x04") and suffix != ".docx":
        raise Unreadable(
            "this is a zip archive; unpack it, or save it as DOCX or PDF, and add that"
        )
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if beginning.startswith(b"{\\rtf"):
        raise Unreadable("RTF is not read; save it as DOCX or PDF, and add that")
    if re.match(rb"\s*(?:<!doctype html|<html)", beginning, re.IGNORECASE):
        return "html"
    raise Unreadable(
        "its name does not end as that of a PDF, web page (.html), DOCX, VTT, SRT, EML, MD or TXT file"
    )


def extract(request: Request) -> Extracted:
    """The text of a document. Raises `Unreadable` with what to do."""
    path = Path(request.path)
    size = path.stat().st_size
    if not size:
        raise Unreadable("this file is empty")
    if size > LARGEST:
        raise Unreadable(
            f"{size / 1024 / 1024:,.0f} MB; at most {LARGEST // 1024 // 1024} are read: "
            "print the pages that you quote to a PDF, and add that"
        )
    with path.open("rb") as file:
        beginning = file.read(1024)
    kind = format_of(path, beginning)
    if request.pages and kind != "pdf":
        raise Unreadable("it has no pages: --pages is for PDFs")
    if request.changes and kind != "docx":
        raise Unreadable("it has no tracked changes: --changes is for DOCX files")
    found = _extract(kind, path, request)
    if request.articles:
        from site_builder.sourcing.articles import with_articles

        found.text = with_articles(found.text)
    length = len(found.text.encode())
    if length > LARGEST_TEXT:
        hint = "; add some of its pages: --pages 1-200" if kind == "pdf" else ""
        raise Unreadable(
            f"its text is {length / 1024 / 1024:.0f} MB; at most {LARGEST_TEXT // 1024 // 1024} are read{hint}"
        )
    return found


def _extract(kind: str, path: Path, request: Request) -> Extracted:
    if kind == "pdf":
        from site_builder.sourcing import pdf

        return pdf.extract(path, request.pages)
    data = path.read_bytes()
    if kind == "html":
        from site_builder.sourcing import web_page

        return web_page.extract(data)
    if kind == "mhtml":
        from site_builder.sourcing import mail

        return mail.extract_page(data)
    if kind == "docx":
        from site_builder.sourcing import docx

        return docx.extract(data, request.changes)
    if kind == "mail":
        from site_builder.sourcing import mail

        return mail.extract(data)
    text = text_of(data)
    if kind == "captions":
        from site_builder.sourcing import captions

        return captions.extract(text, path.suffix.lower())
    if "\0" in text[:4_000]:
        raise Unreadable("this is no text")
    found = Extracted(text=text if text.endswith("\n") else f"{text}\n", tool="")
    if not text.strip():
        raise Unreadable("there is no text in this file")
    return found
