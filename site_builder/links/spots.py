"""Where quoted words stand in a source: the page, part or moment, and what an address needs to lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from urllib.parse import quote

from site_builder.links.evidence import Passage, SourceText
from site_builder.sources.places import Spot
from site_builder.text import lazily
from site_builder.text.bounds import UNSPACED, is_bound
from site_builder.text.places import MARKED, MOMENT, PAGE, seconds_of
from site_builder.text.quoted import WIDE_BEGINS, WIDE_ENDS

_LONGEST = 300
"""Characters of words that a text fragment has in full."""
_WORDS = 5
"""Words at each end of a text fragment for longer ones."""
_LONGEST_END = 100
"""Characters of such an end."""
_MOST_PIECES = 8
_PARAGRAPH = lazily.pattern(r"\n[ \t]*\n")
_UNSPACED_BREAK = lazily.pattern(
    rf"(?<=[{UNSPACED}{WIDE_ENDS}])\s*\n\s*(?=[{UNSPACED}{WIDE_BEGINS}])"
)
_PAUSE = lazily.pattern(r"[。！？，、；：.!?,;:]")


def spot_of(text: SourceText, passage: Passage) -> Spot:
    """Where a passage stands."""
    return spot_at(text, passage.start)._replace(
        directive=_directive(text, passage),
        edited=tuple(_edited(text.text, passage)),
        translated=tuple(text.translations_of(passage)),
    )


def spot_at(text: SourceText, offset: int) -> Spot:
    """Where an offset of a text stands."""
    page = text.form.at(offset, PAGE)
    moment = text.form.at(offset, MOMENT)
    parts = (text.form.at(offset, kind) for kind in MARKED)
    return Spot(
        page=page.rank if page and text.has_all_pages else 0,
        seconds=seconds_of(moment.label) if moment else -1,
        label=next((mark.label for mark in parts if mark), ""),
    )


def _edited(text: str, passage: Passage) -> Iterator[str]:
    for number, (start, end) in enumerate(passage.pieces):
        if number:
            yield in_one_line(text[passage.pieces[number - 1][1] : start], trim=False)
        yield in_one_line(text[start:end])


def in_one_line(words: str, *, trim: bool = True) -> str:
    """Words as they are read where lines don't end."""
    words = _UNSPACED_BREAK.sub("", words)
    joined = " ".join(words.split())
    if trim or not joined:
        return joined or (" " if words and not trim else "")
    return f"{' ' * words[0].isspace()}{joined}{' ' * words[-1].isspace()}"


# --- text fragments (https://wicg.github.io/scroll-to-text-fragment/) ---------------------------------------


def _directive(text: SourceText, passage: Passage) -> str:
    """The text fragment of a passage: a piece of it for each piece that is quoted."""
    pieces = passage.pieces or ((passage.start, passage.end),)
    whole = [_whole_words(text.text, *piece) for piece in pieces]
    if len(whole) > 1:
        whole = [(start, end) for start, end in whole if _has_words(text.text[start:end])]
    found = [_piece(text, start, end) for start, end in whole[:_MOST_PIECES] if start < end]
    return "&".join(f"text={piece}" for piece in found if piece)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the words that it cuts, as an edited quotation may: a browser finds no half of a word."""
    while end > start and (not is_bound(text, end) or text[end - 1].isspace()):
        end -= 1
    while start < end and (not is_bound(text, start) or text[start].isspace()):
        start += 1
    return start, end


def _has_words(piece: str) -> bool:
    """Whether a piece has more than a single word, which may stand anywhere."""
    return len(piece.split()) > 1 or re.search(f"[{UNSPACED}]{{2}}", piece) is not None


def _piece(text: SourceText, start: int, end: int) -> str:
    """A stretch for a text fragment: in full, or its two ends where it is long or spans several blocks."""
    words = text.text[start:end]
    breaks = [match.span() for match in _PARAGRAPH.finditer(words)]
    inner = (mark.start - start for mark in text.form.within(start, end))
    breaks = sorted(chain(breaks, ((at, at) for at in inner)))
    if not breaks and len(words) <= _LONGEST:
        return encoded(in_one_line(words))
    bounds = [0, *chain.from_iterable(breaks), len(words)]
    blocks = [words[a:b].strip() for a, b in pairwise(bounds)][::2]
    blocks = [block for block in blocks if block]
    first, last = _beginning(blocks[0]), _ending(blocks[-1])
    return f"{encoded(first)},{encoded(last)}" if first and last else ""


def _beginning(block: str) -> str:
    words = " ".join(in_one_line(block).split()[:_WORDS])
    if len(words) <= _LONGEST_END:
        return words
    ends = [match.start() for match in _PAUSE.finditer(words[:_LONGEST_END])]
    return words[: ends[-1]] if ends else ""


def _ending(block: str) -> str:
    words = " ".join(in_one_line(block).split()[-_WORDS:])
    if len(words) <= _LONGEST_END:
        return words
    ends = [
        match.end() for match in _PAUSE.finditer(words, len(words) - _LONGEST_END, len(words) - 1)
    ]
    return words[ends[0] :].strip() if ends else ""


def encoded(words: str) -> str:
    """Words for a text fragment: all but letters, digits, `_` and `.` is encoded.

    A hyphen and a comma would have a meaning in it.
    """
    return quote(words, safe="").replace("-", "%2D").replace("~", "%7E")
