"""Quoted words, and the edits that those who quote may make: what they leave out, put in, or change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.text import lazily
from site_builder.text.bounds import UNSPACED, is_bound
from site_builder.text.quoted import ELLIPSIS, NO_CHARACTER, compared
from site_builder.values import NamedTuple

LONGEST = 2_000
"""Characters of a quotation."""
_FEW_LETTERS = 5
"""A quotation with fewer letters, or of one word, has to stand in its source once only."""
_EQUALS_NOTHING = "\ue035"
_LEAST_LETTERS = 3
_LEAST_UNSPACED = 2

_SPACED = rf"[^\W{UNSPACED}]"
"""An expression for a letter of a script with spaces between words."""
_EDIT = lazily.pattern(
    rf"\[{ELLIPSIS}\]|\({ELLIPSIS}\)|{ELLIPSIS}|(?P<sic>\[sic[.!]?\])"
    rf"|(?<!\w)\[(?P<letter>{_SPACED})\](?=\w)|(?<={_SPACED * 3})\[(?P<ending>{_SPACED}{{0,6}})\](?!\w)"
    rf"|(?<!{_SPACED})\[(?P<insertion>[^\[\]]{{1,200}})\](?!{_SPACED})"
)
_EDITS = ("sic", "letter", "ending", "insertion")
_WORD = lazily.pattern(r"[^\W_]+(?:['.,-][^\W_]+)*")


class Gap(NamedTuple):
    """What stands between two pieces of an edited quotation."""

    kind: str
    """`elision`, or one of `_EDITS`."""
    text: str = ""
    """The words that are put in."""
    changes_case: bool = False
    """Whether the first letter of the next piece may be the other one, as in `[T]he`."""


@dataclass(frozen=True)
class Quotation:
    """Quoted words in the form for comparing."""

    text: str
    letters: int
    words: int
    unspaced: bool
    pieces: tuple[str, ...] = field(default=())
    """What has to be in the source of an edited quotation, in order; () if nothing is edited."""
    gaps: tuple[Gap, ...] = field(default=())
    """What stands between the pieces."""

    @property
    def is_too_short(self) -> bool:
        """Whether there is too little of it to be evidence of anything."""
        return self.letters < (_LEAST_UNSPACED if self.unspaced else _LEAST_LETTERS)

    @property
    def must_be_unique(self) -> bool:
        """Whether it is so short that it has to stand in its source once only."""
        return self.words < 2 or self.letters < _FEW_LETTERS

    def spellings(self) -> Iterator[str]:
        """The quotation, and as it may stand in the source.

        The first letter may be a small one or a capital. A full stop or comma at the end may be the
        quoting text's own.
        """
        return spellings(self.text, first=self.words > 1 or self.letters >= _FEW_LETTERS)


def spellings(text: str, *, first: bool = True, last: bool = True) -> Iterator[str]:
    """A text, and as it may stand in the source if its first letter or the mark behind its last one may differ."""
    found = [text]
    if first and (other := _with_other_case(text)):
        found.append(other)
    if last and text[-1:] in (".", ",") and text[-2:-1] != text[-1:]:
        found += [spelling[:-1] for spelling in found]
    yield from dict.fromkeys(found)


def _with_other_case(text: str) -> str:
    """A text with its first letter the other way; "" if there is no such thing."""
    at = next((at for at, character in enumerate(text[:4]) if character.isalnum()), -1)
    if at < 0 or not text[at].isalpha():
        return ""
    other = text[at].swapcase()
    return f"{text[:at]}{other}{text[at + 1 :]}" if other != text[at] and len(other) == 1 else ""


def quotation(words: str, *, primes: bool = True) -> Quotation:
    """Quoted words, read."""
    text = compared(words, primes=primes).text.strip().replace(NO_CHARACTER, _EQUALS_NOTHING)
    pieces, gaps = _edits(text)
    letters, count, unspaced = measure(text)
    return Quotation(text, letters, count, unspaced, pieces, gaps)


def measure(text: str) -> tuple[int, int, bool]:
    """How many letters and digits a text has, how many words, and whether its words are not spaced."""
    letters = sum(character.isalnum() for character in text)
    words = word_count(text)
    spaced = sum(1 for _ in _WORD.finditer(text))
    return letters, words, words > spaced


def word_count(text: str) -> int:
    """How many words a text has; where they are not spaced, how many letters."""
    count = 0
    text = text.replace("\u2019", "'")
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            count += 1
            continue
        inner = (at for at in range(match.start() + 1, match.end()) if text[at].isalnum())
        count += 1 + sum(is_bound(text, at, quotation=True) for at in inner)
    return count


def _edits(text: str) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """The pieces of an edited quotation and what is between them; nothing if it is not edited."""
    pieces = [""]
    gaps: list[Gap] = []
    done = 0
    for match in _EDIT.finditer(text):
        pieces[-1] += text[done : match.start()]
        done = match.end()
        kind = next((name for name in _EDITS if match[name] is not None), "elision")
        gaps.append(Gap(kind, match["insertion"] or "", kind == "letter"))
        pieces.append(match["letter"] or "")
    if not gaps:
        return (), ()
    pieces[-1] += text[done:]
    return _merged([piece.strip() for piece in pieces], gaps)


def _merged(pieces: list[str], gaps: list[Gap]) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """The pieces and gaps with no empty piece between two gaps; at an end only behind an unfinished word."""
    at = 1
    while at < len(gaps):
        if pieces[at]:
            at += 1
            continue
        one, two = gaps[at - 1 : at + 1]
        kind = "elision" if "elision" in (one.kind, two.kind) else "insertion"
        gaps[at - 1 : at + 1] = [Gap(kind, f"{one.text} {two.text}".strip(), two.changes_case)]
        del pieces[at]
    return tuple(pieces), tuple(gaps)


def has_negation(text: str, negations: frozenset[str]) -> bool:
    """Whether one of the words of a text says no."""
    words = unicodedata.normalize("NFC", text).casefold()
    if any(word in negations for word in re.findall(r"[^\W_]+(?:'[^\W_]+)?", words)):
        return True
    return any(word in words for word in negations if not word.isascii() and _is_unspaced(word))


def _is_unspaced(word: str) -> bool:
    return measure(word)[2]
