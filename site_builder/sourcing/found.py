"""What is read from a document, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Extracted:
    """The text of a document in the text form, and what the document says of itself."""

    text: str = ""
    tool: str = ""
    """What read it: `pdfium`."""
    title: str = ""
    publisher: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    """A date in ISO 8601, as far as it is known."""
    url: str = ""
    language: str = ""
    kind: str = ""
    pages: int = 0
    notes: list[str] = field(default_factory=list)
    """What whoever adds it should know: what was left out, which pages have no text."""


class Unreadable(Exception):
    """Why a document can't be taken, and what to do."""
