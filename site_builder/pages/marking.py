"""Moves the citations of a text to the ends of their sentences: one mark a sentence.

If unsure where a sentence ends, it leaves all marks of that paragraph where their author wrote them.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from site_builder.links.graph import Mark
from site_builder.links.plain import CITED, blocks, closed_gaps
from site_builder.text import lazily
from site_builder.text.sentences import LONGEST_SENTENCE, sentence_bounds
from site_builder.values import NamedTuple

_TOKEN = lazily.pattern(
    rf"""(?P<cited>{CITED})
    |(?P<call><sup\ class="footnote-ref">.*?</sup>)
    |(?P<back>\s*<a\ [^>]*class="footnote-backref"[^>]*>.*?</a>)
    |(?P<tag><!--.*?-->|<(?P<end>/?)(?P<name>\w+)(?:[^<>"']|"[^"]*"|'[^']*')*>)
    |(?P<entity>&\#?\w+;)
    |(?P<words>[^<&{CITED}]+|[<&])""",
    re.VERBOSE | re.DOTALL,
)
_HOLDS_NO_MARK = frozenset(("a", "s", "del", "strike", "button", "ruby"))
"""Elements that a mark can't be moved into."""
_SPACED_OUT = lazily.pattern(rf"\s+(?={CITED})")
_NEXT_TO = lazily.pattern(rf"{CITED}(?:\s*{CITED})*")


class Block(NamedTuple):
    """A paragraph, list item, heading or cell, or what stands between two: HTML, and the marks in it.

    `after` is the HTML that follows it: white space and the tag of the next block.
    """

    pieces: tuple[str | tuple[Mark, ...], ...]
    after: str


def marked_by_sentence(parts: Iterable[str | Mark], language: str) -> Iterator[Block]:
    """A text as blocks in which the marks of a sentence stand together after it."""
    markup: list[str] = []
    marks: list[Mark] = []
    for part in parts:
        if isinstance(part, str):
            markup.append(part)
        else:
            marks.append(part)
            markup.append(CITED)
    done = 0
    for block, after in blocks("".join(markup)):
        count = block.count(CITED)
        if not count:
            yield Block((block,), after)
            continue
        pieces = _moved(block, language) or _left(block)
        yield Block(tuple(_with(pieces, marks[done : done + count])), after)
        done += count


def _with(
    pieces: Sequence[str | list[int]], marks: Sequence[Mark]
) -> Iterator[str | tuple[Mark, ...]]:
    """Pieces with marks for their numbers, each once at a place."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield tuple(dict.fromkeys(marks[number] for number in piece))


def _left(block: str) -> list[str | list[int]]:
    """The marks of a block where they were written: after their word, without a space."""
    pieces: list[str | list[int]] = []
    number = done = 0
    block = _SPACED_OUT.sub("", block)
    for found in _NEXT_TO.finditer(block):
        count = found[0].count(CITED)
        pieces += [block[done : found.start()], list(range(number, number + count))]
        number += count
        done = found.end()
    return [*pieces, block[done:]]


class _Reading:
    """The words of a block, and where in its HTML they stand."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.cited: list[tuple[int, int]] = []
        """Where each mark is, among the words and in the HTML."""
        self.breaks: list[int] = []
        """Where lines are broken, among the words."""
        self.in_doubt = False
        self._starts: list[int] = []
        self._ends: list[tuple[int, int, bool]] = []
        """Where each stretch of words begins and ends in the HTML, and whether it is written as it is read."""
        self._held: list[tuple[int, int]] = []
        """The stretches of the HTML that marks can't be moved into."""
        self.words = self._read()

    def _read(self) -> str:
        words: list[str] = []
        length = 0
        opened: list[tuple[str, int]] = []
        for token in _TOKEN.finditer(self.markup):
            kind = token.lastgroup
            if token["cited"]:
                self.in_doubt = self.in_doubt or any(name != "a" for name, _ in opened)
                self.cited.append((length, token.start()))
            elif token["name"]:
                name = token["name"].lower()
                if name == "br":
                    self.breaks.append(length)
                    self._note(length, token.span(), plain=False)
                    words.append(" ")
                    length += 1
                elif name in _HOLDS_NO_MARK:
                    self._open(name, token, opened)
            elif kind in ("entity", "words"):
                said = html.unescape(token[0]) if kind == "entity" else token[0]
                self._note(length, token.span(), plain=kind == "words")
                words.append(said)
                length += len(said)
        self.in_doubt = self.in_doubt or bool(opened)
        return "".join(words).translate(_SPACES)

    def _note(self, at: int, span: tuple[int, int], *, plain: bool) -> None:
        self._starts.append(at)
        self._ends.append((*span, plain))

    def _open(self, name: str, token: re.Match[str], opened: list[tuple[str, int]]) -> None:
        if not token["end"]:
            opened.append((name, token.end()))
        elif opened and opened[-1][0] == name:
            self._held.append((opened.pop()[1], token.start()))
        else:
            self.in_doubt = True

    def outside(self, place: int) -> int:
        """A place in the HTML, or the one after the link that it is in."""
        for first, last in self._held:
            if first <= place <= last:
                return self.markup.index(">", last) + 1
        return place

    def _after(self, end: int) -> int:
        """The place in the HTML after the words up to `end` and what ends there; -1 if no mark can stand there."""
        row = bisect_right(self._starts, end - 1) - 1
        start, place, plain = self._ends[row]
        if plain:
            place = start + end - self._starts[row]
        while (token := _TOKEN.match(self.markup, place)) and (
            token["cited"] or token["end"] or token["call"]
        ):
            place = token.end()
        return -1 if any(first <= place <= last for first, last in self._held) else place

    def place(self, at: int, bounds: Sequence[int]) -> int:
        """The place in the HTML after the sentence of a mark; -1 in doubt. A mark behind a stop belongs to what ends there."""
        before = len(self.words[:at].rstrip())
        row = bisect_right(bounds, max(before - 1, 0), hi=len(bounds) - 1) - 1
        first = bounds[row]
        end = first + len(self.words[first : bounds[row + 1]].rstrip())
        if not first < end <= first + LONGEST_SENTENCE or any(at <= n < end for n in self.breaks):
            return -1
        return self._after(end)


_SPACES = str.maketrans("\n\t\r\f", "    ")


def _moved(block: str, language: str) -> list[str | list[int]]:
    """The marks of a block after their sentences; nothing if its HTML can't be told apart."""
    reading = _Reading(closed_gaps(block))
    if reading.in_doubt:
        return []
    bounds = sentence_bounds(reading.words, language)
    by_place: dict[int, list[int]] = {}
    for number, (at, written) in enumerate(reading.cited):
        place = -1 if _is_named(reading.words, at) else reading.place(at, bounds)
        by_place.setdefault(reading.outside(written) if place < 0 else place, []).append(number)
    pieces: list[str | list[int]] = []
    done = 0
    for place in sorted(by_place):
        pieces += [reading.markup[done:place].replace(CITED, "").rstrip(), by_place[place]]
        done = place
    return [*pieces, reading.markup[done:].replace(CITED, "")]


def _is_named(words: str, at: int) -> bool:
    """Whether a mark is named by the words in front of it, in brackets: (see [@minutes])."""
    opened = max(words.rfind(bracket, 0, at) for bracket in "([（［")
    return (
        words[at : at + 1] in _CLOSING and opened >= 0 and len(words[opened:at].split()) <= _NAMING
    )


_CLOSING = tuple(")]）］")
_NAMING = 3
"""The most words in brackets that can be about the mark behind them."""
