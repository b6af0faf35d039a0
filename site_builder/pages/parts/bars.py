"""Few events on one scale: a bar for each, as long as what is known of when it happened."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence

from site_builder.content.dates import Date
from site_builder.pages.locale import Locale
from site_builder.pages.parts.axis import AxisView, Known, LabelView, Scale, closed, labels, percent
from site_builder.pages.parts.placing import Extent, Placed, extent_of
from site_builder.values import NamedTuple

MOST_DATED = 12
"""Dated events that each have a bar. More are drawn as blocks along one line."""
MOST = 0.5
"""A longer gap is cut, for then most of the line would be empty; again, for there may be several such gaps."""
BLOCK = 1.8
"""The least width of a bar in per cent."""
ROOM = 12.0
"""Room for what is older or later than any date, in per cent."""


class BarView(NamedTuple):
    """When an event happened, as a bar. Places are in per cent."""

    kind: str
    """`block` where it is dated, `within` where it was some time within it or about then, `span` where it has none."""
    x: str
    end: str
    width: str
    open_start: bool = False
    """Whether nothing says how early it can have been: an arrow."""
    open_end: bool = False
    disputed: bool = False
    planned: bool = False


class BarsView(NamedTuple):
    """Events with a bar each, and the axis above them."""

    axis: AxisView
    bars: tuple[BarView, ...]


def bars(events: Sequence[Placed], locale: Locale, among: Sequence[Placed]) -> BarsView:
    """The bars of `events`, on the scale of all events that are drawn on it anywhere (`among`).

    With dates that differ, the scale is true. Else it shows the order alone.
    """
    dated = [row for row in among if row.dated]
    if len({row.extent for row in dated}) > 1:
        return _on_scale(events, dated, among, locale)
    return _in_order(events, among, locale)


def _on_scale(
    events: Sequence[Placed], dated: Sequence[Placed], among: Sequence[Placed], locale: Locale
) -> BarsView:
    scale = Scale(
        (row.extent for row in dated),
        MOST,
        again=True,
        left=ROOM if any(row.extent.begin is None for row in among) else 0.0,
        right=ROOM if any(row.extent.end is None for row in among) else 0.0,
    )
    axis = AxisView(
        to_scale=True,
        labels=labels(scale, *_known(dated), locale),
        breaks=tuple(map(percent, scale.breaks)),
    )
    return BarsView(axis, tuple(_bar(row, *_ends(scale, row.extent)) for row in events))


def _known(dated: Sequence[Placed]) -> tuple[list[Known], list[Known]]:
    """Where these events begin and end; one that is open at an end stands at the other."""
    starts, stops = [], []
    for row in dated:
        date, (begin, end) = row.record.date, closed(row.extent)
        first = date.placed_by
        assert first is not None, row
        last = date.end if date.end and date.end.has_year else first
        starts.append(Known(begin, first))
        stops.append(Known(end, last))
    return starts, stops


def _ends(scale: Scale, extent: Extent) -> tuple[float, float]:
    return (
        0.0 if extent.begin is None else scale.at(extent.begin),
        100.0 if extent.end is None else scale.at(extent.end),
    )


def _in_order(events: Sequence[Placed], among: Sequence[Placed], locale: Locale) -> BarsView:
    """A step to the right for each event that is known to have come before."""
    steps = 1 + max((row.depth for row in among), default=0)
    labelled = {row.depth: row for row in among if row.dated}
    axis = AxisView(
        to_scale=False,
        labels=tuple(
            LabelView(
                locale.date(row.record.date._replace(text="")).text,
                percent(100 * depth / steps),
                "start" if depth < steps / 2 else "end",
            )
            for depth, row in list(labelled.items())[:1]
        ),
    )
    views = []
    for row in events:
        begin = 100 * row.depth / steps
        end = begin + BLOCK if row.dated else 100 * (row.depth + 1) / steps
        views.append(_bar(row, begin, end, in_order=True))
    return BarsView(axis, tuple(views))


def _bar(row: Placed, begin: float, end: float, *, in_order: bool = False) -> BarView:
    """A bar between two places."""
    date = row.record.date
    kind, open_start, open_end = "block", False, False
    if not row.dated:
        kind = "span"
        open_start = row.extent.begin is None and not (in_order and row.after)
        open_end = row.extent.end is None and not (in_order and row.before)
        if in_order and open_end:
            end = 100.0
    elif in_order:
        pass
    else:
        extent = extent_of(date)
        open_start, open_end = extent.begin is None, extent.end is None
        if _is_about(date) or (end - begin > BLOCK and not _is_exact(date)):
            kind = "within"
    begin, end = _wide_enough(begin, end)
    return BarView(
        kind,
        percent(begin),
        percent(end),
        percent(end - begin),
        open_start,
        open_end,
        row.disputed,
        row.record.planned,
    )


def _is_about(date: Date) -> bool:
    """Whether its author marked it as uncertain or approximate."""
    return any(moment.qualifier for moment in (date.begin, date.end) if moment)


def _is_exact(date: Date) -> bool:
    """Whether something happened all through this time, and not some time within it."""
    return date.is_interval or bool(date.begin and date.begin.is_exact)


def _wide_enough(begin: float, end: float) -> tuple[float, float]:
    """The same, at least as wide as a block, and within the drawing."""
    end = max(end, begin + BLOCK)
    return (
        (100.0 - BLOCK, 100.0)
        if end > 100.0 and begin > 100.0 - BLOCK
        else (begin, min(end, 100.0))
    )
