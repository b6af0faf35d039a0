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
from site_builder.sources.text_form import Shown, SourceForm
from site_builder.sources.text_form import read as read_form
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

    def __init__(self, written: str, language: str = "", *, markdown: bool = False) -> None:
        self._written = unicodedata.normalize("NFC", written)
        self._markdown = markdown
        self.language = language
        self._found: dict[str, Passage | Refused] = {}
        """Where words stand that were looked for."""

    @property
    def digest(self) -> str:
        """Changes whenever anything may be found elsewhere."""
        kind = "markdown" if self._markdown else ""
        return digest(f"{self.language}\0{kind}\0{self._written}".encode())

    @cached_property
    def _shown(self) -> Shown:
        """The words of a Markdown file without its markup; the marks are in them still."""
        from site_builder.sources.markdown_text import shown

        return shown(self._written) if self._markdown else Shown(self._written)

    @cached_property
    def form(self) -> SourceForm:
        """The words of the text, and its marks. It is read when it is first needed."""
        return read_form(self._shown.text)

    @property
    def text(self) -> str:
        """The words, without marks and markup."""
        return self.form.words

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
        """The line and column in its file of an offset of the text; of Markdown the line where its block begins."""
        at = self.form.written(at)
        if self._markdown:
            return self._shown.line_of(at), 1
        return self._written.count("\n", 0, at) + 1, at - self._written.rfind("\n", 0, at)

    def without(self, omit: str) -> SourceText | None:
        """The text without what is not the document's; None if it has none such."""
        text = without(self._written, omit)
        if text is None:
            return None
        return SourceText(text, self.language, markdown=self._markdown)

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


def refusal(words: str, slug: str, text: SourceText, refused: Refused) -> tuple[str, str]:
    """What is wrong with quoted words, and what may help."""
    shown = _shortened(words)
    message = f"these words are not in source '{slug}': {shown}"
    if refused.reason:
        return f"these words are not quoted correctly from source '{slug}': {shown}", refused.reason
    if refused.cut:
        hint = f"it has {_shortened(refused.cut)}: a quotation can't cut a word or a number"
        return message, hint
    near = text.nearest(words)
    if near is None:
        nothing = "there is nothing similar in it" if text.text.strip() else "its text is empty"
        return message, nothing
    hint = f"nearest: {_shortened(near.text)}"
    if near.difference:
        hint += f"\n{near.difference}"
    if near.at >= 0:
        line, column = text.line_of(near.at)
        hint += f" (line {line}, column {column} of its file)"
    return message, hint


def _shortened(words: str) -> str:
    return f"“{words}”" if len(words) <= 160 else f"“{words[:150].rsplit(' ', 1)[0]} …”"
