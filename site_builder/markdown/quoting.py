"""What runs of Markdown quote and cite, and where in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_builder.markdown.document import (
    Citation,
    Html,
    Inline,
    LinkOpen,
    Part,
    Picture,
    words_of_part,
)
from site_builder.text import lazily
from site_builder.text.quoting import Quoted, may_quote, quotations_in
from site_builder.values import NamedTuple

_CODE = lazily.pattern(
    r"<code\b.*?</code>|<sup class=\"footnote-ref\">.*?</sup>|<kbd\b.*?</kbd>", re.DOTALL
)
_NO_MARK = "\ufffc"
"""Replaces code and calls of footnotes: no quotation mark in them counts."""
_AFTER_SOURCE = lazily.pattern(r"@[^\s@\[\]]+[\s,:]*\Z")
"""What stands before the words of a citation that can't be read."""
_REACH = 100


class QuotingRun(NamedTuple):
    """A run with what it quotes and cites."""

    inline: Inline
    text: str
    citations: tuple[tuple[Citation, int], ...]
    """Each with its offset in the text."""
    quoted: tuple[Quoted, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether all its citations can be read."""
        return "[@" not in self.text


def quoting_runs(inlines: Sequence[Inline]) -> list[QuotingRun]:
    """The runs that may quote, with what they quote. Headings and defined terms quote nothing, and no label of a link is a quotation."""
    if not any(map(_may_quote, inlines)):
        return []
    read = [_read(inline) for inline in inlines if inline.linkable or inline.quoted]
    quoted = quotations_in([run.text for run, _ in read], [run.inline.quoted for run, _ in read])
    return [
        run._replace(quoted=tuple(row for row in rows if _is_wanted(row, run.text, links)))
        for (run, links), rows in zip(read, quoted, strict=True)
    ]


def _is_wanted(row: Quoted, text: str, links: frozenset[tuple[int, int]]) -> bool:
    before = text[max(0, row.start - _REACH) : max(0, row.start - 1)]
    return (row.start, row.end) not in links and not _AFTER_SOURCE.search(before)


def _may_quote(inline: Inline) -> bool:
    """Whether a run may have quotation marks. Most have none, which is soon found out."""
    if inline.quoted:
        return True
    for part in inline.parts:
        if isinstance(part, str):
            text = part
        elif isinstance(part, Html):
            text = part.markup
        else:
            text = words_of_part(part)
        if text and may_quote(text):
            return True
    return False


def _text_of(part: Part) -> str:
    """The words of a part that may be quoted; code is no text."""
    if isinstance(part, Picture):
        return ""
    if isinstance(part, Html) and "<" in part.markup:
        return words_of_part(Html(_CODE.sub(_NO_MARK, part.markup)))
    return words_of_part(part)


def _read(inline: Inline) -> tuple[QuotingRun, frozenset[tuple[int, int]]]:
    """A run, and start and end of the labels of its links, with marks around them and without."""
    pieces: list[str] = []
    citations: list[tuple[Citation, int]] = []
    links: list[tuple[int, int]] = []
    size = opened = 0
    for part in inline.parts:
        text = _text_of(part)
        if isinstance(part, Citation):
            citations.append((part, size))
        elif isinstance(part, LinkOpen):
            opened = size
        elif isinstance(part, Html) and "</a>" in part.markup:
            label = _text_of(Html(part.markup.partition("</a>")[0]))
            links.append((opened, size + len(label)))
        pieces.append(text)
        size += len(text)
    run = QuotingRun(inline, "".join(pieces), tuple(citations))
    return run, frozenset((*links, *((start + 1, end - 1) for start, end in links)))
