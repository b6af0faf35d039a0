"""What a source's page shows of its text: all of it, or what stands around the passages that something cites.

The text is shown once. Passages that overlap are joined and have one number.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from site_builder.links.evidence import Passage, SourceText
from site_builder.sources.text_form import Mark
from site_builder.text.bounds import is_bound
from site_builder.text.places import CALL, FOOTNOTE, MARKED, MOMENT, place_anchor
from site_builder.text.sentences import sentence_bounds
from site_builder.values import NamedTuple

_ROOM = 300
"""Characters that are shown of a paragraph before a passage, and as many behind it: the text of a source may be
one paragraph of many megabytes, with hundreds of passages in it."""

_HEAVY, _HEAVIEST = 4, 8
"""From how many statements on the line under words is thicker."""


class PlaceView(NamedTuple):
    """Where a page, a part or a moment begins, or the call of a footnote stands."""

    anchor: str
    """Its id, "" if it has none."""
    kind: str
    """`page`, `article`, `section`, `paragraph`, `recital`, `chapter`, `moment` or `footnote`."""
    label: str
    """What it is called, with who speaks from there on; "" where it is not to be shown."""


class SpanView(NamedTuple):
    """A stretch of a source's text."""

    text: str
    number: int = 0
    """The number of the passage it belongs to; 0 if nothing cites it."""
    weight: int = 0
    """How much rests on these words: 1, 2 or 3."""
    anchors: tuple[str, ...] = ()
    """The ids of the quotations that begin here."""
    on: str = ""
    """Where the passage ends, the id of what rests on it."""
    places: tuple[PlaceView, ...] = ()
    """The places that begin here."""
    is_gap: bool = False
    """Whether words were left out here."""


class ParagraphView(NamedTuple):
    """A paragraph of a source's text, or what is shown of it."""

    anchor: str
    """Its id, `par-12`; "" if its beginning is not shown."""
    spans: tuple[SpanView, ...]


class Joined(NamedTuple):
    """Passages that overlap: one passage for readers."""

    number: int
    passages: Mapping[str, Passage]
    """By anchor."""
    ranges: tuple[tuple[int, int], ...]
    """What is quoted of the text."""


def joined(passages: Mapping[str, Passage]) -> tuple[Joined, ...]:
    """The passages with those joined that overlap, in the order of the text."""
    pieces = sorted(
        (*piece, anchor) for anchor, passage in passages.items() for piece in passage.stretches
    )
    group: dict[str, str] = {anchor: anchor for anchor in passages}

    def leader(anchor: str) -> str:
        while group[anchor] != anchor:
            group[anchor] = anchor = group[group[anchor]]
        return anchor

    ranges: list[tuple[int, int, str]] = []
    for start, end, anchor in pieces:
        if ranges and start < ranges[-1][1]:
            first, last, other = ranges[-1]
            ranges[-1] = first, max(last, end), other
            group[leader(anchor)] = leader(other)
        else:
            ranges.append((start, end, anchor))
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end, anchor in ranges:
        found.setdefault(leader(anchor), []).append((start, end))
    members: dict[str, dict[str, Passage]] = {}
    for anchor, passage in passages.items():
        members.setdefault(leader(anchor), {})[anchor] = passage
    rows = enumerate(found.items(), start=1)
    return tuple(Joined(number, members[key], tuple(parts)) for number, (key, parts) in rows)


def shown(
    text: SourceText,
    groups: Sequence[Joined],
    uses: Mapping[str, Collection[object]],
    name: Callable[[str, str], str],
    *,
    whole: bool,
) -> tuple[ParagraphView, ...]:
    """The text by paragraphs, with the passages marked: all of it, or what stands around them.

    `uses` has what rests on each quotation, by its anchor; `name` says what a place is called, by its kind and
    label.
    """
    stretches = [(0, len(text.text))] if whole else _excerpts(text, groups, uses)
    return tuple(_Showing(text, groups, uses, name).paragraphs(stretches)) if stretches else ()


