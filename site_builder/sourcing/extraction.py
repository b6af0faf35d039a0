"""The text of a document as the command line wants it, and how it was made."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from site_builder.clock import today
from site_builder.faults import Fault
from site_builder.reading.encodings import forbidden_character, without_odd_characters
from site_builder.sourcing.found import Extracted
from site_builder.sourcing.reading import read_document
from site_builder.values import NamedTuple

_PAGES = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


class Wishes(NamedTuple):
    """What the command line says."""

    slug: str = ""
    title: str = ""
    url: str = ""
    pages: str = ""
    articles: bool = False
    changes: str = ""
    keep: bool = False
    rights: str = ""


def read(path: Path, wishes: Wishes) -> tuple[Extracted, str]:
    """The text of a document as it is written to a file, and the pages that were read, as in `3-9`."""
    pages = _pages(wishes.pages)
    found = read_document(path, pages=pages, articles=wishes.articles, changes=wishes.changes)
    found.text = found.text.replace("\f", "\n").replace("\v", "\n")
    if odd := forbidden_character(found.text):
        found.text = without_odd_characters(found.text)
        found.notes.append(f"left out: characters that no text needs, such as {odd}")
    return found, f"{pages[0]}-{pages[1]}" if pages else ""


def extraction(path: Path, found: Extracted, pages: str, data: bytes) -> dict[str, str]:
    """The field `extracted`: how a text was made, by which a change of either is known."""
    fields = {
        "original": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "text": hashlib.sha256(data).hexdigest(),
        "date": str(today()),
        "tool": found.tool,
        "pages": pages,
    }
    return {name: value for name, value in fields.items() if value}


def _pages(written: str) -> tuple[int, int] | None:
    if not written:
        return None
    match = _PAGES.fullmatch(written.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 0 < first <= last:
        raise Fault(f"--pages {written}: write it as 3-9 or 3, in pages of the file")
    return first, last
