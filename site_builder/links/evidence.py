"""The text of a source, and what of it is quoted.

When quoted words are those of the text, `text.quoted` and `links.matching` say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import NamedTuple

from site_builder.links.matching import Matcher, Refused
from site_builder.links.nearest import Near, Nearness
from site_builder.links.omitting import without
from site_builder.reading.files import digest
from site_builder.text.quoted import Compared, compared

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


class Passage(NamedTuple):
    """Where words stand in a source: offsets into `SourceText.text`."""

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...] = ()
    """Of an edited quotation, the stretches that are quoted."""


class SourceText:
    """The text of a source, in a language."""

    def __init__(self, text: str, language: str = "") -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.language = language
        self._found: dict[str, Passage | Refused] = {}
        """Where words stand that were looked for."""

    @property
    def digest(self) -> str:
        """Changes whenever anything may be found elsewhere."""
        return digest(f"{self.language}\0{self.text}".encode())

    @cached_property
    def compared(self) -> Compared:
        """The text in the form for comparing. It is made when something is looked for."""
        return compared(self.text)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.text, self.compared, self.language)

    def look_for(self, words: str) -> Passage | Refused:
        """Where the words first stand, or why they do not."""
        if words not in self._found:
            self._found[words] = self._look_for(words)
        return self._found[words]

    def _look_for(self, words: str) -> Passage | Refused:
        found = self._matcher.find(words)
        if isinstance(found, Refused):
            return found
        pieces = found.pieces
        return Passage(pieces[0][0], pieces[-1][1], pieces if len(pieces) > 1 else ())

    def find(self, words: str) -> Passage | None:
        """Where the words first stand, or None."""
        found = self.look_for(words)
        return None if isinstance(found, Refused) else found

    def nearest(self, words: str) -> Near | None:
        """The stretch of the text most like the words, or None if none is like them."""
        return self._nearness.nearest(words)

    @cached_property
    def _nearness(self) -> Nearness:
        return Nearness(self.text, self.compared)

    def line_of(self, at: int) -> tuple[int, int]:
        """The line and column of an offset of the text."""
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)

    def without(self, omit: str) -> SourceText | None:
        """The text without what is not the document's; None if it has none such."""
        text = without(self.text, omit)
        return None if text is None else SourceText(text, self.language)

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each paragraph, without the space around it."""
        bounds = []
        start = 0
        for gap in [*_PARAGRAPH.finditer(self.text), None]:
            end = gap.start() if gap else len(self.text)
            text = self.text[start:end]
            stripped = text.strip()
            if stripped:
                lead = len(text) - len(text.lstrip())
                bounds.append((start + lead, start + lead + len(stripped)))
            start = gap.end() if gap else end
        return tuple(bounds)