# --- excerpts ------------------------------------------------------------------------------------------


def _excerpts(
    text: SourceText, groups: Iterable[Joined], uses: Collection[str]
) -> list[tuple[int, int]]:
    """What is shown around the passages, and of the places that are cited without words: how they begin.

    Neighbours without a word between them are one.
    """
    around = [_around(text, passage) for group in groups for passage in group.passages.values()]
    wanted = {anchor for anchor in uses if anchor}
    places = (mark for mark in text.form.marks if place_anchor(mark.kind, mark.label) in wanted)
    found = sorted((*around, *filter(None, (_after(text, mark.start) for mark in places))))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and not _has_words(text.text, merged[-1][1], start):
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _has_words(text: str, start: int, end: int) -> bool:
    return any(text[at].isalnum() for at in range(start, end))


def _around(text: SourceText, passage: Passage) -> tuple[int, int]:
    """Start and end of what is shown around a passage in its paragraphs."""
    numbers = paragraphs_of(text, passage)
    if not numbers:
        return passage.start, passage.end
    start, end = text.paragraphs[numbers[0]][0], text.paragraphs[numbers[-1]][1]
    return _beginning(text, start, passage.start), _ending(text, passage.end, end)


def _after(text: SourceText, at: int) -> tuple[int, int] | None:
    """Start and end of what is shown of the paragraph that stands behind a mark; None if there is none."""
    number = bisect_right(text.paragraphs, at, key=lambda bounds: bounds[1])
    if number == len(text.paragraphs):
        return None
    first, last = text.paragraphs[number]
    start = max(first, at)
    return start, _ending(text, start, last)


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


def paragraphs_of(text: SourceText, passage: Passage) -> range:
    """The numbers of the paragraphs that a passage stands in."""
    first = bisect_right(text.paragraphs, passage.start, key=lambda bounds: bounds[1])
    last = bisect_left(text.paragraphs, passage.end, key=lambda bounds: bounds[0])
    return range(first, last)


# --- the text by paragraphs ------------------------------------------------------------------------------


def _weights(groups: Iterable[Joined], uses: Mapping[str, Collection[object]]) -> dict[int, int]:
    """How much rests on the words from each offset on at which a quotation begins or ends."""
    begin: dict[int, list[str]] = {}
    end: dict[int, list[str]] = {}
    for group in groups:
        for anchor, passage in group.passages.items():
            for first, last in passage.stretches:
                begin.setdefault(first, []).append(anchor)
                end.setdefault(last, []).append(anchor)
    weights = {}
    here: dict[str, None] = {}
    for at in sorted({*begin, *end}):
        for anchor in end.get(at, ()):
            here.pop(anchor, None)
        here.update(dict.fromkeys(begin.get(at, ())))
        resting: set[object] = set()
        for anchor in here:
            resting.update(uses.get(anchor, ()))
            if len(resting) >= _HEAVIEST:
                break
        weights[at] = 1 + (len(resting) >= _HEAVY) + (len(resting) >= _HEAVIEST)
    return weights


