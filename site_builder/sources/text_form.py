"""The text form of a source: its words, and marks that say where they stand.

    [p. 3]                    alone on a line: a page begins; so for [Art. 5], [§ 5], [para. 12] …
    [00:12:30 Anna Holt] We   at the beginning of a line: a moment, and who speaks up to the next blank line
    [omit] Town of Aldern     at the beginning of a line: the line is not the document's
    leaks[^4]                 the call of a footnote
    [^4]: See the annex.      at the beginning of a line: the footnote, up to the next blank line

`read` gives the words as one text that runs across all marks, with an offset for each. A text without
marks is its own words. Footnotes come behind the last word of the text, for where they stand they
would part the words of a sentence that goes on on the next page. What they stand on, and the part or
moment in which they are called, is marked there again.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.text import lazily
from site_builder.text.places import (
    CALL,
    FOOTNOTE,
    LINE,
    MARK_LABEL,
    MOMENT,
    NUMBER,
    PAGE,
    is_within,
    kind_of,
    number_of,
)
from site_builder.values import NamedTuple

_TIME = r"\d{1,3}:[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?"
_NOTE = r"[^\s\[\]^]{1,20}"
_MARK = lazily.pattern(
    rf"\[(?:"
    rf"(?P<label>{MARK_LABEL})\s?(?P<number>{NUMBER})\][ \t]*(?:\n|\Z)"
    r"|(?P<omit>omit)\](?:[^\S\n][^\n]*)?(?:\n|\Z)"
    rf"|(?P<moment>{_TIME})(?:[ \t]+(?P<speaker>[^\s\[\]][^\n\[\]]{{0,99}}))?\][ \t]*(?:\n|\Z)?"
    rf"|\^(?P<note>{_NOTE})\](?P<defines>:[ \t]*)?"
    r")",
    re.IGNORECASE,
)
"""A mark, wherever it stands. It begins with a character that a search can leap to."""
_BLANK_LINE = lazily.pattern(r"\n[ \t]*\n")
_CALL = lazily.pattern(rf"\[\^{_NOTE}\]")
_LONGEST_NOTE = 5_000
"""Characters of a footnote."""
_DEEPEST = 100
"""Spaces before a mark at the beginning of a line."""


class Mark(NamedTuple):
    """Where a page, a part, a moment or a footnote begins, or the call of a footnote stands."""

    kind: str
    """One of `text.places`: page, article, moment …"""
    label: str
    """As it is written, without the label of its kind: `iv`, `53(2)`, `00:12:30`.

    "" where a footnote begins that stands in no place of the kind.
    """
    start: int
    """An offset of the words."""
    rank: int
    """Its number among the marks of its kind, from 1: the number of a page in its file."""
    speaker: str = ""


@dataclass(frozen=True)
class SourceForm:
    """What was read: the words, and the marks in the order of their offsets."""

    words: str
    marks: tuple[Mark, ...] = ()
    starts: array[int] = field(default_factory=lambda: array("I"))
    """Where stretches of the words begin, if they are not the whole text."""
    origins: array[int] = field(default_factory=lambda: array("I"))
    """Where each of these stretches begins in the text that was read."""

    def written(self, offset: int) -> int:
        """The offset, in the text that was read, of an offset of the words."""
        if not self.starts:
            return offset
        at = max(0, bisect_right(self.starts, offset) - 1)
        return self.origins[at] + offset - self.starts[at]

    def at(self, offset: int, kind: str) -> Mark | None:
        """The mark of a kind that an offset of the words stands behind; None if there is none."""
        marks = self._by_kind.get(kind, [])
        last = bisect_right(marks, offset, key=lambda mark: mark.start)
        return marks[last - 1] if last and marks[last - 1].label else None

    def within(self, start: int, end: int) -> Sequence[Mark]:
        """The marks between two offsets of the words, without those at either of them."""
        first = bisect_right(self.marks, start, key=lambda mark: mark.start)
        return self.marks[first : bisect_left(self.marks, end, key=lambda mark: mark.start)]

    def speaker_at(self, offset: int) -> str:
        """Who speaks at an offset of the words; "" if nobody says so."""
        said = self.at(offset, MOMENT)
        return said.speaker if said else ""

    def marks_of(self, kind: str) -> list[Mark]:
        """The marks of a kind, in the order of their offsets."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[str, list[Mark]]:
        marks: dict[str, list[Mark]] = {}
        for mark in self.marks:
            marks.setdefault(mark.kind, []).append(mark)
        return marks

    def stretches(self, kind: str, number: str) -> list[tuple[int, int]]:
        """Start and end of all that stands in a place, as `("page", "3")`; empty if there is none.

        What is marked as a part of it, as `53(2)` is of `53`, stands in it, too.
        """
        wanted = number_of(number)
        return self.stretches_where(kind, lambda mark: is_within(number_of(mark.label), wanted))

    def stretches_where(
        self, kind: str, is_wanted: Callable[[Mark], bool]
    ) -> list[tuple[int, int]]:
        """Start and end of what the marks of a kind begin that are wanted."""
        marks = self.marks_of(kind)
        ends = [*(mark.start for mark in marks[1:]), len(self.words)]
        return [
            (mark.start, end) for mark, end in zip(marks, ends, strict=False) if is_wanted(mark)
        ]

    def has(self, kind: str) -> bool:
        """Whether the text has marks of a kind."""
        return kind in self._by_kind


