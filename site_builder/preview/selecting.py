"""Citations of what a writer selects in the text of a source, and what of the text nothing cites.

A citation is made of the words as they are selected, and looked up like those of an author, so that it is
only offered if a build accepts it and finds the words where they were selected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from site_builder.editing import scalar
from site_builder.faults import Fault
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.graph import CitedSource
from site_builder.links.matching import Refused
from site_builder.links.spots import in_one_line
from site_builder.links.uncited import uncited_sentences
from site_builder.sources.places import place_at
from site_builder.text.bounds import is_bound
from site_builder.text.citing import read
from site_builder.text.places import MARKED, MOMENT, shown
from site_builder.text.quoted import compared
from site_builder.values import NamedTuple

_LINE_END = re.compile(r"(?<=\w)[-\u2010\u00ad\ufffe][ \t]*\n\s*(?=\w)")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"\w+$"), re.compile(r"\w+")
_LONGEST_WORD = 100
_MARKS = ('""', "“”", "«»", "「」", "„“")
"""Pairs of marks for a quotation, the first that the words allow."""
_LOOSE = ",;:，、；："
"""Punctuation that no quotation begins or ends with."""
MOST_SENTENCES = 200


class Citation(NamedTuple):
    """A citation to paste, for a text and for a field; or why there is none."""

    prose: str = ""
    yaml: str = ""
    problem: str = ""


class Uncited(NamedTuple):
    """A sentence that nothing cites."""

    anchor: str
    """The id of its paragraph."""
    place: str
    words: str


def offset_of(text: SourceText, paragraph: int, within: int) -> int:
    """The offset of the text that is an offset of a paragraph, counted from 1 as in its id."""
    start, end = text.paragraphs[max(0, min(paragraph, len(text.paragraphs)) - 1)]
    return max(start, min(end, start + within))


def citation_of(text: SourceText, slug: str, start: int, end: int) -> Citation | None:
    """The citation of what is selected between two offsets; None if that is no word."""
    start, end = _whole_words(text.text, start, end)
    words = _words(text, start, end)
    if not any(character.isalnum() for character in words):
        return None
    found = text.look_for(words)
    if isinstance(found, Refused):
        return Citation(problem=_explained(found))
    form = compared(words).text
    is_alone = text.compared.text.count(form) < 2
    if _is_at(found, start, end) and is_alone:
        return _written(slug, words, "")
    for place in _places(text, start):
        at = text.look_for(words, place)
        if not isinstance(at, Refused) and _is_at(at, start, end):
            return _written(slug, words, place)
    if _is_at(found, start, end):
        return _written(slug, words, "")
    return Citation(
        problem="These words stand earlier in the text, too, and a citation would lead there. "
        "Select more of them."
    )


def _explained(refused: Refused) -> str:
    if refused.reason:
        return f"{refused.reason[:1].upper()}{refused.reason[1:]}."
    return "These words can't be found again in the text. Select whole words."


def _is_at(found: Passage, start: int, end: int) -> bool:
    return found.start < end and start < found.end


def _places(text: SourceText, offset: int) -> Iterator[str]:
    """The places that hold an offset, as a citation names them, the usual one first."""
    kinds = ("", *MARKED, MOMENT)
    places = (place_at(text.form, offset, kind) for kind in kinds)
    yield from dict.fromkeys(shown(*place, "en") for place in places if place)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with whole words: one that is cut is kept if at least half of it is selected."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    first, last = _bound_before(text, start), _bound_after(text, start)
    if first < start < last:
        start = first if min(last, end) - start >= start - first else last
    first, last = _bound_before(text, end), _bound_after(text, end)
    if first < end < last:
        end = last if end - max(first, start) >= last - end else first
    while start < end and (text[start].isspace() or text[start] in _LOOSE):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _LOOSE):
        end -= 1
    return start, end


def _bound_before(text: str, at: int) -> int:
    first = at
    while first > 0 and at - first < _LONGEST_WORD and not is_bound(text, first, quotation=True):
        first -= 1
    return first


def _bound_after(text: str, at: int) -> int:
    last = at
    size = len(text)
    while last < size and last - at < _LONGEST_WORD and not is_bound(text, last, quotation=True):
        last += 1
    return last


def _words(text: SourceText, start: int, end: int) -> str:
    """The words of a stretch in one line, without the hyphens of ends of lines."""

    def joined(match: re.Match[str]) -> str:
        before = _WORD_BEFORE.search(match.string, 0, match.start())
        after = _WORD_AFTER.match(match.string, match.end())
        if before is None or after is None:
            return ""
        hyphenated = rf"(?<!\w){re.escape(before[0])}-{re.escape(after[0])}(?!\w)"
        if re.search(hyphenated, text.text):
            return "-"
        return "" if after[0][:1].islower() or match[0][0] in "\u00ad\ufffe" else "-"

    return in_one_line(_LINE_END.sub(joined, text.text[start:end]))


def _written(slug: str, words: str, place: str) -> Citation:
    """The citation in the marks that its words allow."""
    at = f", {place}" if place else ""
    for marks in _MARKS:
        item = f"{slug} {marks[0]}{words}{marks[1]}{at}"
        if _reads_as(item, slug, words, place):
            break
    else:
        escaped = words.replace("\\", "\\\\").replace('"', '\\"')
        item = f'{slug} "{escaped}"{at}'
    try:
        field = f"cite: {item}" if scalar(item) == item else _block(slug, words, place)
    except Fault:
        return Citation(
            problem="There is a character in these words that no content file may have."
        )
    return Citation(f"[@{item}]", field)


def _reads_as(item: str, slug: str, words: str, place: str) -> bool:
    group = read(f"@{item}]", closing="]")
    read_as = [(row.source, row.words, row.place) for row in group.items]
    return not group.problem and read_as == [(slug, words, place)]


def _block(slug: str, words: str, place: str) -> str:
    lines = ["cite:", f"  - source: {scalar(slug)}", f"    words: {scalar(words)}"]
    if place:
        lines.append(f"    at: {scalar(place)}")
    return "\n".join(lines)


def uncited(source: CitedSource) -> list[Uncited]:
    """The first sentences of a source that nothing cites."""
    text = source.text
    if text is None:
        return []
    passages = (passage for _, passage in source.passages.values())
    found = []
    number = 0
    for start, end in islice(uncited_sentences(text, passages), MOST_SENTENCES):
        while text.paragraphs[number][1] <= start:
            number += 1
        standing = place_at(text.form, start)
        place = shown(*standing, "en") if standing else ""
        found.append(Uncited(f"par-{number + 1}", place, in_one_line(text.text[start:end])))
    return found
