"""The quotations in running text: what stands between double, angle or corner marks, and block quotations."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.text import lazily
from site_builder.text.quotes import PAIRS, quoted_in_paragraphs
from site_builder.values import NamedTuple

_OPENING = "".join(
    pair.opens for pair in PAIRS.values() if pair.family != "single" and pair.opens != '"'
)
_MARK = lazily.pattern(f'["{_OPENING}]')
_SIGNED = lazily.pattern(r"(?:\A|\n)[ \t]*(?:—|–|--?|―)[ \t]*[^\n]{1,200}\Z")
"""The last line of a block quotation that says whose words it has."""


class Quoted(NamedTuple):
    """Quoted words, and where they stand in their paragraph: from the first of them, without marks, to the last."""

    words: str
    start: int
    end: int
    inner: tuple[Quoted, ...] = ()
    """Of a block quotation, what stands between marks in it."""
    goes_on: bool = False
    """Whether it is not closed in its paragraph, and goes on in the next one."""


def may_quote(text: str) -> bool:
    """Whether there is a quotation mark in a text."""
    return '"' in text if text.isascii() else _MARK.search(text) is not None


def quotations_in(paragraphs: Sequence[str], are_blocks: Sequence[bool]) -> list[list[Quoted]]:
    """The quotations of each paragraph; a paragraph of a block quotation is one."""
    marked = [
        [row for row in (_without_marks(text, *stretch) for stretch in stretches) if row]
        for text, stretches in zip(paragraphs, quoted_in_paragraphs(paragraphs), strict=True)
    ]
    return [
        _of_block(text, rows) if is_block else rows
        for text, rows, is_block in zip(paragraphs, marked, are_blocks, strict=True)
    ]


def _without_marks(text: str, start: int, end: int) -> Quoted | None:
    """What stands between marks that may be looked up; None if they are single ones."""
    if PAIRS[text[start]].family == "single":
        return None
    is_closed = end - start > 1 and text[end - 1] in PAIRS[text[start]].closes
    row = _trimmed(text, start + 1, end - 1 if is_closed else end)
    return row._replace(goes_on=not is_closed) if row else None


def _of_block(text: str, marked: Sequence[Quoted]) -> list[Quoted]:
    signed = _SIGNED.search(text)
    end = signed.start() if signed else len(text)
    inner = tuple(row for row in marked if row.end <= end)
    if len(inner) == 1 and not any(
        c.isalnum() for c in text[: inner[0].start] + text[inner[0].end : end]
    ):
        return [inner[0]]
    row = _trimmed(text, 0, end)
    return [row._replace(inner=inner)] if row else []


def _trimmed(text: str, start: int, end: int) -> Quoted | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Quoted(words, start, start + len(words)) if words else None