class Shown(NamedTuple):
    """The text of a file as its reader sees it, with its marks."""

    text: str
    lines: tuple[tuple[int, int], ...] = ()
    """Where its blocks begin: offsets of the text, and lines of the file from 1. None if it is the file's own."""

    def line_of(self, offset: int) -> int:
        """The line of the file in which the block begins that holds an offset."""
        last = bisect_right(self.lines, offset, key=lambda row: row[0]) - 1
        return self.lines[max(0, last)][1] if self.lines else 1


def read(text: str) -> SourceForm:
    """The words and the marks of a text in the text form."""
    if "[" not in text:
        return SourceForm(text)
    reading = _Reading(text)
    done = 0
    for match in _MARK.finditer(text):
        begins = _line_begin(text, match.start())
        is_call = begins is None and match["note"] and not text[match.start() - 1].isspace()
        if match.start() < done or (begins is None and not is_call):
            continue
        if begins is not None and match["note"] and not match["defines"]:
            continue
        reading.keep(done, match.start() if begins is None else begins)
        done = reading.take(match, is_call=begins is None)
    if not done:
        return SourceForm(text)
    reading.keep(done, len(text))
    return reading.finished()


def _line_begin(text: str, at: int) -> int | None:
    """Where the line begins of which nothing but space stands before an offset; None if more does."""
    first = max(0, at - _DEEPEST)
    before = text[first:at].rstrip(" \t")
    return first + len(before) if before.endswith("\n") or (not before and not first) else None


class _Note(NamedTuple):
    """A footnote: where it stands in the text that was read, its label, and the places that it belongs to."""

    start: int
    end: int
    label: str
    places: tuple[Mark, ...]


class _Reading:
    """Collects the words and the marks of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stretches: list[tuple[int, int]] = []
        self._size = 0
        self._marks: list[Mark] = []
        self._ranks: dict[str, int] = {}
        self._speaker = ""
        self._moment = 0
        """Behind the last moment."""
        self._now: dict[str, Mark] = {}
        """The last mark of each kind, without calls."""
        self._called: dict[str, dict[str, Mark]] = {}
        """Where each footnote is called: the last mark of each kind."""
        self._notes: list[_Note] = []

    def keep(self, start: int, end: int) -> None:
        """Takes a stretch of the text for words."""
        if start < end:
            self._stretches.append((start, end))
            self._size += end - start

    def take(self, match: re.Match[str], *, is_call: bool) -> int:
        """Takes a mark, or the call of a footnote; the offset behind all of it."""
        if match["label"]:
            self._mark(kind_of(match["label"]), match["number"])
        elif match["moment"]:
            if match["speaker"] or _BLANK_LINE.search(self._text, self._moment, match.start() + 1):
                self._speaker = " ".join((match["speaker"] or "").split())
            self._moment = match.end()
            self._mark(MOMENT, match["moment"], self._speaker)
        elif is_call:
            self._mark(CALL, match["note"])
            return match.end("note") + 1
        elif match["note"]:
            return self._note(match)
        return match.end()

    def _mark(self, kind: str, label: str, speaker: str = "") -> None:
        rank = self._ranks[kind] = self._ranks.get(kind, 0) + 1
        mark = Mark(kind, label, self._size, rank, speaker)
        self._marks.append(mark)
        if kind == CALL:
            self._called[label] = dict(self._now)
        else:
            self._now[kind] = mark

    def _note(self, match: re.Match[str]) -> int:
        """Puts a footnote away; it ends at a blank line, at the next footnote or at a place."""
        last = min(len(self._text), match.end() + _LONGEST_NOTE)
        for mark in _MARK.finditer(self._text, match.end(), last):
            begins = _line_begin(self._text, mark.start())
            if begins is not None and (mark["defines"] or not mark["note"]):
                last = begins
                break
        blank = _BLANK_LINE.search(self._text, match.end(), last)
        last = blank.start() if blank else last
        label = match["note"]
        places = dict(self._called.get(label, self._now))
        places.pop(LINE, None)
        if PAGE in self._now:
            places[PAGE] = self._now[PAGE]
        self._notes.append(_Note(match.end(), last, label, tuple(places.values())))
        return last

    def finished(self) -> SourceForm:
        """All of it, with the footnotes at the end."""
        pieces = [self._text[start:end] for start, end in self._stretches]
        starts, origins = array("I"), array("I")
        size = 0
        for start, end in self._stretches:
            starts.append(size)
            origins.append(start)
            size += end - start
        current = {kind: mark for kind, mark in self._now.items() if kind != PAGE}
        for rank, note in enumerate(self._notes, 1):
            pieces.append("\n\n")
            size += 2
            for mark in note.places:
                if current.get(mark.kind) is not mark:
                    self._marks.append(mark._replace(start=size))
                    current[mark.kind] = mark
            for kind in sorted(current.keys() - {mark.kind for mark in note.places}):
                self._marks.append(Mark(kind, "", size, 0))
                del current[kind]
            self._marks.append(Mark(FOOTNOTE, note.label, size, rank))
            start, end = note.start, note.end
            end = start + len(self._text[start:end].rstrip())
            for first, last in _between(_CALL.finditer(self._text, start, end), start, end):
                starts.append(size)
                origins.append(first)
                pieces.append(self._text[first:last])
                size += last - first
        return SourceForm("".join(pieces), tuple(self._marks), starts, origins)


def _between(matches: Iterable[re.Match[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between matches, which are taken out."""
    for match in matches:
        yield start, match.start()
        start = match.end()
    yield start, end
