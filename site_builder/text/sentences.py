"""Splits a text into sentences, by the rules of its language.

If unsure, it keeps two sentences together: half a sentence can say what its author did not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import pairwise

from site_builder.text import lazily
from site_builder.text.locales import words_of
from site_builder.text.quotes import MARKS, PAIRS, quoted_stretches

LONGEST_SENTENCE = 1000
"""Characters of a sentence; a longer text has no stops where we know them."""
_STOPS = ".!?…‽؟۔।॥。！？｡．։"
_UNSPACED = "。！？｡．"
"""Stops that need no space after them."""
_CASELESS = "؟۔।॥։"
"""Stops that end a sentence in scripts without capitals."""
_CLOSING = ")]}）］】〉》"
_MARKS = f"{MARKS}'"
_STOP = lazily.pattern(f"[{_STOPS}]+")
_FIRST = lazily.pattern(r"[^\w]*")
_WORD = lazily.pattern(r"[^\W_][\w'’-]*")
_BEFORE = lazily.pattern(r"['’/–—-](?=[^\W\d_])")
"""Separates a word from a part joined to its front."""
_BRACKETS = dict(zip("([{（［【〈《", ")]}）］】〉》", strict=True))
_BRACKET = lazily.pattern(r"[()\[\]{}（）［］【】〈〉《》]")
_HOLDS = lazily.pattern(rf"[{re.escape(''.join(PAIRS))}(\[{{（［【〈《]")
"""Opening marks of a passage that is kept together."""
_ROMAN_DIGITS = "IVXLC"
_ROMAN = lazily.pattern(f"[{_ROMAN_DIGITS}]+")
_LAST_WORDS = 40
"""How many characters on each side of a full stop decide what it is."""


@lru_cache(maxsize=4)
def sentence_bounds(text: str, language: str) -> tuple[int, ...]:
    """The offsets where the sentences of a text begin, and where the last one ends."""
    bounds = [0]
    held = held_together(text) if _HOLDS.search(text) else []
    closed = {end for _, end in held}
    outer = _joined(held)
    begins = _first_letter(text, 0)
    usual = _with_stops(language)
    for stop, last in _stops(text):
        if not outer and _is_usual_end(text, stop, usual):
            if begins <= stop:
                bounds.append(stop + 2)
                begins = stop + 2
            continue
        end = last
        if text[last : last + 1] != " " or last + 2 in closed:
            last = end = _after_closing(text, last, closed)  # noqa: PLW2901
        while text[end : end + 1].isspace():
            end += 1
        if end == len(text):
            break
        around = bisect_left(outer, last, key=lambda stretch: stretch[0]) - 1
        if around >= 0 and last < outer[around][1]:
            continue
        if begins > stop:
            continue  # an ellipsis at the start of a sentence, or a lone mark
        said = text[max(bounds[-1], stop - _LAST_WORDS - 1) : stop]
        if _ends(text, said, slice(stop, last), end, language):
            bounds.append(end)
            begins = _first_letter(text, end)
    bounds.append(len(text))
    return tuple(bounds)


def _is_usual_end(text: str, stop: int, exceptions: Container[str]) -> bool:
    """Whether a small word, a full stop, one space and a capital stand here, as they do between most sentences."""
    if not text.startswith(". ", stop) or not text[stop + 2 : stop + 3].isupper():
        return False
    start = text.rfind(" ", 0, stop)
    word = text[start + 1 : stop]
    is_small = len(word) > 1 and word.isalpha() and word.islower()
    return is_small and word not in exceptions and not text.endswith((".", " "), 0, max(start, 0))


def _stops(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each run of stops."""
    if any(stop in text for stop in _STOPS[1:]):
        yield from (match.span() for match in _STOP.finditer(text))
        return
    end = 0  # most texts have only full stops, which are found much faster
    while (start := text.find(".", end)) >= 0:
        end = start + 1
        while text.startswith(".", end):
            end += 1
        yield start, end