class _Showing:
    """Cuts stretches of one text at its paragraphs, passages and places."""

    def __init__(
        self,
        text: SourceText,
        groups: Sequence[Joined],
        uses: Mapping[str, Collection[object]],
        name: Callable[[str, str], str],
    ) -> None:
        self._text = text
        self._name = name
        self._ranges = sorted((*piece, group.number) for group in groups for piece in group.ranges)
        self._ends = {group.ranges[-1][1]: f"on-{next(iter(group.passages))}" for group in groups}
        self._anchors: dict[int, tuple[str, ...]] = {}
        for group in groups:
            for anchor, passage in group.passages.items():
                self._anchors[passage.start] = (*self._anchors.get(passage.start, ()), anchor)
        self._weights = _weights(groups, uses)
        self._cuts = sorted(self._weights)
        self._next_mark = 0
        self._taken: set[str] = set()
        """The ids of places that were given."""

    def paragraphs(self, stretches: Iterable[tuple[int, int]]) -> list[ParagraphView]:
        """The paragraphs of stretches of the text, with a sign where words between them are left out."""
        bounds, size = self._text.paragraphs, len(self._text.text)
        found: list[tuple[str, list[SpanView]]] = []
        done, current = 0, -1
        for start, end in stretches:
            for number in paragraphs_of(self._text, Passage(start, end)):
                first, last = max(start, bounds[number][0]), min(end, bounds[number][1])
                is_cut = current >= 0 and done < bounds[current][1]
                gap = self._gap(done, first)
                if gap and not is_cut and first == bounds[number][0]:
                    found.append(("", [gap]))
                elif gap and is_cut:
                    found[-1][1].append(gap)
                if number != current:
                    found.append((f"par-{number + 1}" if first == bounds[number][0] else "", []))
                if gap and not is_cut and first > bounds[number][0]:
                    found[-1][1].append(gap)
                found[-1][1].extend(self._cut(first, last))
                done, current = last, number
        gap = self._gap(done, size)
        if gap and done < bounds[current][1]:
            found[-1][1].append(gap)
        elif gap:
            found.append(("", [gap]))
        rest = self._places(size)
        if rest:
            found[-1][1].append(SpanView("", places=rest))
        return [ParagraphView(anchor, tuple(spans)) for anchor, spans in found]

    def _gap(self, start: int, end: int) -> SpanView | None:
        """The sign for words that are left out, with the places that begin among them."""
        if not _has_words(self._text.text, start, end):
            return None
        places = self._places(end - 1)
        last = {place.kind: at for at, place in enumerate(places)}
        kept = (
            place if last[place.kind] == at and place.kind != FOOTNOTE else place._replace(label="")
            for at, place in enumerate(places)
            if place.kind != CALL
        )
        return SpanView("", places=tuple(kept), is_gap=True)

    def _places(self, until: int) -> tuple[PlaceView, ...]:
        """The places that begin up to an offset, and were not shown before."""
        marks = self._text.form.marks
        first = self._next_mark
        while self._next_mark < len(marks) and marks[self._next_mark].start <= until:
            self._next_mark += 1
        return tuple(self._place(mark) for mark in marks[first : self._next_mark] if mark.label)

    def _place(self, mark: Mark) -> PlaceView:
        anchor = place_anchor(mark.kind, mark.label)
        if anchor in self._taken:
            anchor = ""
        self._taken.add(anchor)
        if mark.kind in (CALL, FOOTNOTE):
            return PlaceView(anchor, mark.kind, mark.label)
        if mark.kind not in (*MARKED, MOMENT):
            return PlaceView(anchor, mark.kind, "")
        label = self._name(mark.kind, mark.label)
        return PlaceView(anchor, mark.kind, f"{label} {mark.speaker}".rstrip())

    def _changes(self, at: int) -> bool:
        """Whether what stands behind an offset looks unlike what stands before it."""
        return self._looks(at - 1) != self._looks(at)

    def _looks(self, at: int) -> tuple[int, int]:
        """The number of the passage and the weight of the character at an offset; zeros if nothing cites it."""
        row = bisect_right(self._ranges, at, key=lambda row: row[0]) - 1
        if row < 0 or at >= self._ranges[row][1]:
            return 0, 0
        return self._ranges[row][2], self._weights[self._cuts[bisect_right(self._cuts, at) - 1]]

    def _cut(self, start: int, end: int) -> Iterator[SpanView]:
        """A stretch within a paragraph, cut where passages and places begin and end."""
        cuts = self._cuts[bisect_left(self._cuts, start) : bisect_right(self._cuts, end)]
        cuts = [at for at in cuts if at in self._anchors or self._changes(at)]
        marks = (mark.start for mark in self._text.form.within(start, end))
        for first, last in pairwise(sorted({start, end, *cuts, *marks})):
            number, weight = self._looks(first)
            yield SpanView(
                self._text.text[first:last],
                number,
                weight,
                self._anchors.get(first, ()),
                self._ends.get(last, "") if number else "",
                self._places(first),
            )
