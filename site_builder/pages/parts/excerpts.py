"""What a source's page shows of its text: the passages used, with a little around them, or all of it."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from site_builder.links.evidence import Passage, SourceText
from site_builder.text.bounds import is_bound
from site_builder.text.sentences import sentence_bounds

_ROOM = 300
"""Characters that are shown of a paragraph before a passage, and as many behind it: the text of a source may be
one paragraph of many megabytes, with hundreds of passages in it."""


class SpanView(NamedTuple):
    """A stretch of a source's text: plain, or a passage that something cites."""

    text: str
    anchor: str = ""
    """The anchor of the passage this belongs to, else "". Ids are on passages, not on spans."""


def excerpt(text: SourceText, passage: Passage, anchor: str) -> tuple[SpanView, ...]:
    """What stands around a passage in its paragraphs, with the passage marked."""
    numbers = paragraphs_of(text, passage)
    if not numbers:
        return ()
    start, end = text.paragraphs[numbers[0]][0], text.paragraphs[numbers[-1]][1]
    first, last = _beginning(text, start, passage.start), _ending(text, passage.end, end)
    spans = _spans(text, first, last, [(piece, anchor) for piece in _pieces(passage)])
    before = (SpanView("… "),) if first > start else ()
    behind = (SpanView(" …"),) if last < end else ()
    return _joined((*before, *spans, *behind))


def _beginning(text: SourceText, start: int, end: int) -> int:
    """Where to begin what is shown of the text between `start` and a passage: at a sentence, else at a word."""
    first = end - _ROOM
    if first <= start:
        return start
    bound = sentence_bounds(text.text[first:end], text.language)[1]
    if bound <= _ROOM // 3:
        return first + bound
    while first < end and not _is_word_bound(text.text, first):
        first += 1
    while first < end and text.text[first].isspace():
        first += 1
    return first


def _ending(text: SourceText, start: int, end: int) -> int:
    """Where to end what is shown of the text between a passage and `end`."""
    last = start + _ROOM
    if last >= end:
        return end
    bound = sentence_bounds(text.text[start:last], text.language)[-2]
    if bound >= 2 * _ROOM // 3:
        last = start + bound
    else:
        while last > start and not _is_word_bound(text.text, last):
            last -= 1
    while last > start and text.text[last - 1].isspace():
        last -= 1
    return last


def _is_word_bound(text: str, at: int) -> bool:
    return text[at].isspace() or text[at - 1].isspace() or is_bound(text, at)


def _joined(spans: Sequence[SpanView]) -> tuple[SpanView, ...]:
    """The same, where two that are plain are one."""
    joined: list[SpanView] = []
    for span in spans:
        if joined and not span.anchor and not joined[-1].anchor:
            span = SpanView(joined.pop().text + span.text)  # noqa: PLW2901
        joined.append(span)
    return tuple(joined)


def marked_paragraphs(
    text: SourceText, passages: Mapping[str, Passage]
) -> tuple[tuple[SpanView, ...], ...]:
    """A whole text by paragraphs, with the passages marked; they are given by anchor."""
    rows: dict[int, list[tuple[Passage, str]]] = {}
    for anchor, passage in passages.items():
        for piece in _pieces(passage):
            for number in paragraphs_of(text, piece):
                rows.setdefault(number, []).append((piece, anchor))
    return tuple(
        _spans(text, start, end, rows.get(number, ()))
        for number, (start, end) in enumerate(text.paragraphs)
    )


def _pieces(passage: Passage) -> list[Passage]:
    """The stretches of a passage that are quoted: one, but for edited quotations."""
    return [Passage(*piece) for piece in passage.pieces] or [passage]


def paragraphs_of(text: SourceText, passage: Passage) -> range:
    """The numbers of the paragraphs that a passage stands in."""
    first = bisect_right(text.paragraphs, passage.start, key=lambda bounds: bounds[1])
    last = bisect_left(text.paragraphs, passage.end, key=lambda bounds: bounds[0])
    return range(first, last)


def _spans(
    text: SourceText, start: int, end: int, rows: Sequence[tuple[Passage, str]]
) -> tuple[SpanView, ...]:
    """A stretch of text cut at the passages in it; where two overlap, the first has the text."""
    spans: list[SpanView] = []
    done = start
    for passage, anchor in rows:
        first, last = max(passage.start, done), min(passage.end, end)
        if first >= last:
            continue
        if first > done:
            spans.append(SpanView(text.text[done:first]))
        spans.append(SpanView(text.text[first:last], anchor))
        done = last
    if done < end:
        spans.append(SpanView(text.text[done:end]))
    return tuple(spans)
