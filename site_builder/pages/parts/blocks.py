"""Many events as blocks along a true scale, and the time in which most of them fall on a second, longer one."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections import Counter
from collections.abc import Sequence

from site_builder.content.moments import Moment
from site_builder.pages.locale import Locale
from site_builder.pages.parts.axis import AxisView, Known, Scale, labels, percent
from site_builder.pages.parts.placing import Extent, Placed
from site_builder.values import NamedTuple

MOST = 0.2
"""A gap that takes more of the time is cut."""
COLUMNS = 72
"""Places for blocks along a line: on a phone a column is five pixels wide."""
TALLEST = 14
"""Blocks of a stack at their full height. A taller stack is squeezed, and its number stands above it."""
BLOCK = 5
GAP = 1
"""The height of a block and the space above it, in pixels."""
HEIGHT = TALLEST * (BLOCK + GAP)
NUMBER_ROOM = 16
"""Room for numbers above the stacks."""
_APART = 6
"""Columns that two numbers need between them."""
DENSE = 0.05
"""Where half of the events fall in less of the time, that time is magnified."""


class BlockView(NamedTuple):
    """An event as a block on a line."""

    number: int
    """Its number in the list of all events."""
    x: str
    y: str
    """Its upper edge in pixels."""
    height: str
    importance: str
    disputed: bool = False
    planned: bool = False


class StackView(NamedTuple):
    """The number of a stack that is squeezed."""

    x: str
    """The middle of the stack."""
    total: int


class LineView(NamedTuple):
    """A line of time with its blocks. Lengths are pixels, places per cent."""

    axis: AxisView
    blocks: tuple[BlockView, ...]
    stacks: tuple[StackView, ...]
    height: int
    """From the top of the drawing to the line."""


class BlocksView(NamedTuple):
    """Many events as a drawing."""

    width: str
    """The width of a block."""
    line: LineView
    near: LineView | None = None
    """The time in which half of the events fall, magnified; None where they are spread out."""
    window: tuple[str, str] = ("", "")
    """Where that time is on the first line."""
    near_count: int = 0
    """How many events fall in it."""
    undated: int = 0
    """Events that are not drawn, as nothing says when they were."""
    disputed: bool = False
    """Whether any of those drawn is."""
    planned: bool = False


def blocks(events: Sequence[Placed], locale: Locale) -> BlocksView:
    """The drawing of these events, of which some are dated."""
    dated = [row for row in events if row.dated]
    extents = [Extent(_at(row), _at(row)) for row in dated]
    scale = Scale(extents, MOST)
    view = BlocksView(
        width=percent(100 / COLUMNS * 0.86),
        line=_line(dated, scale, locale),
        undated=len(events) - len(dated),
        disputed=any(row.disputed for row in dated),
        planned=any(row.record.planned for row in dated),
    )
    window = _densest(sorted(map(_at, dated)))
    if window is None or (window[1] - window[0]) >= DENSE * (scale.end - scale.begin):
        return view
    begin, end = window
    inside = [row for row in dated if begin <= _at(row) <= end]
    near = Scale([Extent(begin, begin), Extent(end, end)])
    return view._replace(
        near=_line(inside, near, locale),
        window=(percent(scale.at(begin)), percent(scale.at(end))),
        near_count=len(inside),
    )


def _at(row: Placed) -> int:
    """The second at which a dated event stands: where it begins, else where it ends."""
    at = row.extent.begin if row.extent.begin is not None else row.extent.end
    assert at is not None, row
    return at


def _moment(row: Placed) -> Moment:
    """What places it there."""
    moment = row.record.date.placed_by
    assert moment is not None, row
    return moment


def _densest(times: Sequence[int]) -> tuple[int, int] | None:
    """The shortest time with half of all events in it; None if they are all at once."""
    half = (len(times) + 1) // 2
    windows = ((times[i], times[i + half - 1]) for i in range(len(times) - half + 1))
    shortest = min(windows, key=lambda window: window[1] - window[0])
    return shortest if shortest[1] > shortest[0] else None


def _line(rows: Sequence[Placed], scale: Scale, locale: Locale) -> LineView:
    """The blocks of these events, stacked where they fall in one column."""
    column = {row.number: _column(scale.at(_at(row))) for row in rows}
    sizes = Counter(column.values())
    tallest = min(TALLEST, max(sizes.values()))
    numbers = _numbered({at: size for at, size in sizes.items() if size > TALLEST})
    top = tallest * (BLOCK + GAP) + (NUMBER_ROOM if numbers else 0)
    below: Counter[int] = Counter()
    views = []
    for row in rows:
        at = column[row.number]
        step = min(float(BLOCK + GAP), HEIGHT / sizes[at])
        below[at] += 1
        views.append(
            BlockView(
                row.number,
                percent(at * 100 / COLUMNS),
                f"{top - below[at] * step:.3g}",
                f"{step * BLOCK / (BLOCK + GAP):.2g}",
                row.record.importance,
                row.disputed,
                row.record.planned,
            )
        )
    known = [Known(_at(row), _moment(row)) for row in rows]
    return LineView(
        axis=AxisView(True, labels(scale, known, known, locale), tuple(map(percent, scale.breaks))),
        blocks=tuple(views),
        stacks=tuple(
            StackView(percent((at + 0.43) * 100 / COLUMNS), count) for at, count in numbers
        ),
        height=top,
    )


def _column(place: float) -> int:
    return min(COLUMNS - 1, int(place * COLUMNS / 100))


def _numbered(sizes: dict[int, int]) -> list[tuple[int, int]]:
    """The stacks whose number is shown, the largest of those that stand close together."""
    shown: list[tuple[int, int]] = []
    for at, size in sorted(sizes.items(), key=lambda row: (-row[1], row[0])):
        if all(abs(at - other) >= _APART for other, _ in shown):
            shown.append((at, size))
    return sorted(shown)
