"""The text of a source, and what of it is quoted.

When quoted words are those of the text, `text.quoted` and `links.matching` say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from site_builder.links.matching import Found, Matcher, Refused
from site_builder.links.nearest import Near, Nearness
from site_builder.links.omitting import without
from site_builder.reading.files import digest
from site_builder.sources.places import CitedPlace, cited_place
from site_builder.sources.text_form import Shown, SourceForm
from site_builder.sources.text_form import read as read_form
from site_builder.text import lazily
from site_builder.text.places import PAGE
from site_builder.text.quoted import Compared, compared
from site_builder.values import NamedTuple

_PARAGRAPH = lazily.pattern(r"\n[ \t]*\n")


class Passage(NamedTuple):
    """Where words stand in a source: offsets into `SourceText.text`."""

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...] = ()
    """Of an edited quotation, the stretches that are quoted."""

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The stretches that are quoted."""
        return self.pieces or ((self.start, self.end),)


def _passage(found: Found) -> Passage:
    pieces = found.pieces
    return Passage(pieces[0][0], pieces[-1][1], pieces if len(pieces) > 1 else ())


class SourceText:
    """The text of a source, in a language."""

    def __init__(
        self,
        written: str,
        language: str = "",
        *,
        markdown: bool = False,
        extracted: bool = False,
        translated: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._written = unicodedata.normalize("NFC", written)
        self._markdown = markdown
        self._extracted = extracted
        """Whether a program made it of the original, with all its pages."""
        self._translated = translated
        """Words of it, each with their translation."""
        self.language = language
        self._found: dict[tuple[str, str], Passage | Refused] = {}
        """Where words stand that were looked for, each with the place that was cited for them."""
        self._places: dict[str, CitedPlace] = {}

    @property
    def written(self) -> str:
        """The text as it is in its file."""
        return self._written

    @property
    def digest(self) -> str:
        """Changes whenever anything may be found elsewhere."""
        kind = f"{'markdown' if self._markdown else ''}{' extracted' if self._extracted else ''}"
        more = "".join(f"{words}\0{text}\0" for words, text in self._translated)
        return digest(f"{self.language}\0{kind}\0{more}{self._written}".encode())

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

    def look_for(self, words: str, at: str = "") -> Passage | Refused:
        """Where the words first stand, in a place if they stand in it; or why they do not."""
        if (words, at) not in self._found:
            self._found[words, at] = self._look_for(words, at)
        return self._found[words, at]

    def _look_for(self, words: str, at: str) -> Passage | Refused:
        place = self.place(at) if at else None
        if place and place.stretches:
            found = self._matcher.find(words, lambda *piece: place.holds((piece,)))
            if not isinstance(found, Refused):
                return _passage(found)
        elif at:
            return self.look_for(words)
        found = self._matcher.find(words)
        return found if isinstance(found, Refused) else _passage(found)

    def place(self, at: str) -> CitedPlace:
        """What the marks of the text say of a place that is cited."""
        if at not in self._places:
            self._places[at] = cited_place(self.form, at)
        return self._places[at]

    def find(self, words: str, at: str = "") -> Passage | None:
        """Where the words first stand, or None."""
        found = self.look_for(words, at)
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
        return SourceText(
            text,
            self.language,
            markdown=self._markdown,
            extracted=self._extracted,
            translated=self._translated,
        )

    @cached_property
    def leaves_out(self) -> bool:
        """Whether lines of it are marked as not the document's."""
        return "\n[omit]" in self._written or self._written.startswith("[omit]")

    @cached_property
    def translations(self) -> tuple[tuple[Passage, str], ...]:
        """Where words stand that are translated, each with the translation."""
        found = ((self.find(words), text) for words, text in self._translated)
        return tuple((passage, text) for passage, text in found if passage)

    @cached_property
    def as_translated(self) -> tuple[tuple[str, SourceText], ...]:
        """The words that are translated, each with its translation as a text to look for words in."""
        return tuple((words, SourceText(text)) for words, text in self._translated)

    def translations_of(self, passage: Passage) -> Iterator[str]:
        """The translations of what holds a passage, or of what it holds."""
        for other, text in self.translations:
            inside = other.start <= passage.start and passage.end <= other.end
            if inside or (passage.start <= other.start and other.end <= passage.end):
                yield text

    @cached_property
    def has_all_pages(self) -> bool:
        """Whether each page of the original has its mark, so that counting them gives their numbers in its file.

        Somebody who types a text may leave pages out; then numbers are missing between those of the marks.
        """
        if self._extracted:
            return True
        labels = {mark.rank: mark.label for mark in self.form.marks_of(PAGE)}.values()
        numbers = [int(label) if label.isdecimal() else None for label in labels]
        return all(
            one is None or two is None or one <= two <= one + 1 for one, two in pairwise(numbers)
        )

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
