"""The texts of an entity as rules read them: paragraphs, their sentences, and what each sentence cites.

A paragraph is what stands in one field, or one paragraph, item, cell or heading of a body. Its text is what readers
see, without citations, code and pictures; a stretch of it can be found again in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from site_builder.content.places import Places
from site_builder.diagnostics import Location
from site_builder.links.graph import Mark
from site_builder.markdown.document import Citation, Html, Inline, LinkOpen, WikiLink
from site_builder.reading.yaml_path import YamlPath
from site_builder.text.quotes import quoted_stretches
from site_builder.text.sentences import sentence_bounds
from site_builder.values import NamedTuple

CODE = "\ufffc"
"""Replaces code in a text."""
_TAG = re.compile(r"<[^>]*>")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_CITATION = re.compile(r"""\[@(?:[^\]"“]|"[^"]*"|“[^”]*”)*\]""", re.DOTALL)
_BLOCKS = re.compile(r"</?(blockquote|li|td|th|p|h[1-6]|dt|dd|figure)\b")


class Cited(NamedTuple):
    """A citation in a text: its offset, and what it cites."""

    at: int
    mark: Mark


class Sentence(NamedTuple):
    """A sentence: where it begins and ends in its paragraph, and what it cites."""

    start: int
    end: int
    marks: tuple[Mark, ...]


class Source(NamedTuple):
    """Where a paragraph stands: the file, the path of its field or (), the line it begins at in a body, and its text there."""

    file: str
    path: YamlPath
    line: int
    raw: str


class Pieces(NamedTuple):
    """Inline content as plain text, with the citations and the words of links that stand in it."""

    text: str
    cites: Sequence[Cited] = ()
    links: Sequence[tuple[int, int]] = ()


class Paragraph:
    """A paragraph as readers see it. `form` is `text`, `line`, `heading`, `cell`, `item` or `quotation`."""

    def __init__(self, pieces: Pieces, form: str, source: Source, language: str) -> None:
        self.text = pieces.text
        self.cites = tuple(pieces.cites)
        self.links = tuple(pieces.links)
        """Start and end of the words of each link."""
        self.form = form
        self.source = source
        self._language = language

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Start and end of what stands in quotation marks."""
        return quoted_stretches(self.text)

    def is_quoted(self, at: int) -> bool:
        """Whether an offset lies within quotation marks."""
        return any(start <= at < end for start, end in self.quoted)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences. A citation belongs to the sentence that it stands in or follows."""
        bounds = sentence_bounds(self.text, self._language)
        found = []
        for start, end in pairwise(bounds):
            marks = tuple(
                cite.mark
                for cite in self.cites
                if start < cite.at <= end or (cite.at == start == 0)
            )
            if self.text[start:end].strip():
                found.append(Sentence(start, end, marks))
        return tuple(found)

    def sentence_at(self, at: int) -> Sentence:
        """The sentence at an offset."""
        starts = [row.start for row in self.sentences]
        return self.sentences[max(0, bisect_left(starts, at + 1) - 1)]

    def own(self) -> str:
        """The text with what is quoted replaced by spaces, at the same offsets."""
        text = self.text
        for start, end in self.quoted:
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    def locate(self, places: Places, start: int, end: int) -> Location:
        """The place in the file of a stretch of the text; if it can't be found, of the paragraph."""
        words = self.text[start:end]
        raw = _CITATION.sub(lambda match: re.sub(r"\S", "\0", match[0]), self.source.raw)
        pattern = r"[\s*_\\]+".join(map(re.escape, words.split())) or r"\S"
        skipped = len(re.findall(pattern, self.text[:start]))
        places_of = list(re.finditer(pattern, raw))
        found = places_of[min(skipped, len(places_of) - 1)] if places_of else None
        at = found.start() if found else len(raw) - len(raw.lstrip())
        length = len(found[0].partition("\n")[0]) if found else 1
        file, path, line, _ = self.source
        if path:
            return places.prose(file, path, at + 1, length)
        column = at - (raw.rfind("\n", 0, at) + 1)
        return places.line(file, line + raw.count("\n", 0, at), column + 1, length)


def plain(inline: Inline, marks: Iterator[Mark], titles: Iterator[str]) -> Pieces:
    """Inline content as plain text. `marks` are the citations in it, `titles` what its links are called."""
    pieces: list[str] = []
    cites: list[Cited] = []
    links: list[tuple[int, int]] = []
    length, opened = 0, -1
    for part in inline.parts:
        words = ""
        if isinstance(part, str):
            words = part.replace("\n", " ")
        elif isinstance(part, Html):
            words = _words_of_html(part.markup)
            if opened >= 0 and "</a>" in part.markup:
                within = _words_of_html(part.markup.partition("</a>")[0])
                links.append((opened, length + len(within)))
                opened = -1
        elif isinstance(part, WikiLink):
            words = next(titles, part.label or part.target)
            links.append((length, length + len(words)))
        elif isinstance(part, Citation):
            mark = next(marks, None)
            if mark:
                cites.append(Cited(length, mark))
        elif isinstance(part, LinkOpen):
            opened = length
        if words:
            pieces.append(words)
            length += len(words)
    return Pieces("".join(pieces), cites, links)


def _words_of_html(markup: str) -> str:
    from html import unescape

    return unescape(_TAG.sub("", _CODE.sub(CODE, markup.replace("\n", " "))))


class Blocks:
    """Follows the HTML between the paragraphs of a body, to know in which block each stands."""

    def __init__(self) -> None:
        self._quoted = 0
        self._open = "p"

    def feed(self, markup: str) -> None:
        """Reads finished HTML."""
        for match in _BLOCKS.finditer(markup):
            closes = match[0].startswith("</")
            if match[1] == "blockquote":
                self._quoted += -1 if closes else 1
            elif not closes:
                self._open = match[1]

    @property
    def form(self) -> str:
        """The form of the paragraph that follows."""
        if self._quoted:
            return "quotation"
        if self._open.startswith("h"):
            return "heading"
        if self._open in ("td", "th"):
            return "cell"
        return "item" if self._open == "li" else "text"
