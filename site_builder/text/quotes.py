"""Quotation marks: their pairs, where a quotation ends, and which parts of a text are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_builder.text import lazily
from site_builder.values import NamedTuple


class Pair(NamedTuple):
    """A kind of quotation: its opening mark, and the marks that can close it."""

    opens: str
    closes: str
    family: str
    """`double`, `single`, `angle` or `corner`."""


PAIRS = {
    pair.opens: pair
    for pair in (
        Pair('"', '"', "double"),
        Pair("“", "”", "double"),
        Pair("„", "“”", "double"),
        Pair("”", "”", "double"),
        Pair("〝", "〟〞", "double"),
        Pair("＂", "＂", "double"),
        Pair("‘", "’", "single"),
        Pair("‚", "‘’", "single"),
        Pair("«", "»", "angle"),
        Pair("»", "«»", "angle"),
        Pair("‹", "›", "angle"),
        Pair("›", "‹›", "angle"),
        Pair("「", "」", "corner"),
        Pair("『", "』", "corner"),
        Pair("｢", "｣", "corner"),
    )
}
"""Pairs by their opening mark. A straight single mark is an apostrophe and opens nothing."""

MARKS = "".join(dict.fromkeys("".join(pair.opens + pair.closes for pair in PAIRS.values())))
"""All marks that open or close a quotation."""

_MARK = lazily.pattern(f"[{MARKS}]")
_ESCAPED_MARK = lazily.pattern(rf"\\.|[{MARKS}]", re.DOTALL)
_DEEPEST = 10
"""The deepest nesting of quotations that is looked at."""


def quotation_end(text: str, start: int) -> int:
    """The offset after the quotation that opens at `start`, or -1 if none opens there or it never ends.

    Quotations nest. In straight marks, a backslash escapes the next character; elsewhere it is an
    ordinary character.
    """
    pair = PAIRS.get(text[start : start + 1])
    if pair is None:
        return -1
    if pair.opens == '"':
        for mark in _ESCAPED_MARK.finditer(text, start + 1):
            if mark[0] == '"':
                return mark.end()
        return -1
    end = _end(text, start, PAIRS.values())
    return end if end >= 0 else _end(text, start, (pair,))


def _end(text: str, start: int, pairs: Iterable[Pair]) -> int:
    """Where a quotation ends, if only these pairs can nest in it."""
    nesting = {pair.opens for pair in pairs} - {'"', "＂", "”"}
    stack = [PAIRS[text[start]]]
    for match in _MARK.finditer(text, start + 1):
        mark, at = match[0], match.start()
        if mark in stack[-1].closes and _may_close(text, at):
            stack.pop()
            if not stack:
                return match.end()
        elif mark in nesting and _may_open(text, at):
            stack.append(PAIRS[mark])
            if len(stack) > _DEEPEST:
                break
    return -1


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """Start and end of each outermost quotation in a text, including its marks, in order."""
    return quoted_in_paragraphs((text,))[0] if _MARK.search(text) else []


def quoted_in_paragraphs(paragraphs: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Start and end of the quotations in each paragraph of a text.

    A quotation that is not closed extends to the end of its paragraph if the next paragraph begins
    with the same mark, as is usual for quotations of several paragraphs.
    """
    found: list[list[tuple[int, int]]] = []
    goes_on = ""
    for number, text in enumerate(paragraphs):
        closed, left_open = _quotations(text, goes_on)
        following = paragraphs[number + 1].lstrip()[:1] if number + 1 < len(paragraphs) else ""
        goes_on = ""
        for mark, at in left_open if following else ():
            if following == mark or (mark in "«‹" and following in PAIRS[mark].closes):
                closed.append((at, len(text)))
                goes_on = mark
                break
        found.append(_outermost(closed))
    return found


def _quotations(text: str, goes_on: str) -> tuple[list[tuple[int, int]], list[tuple[str, int]]]:
    """The quotations that are closed, including nested ones, and the marks, with offsets, of those left open.

    With `goes_on`, the text begins with this mark, which continues a quotation of the paragraph before.
    """
    closed: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    matches = _MARK.finditer(text)
    if goes_on and (first := next(matches, None)):
        stack.append((goes_on, first.start()))
    for match in matches:
        mark, at = match[0], match.start()
        if stack and mark in PAIRS[stack[-1][0]].closes and _may_close(text, at):
            closed.append((stack.pop()[1], match.end()))
        elif mark in PAIRS and _may_open(text, at):
            stack.append((mark, at))
    return closed, stack


def _outermost(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    outer: list[tuple[int, int]] = []
    for start, end in sorted(stretches, key=lambda row: (row[0], -row[1])):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


def _may_open(text: str, at: int) -> bool:
    """Whether the mark at `at` can open a quotation, judged by the characters on both sides.

    A mark that can also close a quotation, or be an apostrophe, opens one only before a word and not
    directly after one. In scripts without spaces, any letter may come before it.
    """
    mark = text[at]
    if mark in "„‚«‹〝「『｢":
        return True
    if text[at + 1 : at + 2].strip() == "":
        return False
    before = text[at - 1] if at else " "
    return mark == "“" or not before.isalnum() or "\u2e80" <= before <= "\u9fff"


def _may_close(text: str, at: int) -> bool:
    """Whether the mark at `at` can close a quotation: straight marks and apostrophes can't inside a word."""
    if text[at] not in '"’‘»›”':
        return True
    after = text[at + 1 : at + 2]
    return not after.isalnum() or "\u2e80" <= after <= "\u9fff"
