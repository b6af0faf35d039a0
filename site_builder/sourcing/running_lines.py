"""What of a page is not the document's: running headers and footers, page numbers, numbers of lines.

A line at a page's edge is one of them if it has the page's number, which rises by one a page, or if it
is the same on many pages and stands apart from the text. Laws repeat lines as well; those are text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from site_builder.sourcing.pdf_page import Line, without_marks
from site_builder.values import NamedTuple

_DEEPEST = 4
"""Lines at an edge that are looked at."""
_LONGEST = 200
_NEAR = 4
"""Pages before and after one among which its header is looked for."""
_ALIKE = 80
_NUMBER = re.compile(r"(?<![\w.,/-])(?:\d{1,6}|[ivxlc]{1,7})(?![\w/]|[.,]\d)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_FEWEST_NUMBERED_LINES = 8
_FEWEST_LONG_LINES = 5
_LINE_NUMBER = re.compile(r"(\d{1,3})(?:\s+|$)")


class Running(NamedTuple):
    """What was found: the numbers of lines on each page that are left out, and the labels of pages."""

    left_out: list[set[int]]
    labels: list[str]
    """The number that is printed on each page; "" if none is."""
    forms: list[str]
    """The lines that are left out on most pages, with `#` for their numbers."""


class _Row(NamedTuple):
    """What stands side by side at the edge of a page."""

    text: str
    lines: tuple[int, ...]
    stands_apart: bool
    bottom: float


def find_running_lines(pages: Sequence[Sequence[Line]]) -> Running:
    """The running headers and footers of a document."""
    edges = [_edges(lines) for lines in pages]
    offsets = _offsets(edges)
    left_out: list[set[int]] = [set() for _ in pages]
    labels = ["" for _ in pages]
    forms: Counter[str] = Counter()
    for is_top in (True, False):
        rows = [edge[is_top] for edge in edges]
        for depth in range(_DEEPEST):
            alike = _alike([row[depth] if depth < len(row) else None for row in rows])
            for number, row in enumerate(rows):
                if depth >= len(row) or (depth and row[depth - 1].lines[0] not in left_out[number]):
                    continue
                label = _page_number(row[depth].text, number, offsets)
                if label and not _is_known(row[depth].text, number, rows, depth):
                    label = ""
                if label or form_of(row[depth].text) in alike:
                    left_out[number].update(row[depth].lines)
                    labels[number] = labels[number] or label
                    forms[form_of(row[depth].text)] += 1
    _find_margins(pages, left_out, labels, forms)
    return Running(left_out, labels, [form for form, _ in forms.most_common(3)])


def _find_margins(
    pages: Sequence[Sequence[Line]],
    left_out: Sequence[set[int]],
    labels: list[str],
    forms: Counter[str],
) -> None:
    """Finds what runs at the side of the text, as in journals: titles, and numbers of pages."""
    places: dict[str, list[tuple[int, _Row]]] = {}
    for number, lines in enumerate(pages):
        for row in _margin(lines):
            places.setdefault(form_of(row.text), []).append((number, row))
    for form, found in places.items():
        if len(found) < max(3, len(pages) // 10) or not _runs(found):
            continue
        for number, row in found:
            left_out[number].update(row.lines)
            forms[form] += 1
            if row.text.isdigit():
                labels[number] = labels[number] or row.text


def _margin(lines: Sequence[Line]) -> list[_Row]:
    """The lines of a page that stand beside all its long lines."""
    widest = max((line.right - line.left for line in lines), default=0.0)
    long = [line for line in lines if line.right - line.left > 0.6 * widest]
    if len(long) < _FEWEST_LONG_LINES:
        return []
    left, right = min(line.left for line in long), max(line.right for line in long)
    return [
        _Row(line.text, (at,), stands_apart=True, bottom=line.bottom)
        for at, line in enumerate(lines)
        if line.right < left or line.left > right
    ]


def _is_known(text: str, number: int, rows: Sequence[Sequence[_Row]], depth: int) -> bool:
    """Whether a row with a page's number has nothing else, or is much like that of another page nearby."""
    form = form_of(text)
    if not re.sub(r"page|seite|[^\w]|_|#|\b[ivxlc]+\b", "", form.lower()):
        return True
    near = (*rows[max(0, number - _NEAR) : number], *rows[number + 1 : number + 1 + _NEAR])
    return any(
        fuzz.ratio(form, form_of(other.text)) >= _ALIKE
        for row in near
        for other in row[max(0, depth - 1) : depth + 2]
    )