def _after_closing(text: str, at: int, closed: set[int]) -> int:
    """The offset after the closing brackets and quotation marks that follow a stop; `closed` has their ends."""
    while at < len(text):
        if text[at].isspace() and at + 2 in closed and text[at + 1] in "»«":
            at += 2  # « Oui. » has a space inside
        elif text[at] in _CLOSING or at + 1 in closed or _ends_words(text, at):
            at += 1
        else:
            break
    return at


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text, each without surrounding space."""
    bounds = sentence_bounds(text, language)
    rows = (text[start:end].strip() for start, end in pairwise(bounds))
    return [row for row in rows if row]


def sentence_at(text: str, offset: int, language: str) -> str:
    """The sentence at an offset."""
    bounds = sentence_bounds(text, language)
    number = bisect_right(bounds, offset, hi=len(bounds) - 1)
    return text[bounds[number - 1] : bounds[number]].strip()


def _ends_words(text: str, at: int) -> bool:
    """Whether a quotation mark has no word after it, so that it closes a quotation we did not see opened."""
    return text[at] in _MARKS and not text[at + 1 : at + 2].isalnum()


def _first_letter(text: str, start: int) -> int:
    """The offset of the first letter or digit."""
    if text[start : start + 1].isalnum():
        return start
    found = _WORD.search(text, start)
    return found.start() if found else len(text)


def _ends(text: str, said: str, stopping: slice, end: int, language: str) -> bool:
    """Whether a sentence ends at a stop and the closing marks after it; the next text is at `end`.

    `said` holds the last words before the stop.
    """
    stop, after = text[stopping], text[end]
    if end == stopping.stop:
        if any(mark in _UNSPACED for mark in stop):
            # 「…。」と述べた goes on
            quoted = stop[-1] not in _STOPS
            return after not in ",;:，、；：" and not (quoted and "\u3041" <= after <= "\u309f")
        return stop[-1] in _CASELESS and after.isalpha()
    first = None if after.isalnum() else _FIRST.match(text, end)
    begins = first.end() if first else end
    following = text[begins : begins + _LAST_WORDS]
    if following[:1].islower():
        return False
    if stop[0] in ".…" and said[-1] in "([":
        return False  # […]
    if stop.startswith(".") and not stop.startswith(".."):
        return not _goes_on(said, following, language)
    return True


def _goes_on(said: str, following: str, language: str) -> bool:
    """Whether the full stop between these words belongs to an abbreviation, an initial or an ordinal number."""
    if _is_usual(said.rsplit(maxsplit=2), language):
        return False
    chunks = said.split()
    word = chunks[-1].lstrip(f"([{{¿¡{MARKS}'") if chunks else ""
    word = _BEFORE.split(word)[-1]
    for before in reversed(chunks[:-1]):  # "z. B." and "z.B." are one
        if not before.endswith(".") or len(before) > 3:
            break
        word = before.lstrip("([{") + word
    last = word.rpartition(".")[2]
    if len(chunks) == 1 and (word.isdigit() or _is_initial(word)):
        return True  # "1. The dam", "a. The dam": a list number
    if {word, last} & words_of(language, "before_names"):
        return True
    begins = _WORD.match(following)
    next_word = begins[0] if begins else ""
    figure = next_word[:1].isdigit() or bool(_ROMAN.fullmatch(next_word))
    if figure and {word, last} & words_of(language, "before_numbers"):
        return True
    if not (
        _is_initial(last)
        or {word, last} & words_of(language, "abbreviations")
        or (words_of(language, "ordinal_stops") and _is_ordinal(word))
    ):
        return False
    is_initial = _is_initial(next_word) and following[len(next_word) :].startswith(".")
    return is_initial or next_word not in words_of(language, "starters")


def _is_usual(chunks: list[str], language: str) -> bool:
    """Whether no rule about full stops applies to the last word; true for most words."""
    word = chunks[-1] if chunks else ""
    return (
        len(word) > 1
        and word.isalpha()
        and word[0] not in _ROMAN_DIGITS
        and word not in _with_stops(language)
        and (len(chunks) == 1 or not chunks[-2].endswith("."))
    )


@lru_cache(maxsize=8)
def _with_stops(language: str) -> frozenset[str]:
    """The words of a language that can end with a full stop."""
    names = ("before_names", "before_numbers", "abbreviations")
    return frozenset[str]().union(*(words_of(language, name) for name in names))


def _is_initial(word: str) -> bool:
    """Whether this is a single letter of a script that abbreviates names to initials."""
    return sum(map(str.isalpha, word)) == 1 and word[0].isalpha() and word[0] < "\u2e80"


def _is_ordinal(word: str) -> bool:
    return (word.isdigit() and len(word) <= 3) or bool(_ROMAN.fullmatch(word))


def held_together(text: str) -> list[tuple[int, int]]:
    """Start and end of each passage that no sentence may end inside: quotations and bracketed text."""
    return [*quoted_stretches(text), *_bracketed(text)]


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The outermost passages, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Start and end of each bracketed passage, including its brackets."""
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        bracket = match[0]
        if bracket in _BRACKETS:
            stack.append((_BRACKETS[bracket], match.start()))
        elif stack and stack[-1][0] == bracket:
            found.append((stack.pop()[1], match.end()))
    return found
