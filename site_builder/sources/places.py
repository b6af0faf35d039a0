"""Where in a source something stands: the place that its marks say, and whether a cited place is right.

A place is checked against the marks of its own kind. A text without such marks says nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from site_builder.sources.text_form import Mark, SourceForm
from site_builder.text.places import (
    ARTICLE,
    CALL,
    CHAPTER,
    FOOTNOTE,
    MOMENT,
    PAGE,
    PARAGRAPH,
    RECITAL,
    SECTION,
    Part,
    is_within,
    number_of,
    parts_of,
    seconds_of,
)
from site_builder.values import NamedTuple

_PREFERRED = (MOMENT, ARTICLE, SECTION, PAGE, PARAGRAPH, RECITAL, CHAPTER)
"""The kinds of which a place is named, the first that there is."""

Stretches = list[tuple[int, int]]


class Standing(NamedTuple):
    """A place of a text, by its kind and its label: `("page", "iv")`."""

    kind: str
    label: str


class Spot(NamedTuple):
    """Where quoted words stand."""

    page: int = 0
    """The number of the page in its file, from 1; 0 if the text does not say."""
    seconds: int = -1
    """From the beginning of a recording; -1 if the text does not say."""
    label: str = ""
    """The printed number of the page, else of the part; "" if the text has none."""
    directive: str = ""
    """What a text fragment of an address has behind `:~:`; "" if there is none that would find the words."""
    edited: tuple[str, ...] = ()
    """Of an edited quotation: the words of the source, by turns those that are quoted and those that are not."""

    translated: tuple[str, ...] = ()
    """Translations of the words by those who write the site."""


NOWHERE = Spot()


def place_at(form: SourceForm, offset: int, kind: str = "") -> Standing | None:
    """Where an offset of the words stands, of a kind or of the one by which people would cite it."""
    for wanted in (kind,) if kind else _PREFERRED:
        mark = form.at(offset, wanted)
        if mark:
            return Standing(wanted, mark.label)
    return None


class CitedPlace(NamedTuple):
    """A place that is cited, as far as the marks of a text know it."""

    stretches: tuple[Stretches, ...] = ()
    """What stands in it, for each kind of mark that it names; words have to stand in one of each."""
    unknown: Part | None = None
    """A part of it that the text would have marked, but has not."""
    first: Mark | None = None
    """The mark with which it begins."""

    def holds(self, pieces: Iterable[tuple[int, int]]) -> bool:
        """Whether one of the pieces of a quotation stands in it, at least in part."""
        return any(all(_overlap(rows, *piece) for rows in self.stretches) for piece in pieces)


def _overlap(stretches: Stretches, start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in stretches)


def cited_place(form: SourceForm, place: str) -> CitedPlace:
    """What the marks of a text say of a place."""
    by_kind: dict[str, Stretches] = {}
    first: Mark | None = None
    for part in parts_of(place):
        marks = _citable(form, part.kind)
        if not marks:
            continue
        wanted = _moments(marks, part) if part.kind == MOMENT else _numbered(marks, part)
        if not wanted and part.kind == FOOTNOTE and _marked(form.marks_of(CALL), part.first):
            continue  # a footnote that is called, and whose own text is not marked
        if not wanted:
            return CitedPlace(unknown=part)
        first = first or wanted[0]
        ranks = frozenset(mark.rank for mark in wanted)
        by_kind.setdefault(part.kind, []).extend(_with_ranks(form, part.kind, ranks))
    return CitedPlace(tuple(by_kind.values()), None, first)


def _citable(form: SourceForm, kind: str) -> list[Mark]:
    """The marks of a kind, each once, without footnotes that nobody can cite, such as `[^*]`."""
    marks = {mark.rank: mark for mark in reversed(form.marks_of(kind)) if mark.label}
    found = sorted(marks.values(), key=lambda mark: mark.rank)
    return [mark for mark in found if mark.label[0].isalnum()] if kind == FOOTNOTE else found


def _with_ranks(form: SourceForm, kind: str, ranks: Set[int]) -> Stretches:
    """What stands in the places of a kind, by their ranks, with the footnotes that belong to them."""
    return form.stretches_where(kind, lambda mark: mark.rank in ranks)


def _moments(marks: Sequence[Mark], part: Part) -> list[Mark]:
    """The marks of the stretches of time that a moment, or a range of them, falls in."""
    start = seconds_of(part.first)
    end = max(start, seconds_of(part.last)) if part.last else start
    starts = [seconds_of(mark.label) for mark in marks]
    ends = [*starts[1:], None]
    return [
        mark
        for mark, first, last in zip(marks, starts, ends, strict=True)
        if first <= end and (last is None or start < last)
    ]


def _numbered(marks: Sequence[Mark], part: Part) -> list[Mark]:
    first = number_of(part.first)
    begins = _marked(marks, first)
    last = part.last
    if not begins and not last and first.rstrip("f") != first:  # S. 3f
        last = first[len(first.rstrip("f")) :]
        begins = _marked(marks, first.rstrip("f"))
    if not begins or not last:
        return begins
    if last in ("f", "ff"):
        at = marks.index(begins[0])
        return list(marks[at : at + 2] if last == "f" else marks[at:])
    ends = _marked(marks, number_of(last)) or _marked(marks, _filled(first, last))
    return list(_ranges(marks, frozenset(begins), frozenset(ends)))


def _ranges(marks: Sequence[Mark], begins: Set[Mark], ends: Set[Mark]) -> Iterator[Mark]:
    """The marks from each beginning to the last end before the next: lines are counted anew on each page."""
    inside: list[Mark] = []
    ended = 0
    """How many of them there are up to the last end."""
    before: Mark | None = None
    for mark in marks:
        if mark in begins and before not in begins:
            yield from inside[:ended]
            inside, ended = [], 0
        if inside or mark in begins:
            inside.append(mark)
        if inside and mark in ends:
            ended = len(inside)
        before = mark
    yield from inside[:ended]


def _marked(marks: Sequence[Mark], number: str) -> list[Mark]:
    """The marks of a number and of its parts; else that of which it is a part: only `53` may be marked for `53(2)`."""
    found = [mark for mark in marks if is_within(number_of(mark.label), number)]
    if found:
        return found
    wholes = [mark for mark in marks if is_within(number, number_of(mark.label))]
    longest = max((len(number_of(mark.label)) for mark in wholes), default=0)
    return [mark for mark in wholes if len(number_of(mark.label)) == longest]


def _filled(first: str, last: str) -> str:
    """The end of a range with the digits that it shares with its beginning: 123-5 ends at 125."""
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        return first[: -len(last)] + last
    return last


def span_of(form: SourceForm, kind: str) -> tuple[str, str]:
    """The first and the last label of a kind of which the text has marks."""
    marks = _citable(form, kind)
    return marks[0].label, marks[-1].label