def form_of(text: str) -> str:
    """A line with `#` for each number."""
    return _DIGITS.sub("#", text)


def _edges(lines: Sequence[Line]) -> tuple[list[_Row], list[_Row]]:
    """The rows at the bottom and at the top of a page, the outermost first."""
    order = sorted(range(len(lines)), key=lambda at: -lines[at].top)
    top, bottom = _rows(lines, order), _rows(lines, order[::-1])
    if len(top) < 2 * _DEEPEST:
        half = len(top) // 2
        top, bottom = top[:half], bottom[: len(bottom) - half]
    return bottom, top


def _rows(lines: Sequence[Line], order: Sequence[int]) -> list[_Row]:
    """The first rows of a page, in an order from one of its edges."""
    rows: list[list[int]] = []
    for at in order:
        if rows and _overlap(lines[rows[-1][0]], lines[at]) > 0.5:
            rows[-1].append(at)
        elif len(rows) > 2 * _DEEPEST:
            break
        else:
            rows.append([at])
    found = []
    for number, row in enumerate(rows):
        text = " ".join(lines[at].text for at in sorted(row, key=lambda at: lines[at].left))
        text = without_marks(text)
        inner = rows[number + 1] if number + 1 < len(rows) else []
        found.append(
            _Row(text[:_LONGEST], tuple(row), _is_apart(lines, row, inner), lines[row[0]].bottom)
        )
    return found


def _overlap(line: Line, other: Line) -> float:
    """How much of the lower of two lines stands beside the other."""
    common = min(line.top, other.top) - max(line.bottom, other.bottom)
    return common / max(0.1, min(line.top - line.bottom, other.top - other.bottom))


def _is_apart(lines: Sequence[Line], row: Sequence[int], inner: Sequence[int]) -> bool:
    """Whether a row is further from the next than lines of the text, or in another type."""
    line = lines[row[0]]
    body = median(one.size for one in lines)
    if abs(line.size - body) > 0.08 * body or not inner:
        return True
    gaps = (max(lines[at].bottom - line.top, line.bottom - lines[at].top) for at in inner)
    return min(gaps) > 0.6 * line.size


def _numbers(text: str) -> Iterable[tuple[int, str]]:
    """The numbers of a line that may be that of its page: its value, negative for Roman ones, and as written."""
    for match in _NUMBER.finditer(text):
        written = match[0]
        is_edge = not text[: match.start()].strip(" -–—|•·[(") or not text[match.end() :].strip(
            " -–—|•·])."
        )
        before = text[: match.start()].rstrip().lower()
        if not is_edge and not before.endswith(
            ("page", "seite", "p.", "s.", "pag.", "página", "стр.")
        ):
            continue
        if written.isdigit():
            yield int(written), written
        elif value := _roman(written):
            yield -value, written


def _roman(written: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    digits = [values[one] for one in written.lower()]
    for one, following in zip(digits, [*digits[1:], 0], strict=True):
        total += -one if one < following else one
    return total


def _offsets(edges: Sequence[tuple[list[_Row], list[_Row]]]) -> set[tuple[bool, int]]:
    """By how much the printed number of a page differs from its place, for Roman and other numbers."""
    votes: Counter[tuple[bool, int]] = Counter()
    for number, (bottom, top) in enumerate(edges):
        rows = (*top[:2], *bottom[:2])
        values = {value for row in rows for value, _ in _numbers(row.text)}
        votes.update({(value < 0, abs(value) - number) for value in values})
    enough = 2 if len(edges) < 5 else max(3, len(edges) // 10)
    return {offset for offset, count in votes.items() if count >= enough}


def _page_number(text: str, number: int, offsets: set[tuple[bool, int]]) -> str:
    """The printed number of a page, if a line has it; "" if it has none."""
    for value, written in _numbers(text):
        if (value < 0, abs(value) - number) in offsets:
            return written
    return ""


def _alike(rows: Sequence[_Row | None]) -> set[str]:
    """The forms of rows at one depth that are the same on many pages, but for a number that rises by one a page."""
    places: dict[str, list[tuple[int, _Row]]] = {}
    for number, row in enumerate(rows):
        if row is not None:
            places.setdefault(form_of(row.text), []).append((number, row))
    enough = 2 if len(rows) < 4 else max(3, len(rows) // 10)
    return {form for form, found in places.items() if len(found) >= enough and _runs(found)}


def _runs(found: Sequence[tuple[int, _Row]]) -> bool:
    """Whether rows of one form, each with its page, are running lines."""
    rises = False
    columns = zip(*(_DIGITS.findall(row.text) for _, row in found), strict=False)
    for column in columns:
        constant = Counter(column).most_common(1)[0][1]
        offsets = Counter(int(value) - page for value, (page, _) in zip(column, found, strict=True))
        rising = offsets.most_common(1)[0][1]
        if max(constant, rising) * 5 < len(found) * 4:
            return False
        rises = rises or rising > constant
    bottoms = [row.bottom for _, row in found]
    near = sum(abs(one - median(bottoms)) < 15 for one in bottoms)
    apart = sum(row.stands_apart for _, row in found)
    return rises or (apart * 2 > len(found) and near * 2 > len(found))


# --- numbers of lines ------------------------------------------------------------------------


def without_line_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines of a page without the numbers at their margin; and these numbers."""
    alone = _longest_run([line for line in lines if line.text.isdigit() and len(line.text) <= 3])
    if _are_in_order([int(line.text) for line in alone]):
        numbers = {id(line) for line in alone}
        return [line for line in lines if id(line) not in numbers], [line.text for line in alone]
    starts = [(line, match) for line in lines if (match := _LINE_NUMBER.match(line.text))]
    values = [int(match[1]) for _, match in starts]
    if len(starts) * 5 < len(lines) * 4 or not _are_in_order(values):
        return list(lines), []
    ends = {id(line): match.end() for line, match in starts}
    kept = [
        line._replace(text=line.text[ends[id(line)] :]) if id(line) in ends else line
        for line in lines
    ]
    return [line for line in kept if line.text], [match[1] for _, match in starts]


def _are_in_order(values: Sequence[int]) -> bool:
    """Whether numbers rise by one each, or by five, but for a few."""
    if len(values) < _FEWEST_NUMBERED_LINES and values != [5, 10, 15, 20, 25, 30][: len(values)]:
        return False
    if len(values) < 3:
        return False
    steps = Counter(after - before for before, after in pairwise(values))
    step, count = steps.most_common(1)[0]
    return step in {1, 2, 5, 10} and count * 10 >= (len(values) - 1) * 9


def _longest_run(lines: Sequence[Line]) -> list[Line]:
    """The most lines that stand in one column, each below the one before, with numbers that rise."""
    best: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if run and not _is_next(run[-1], line):
            run = []
        run.append(line)
        if len(run) > len(best):
            best = list(run)
    return best


def _is_next(line: Line, following: Line) -> bool:
    width = 1.2 * line.size
    aligned = abs(line.right - following.right) < width or abs(line.left - following.left) < width
    return (
        aligned
        and line.bottom > following.bottom
        and 0 < int(following.text) - int(line.text) <= 10
    )
