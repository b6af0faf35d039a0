"""The timeline's measures: the time between events, and the chart of who took part in what.

Both keep to what the dates say. A gap between two days is their difference on the calendar, as the dates
were given; where a date is coarser, it is what must have passed at least, from the last day that one may
mean to the first day that the next may. The chart sets events evenly apart, in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from site_builder.content.dates import Date, Day
from site_builder.pages.contexts import (
    Card,
    ChartColumnView,
    ChartRowView,
    EventView,
    GapView,
    TimelineChartView,
)
from site_builder.pages.lettering import text_width

_FEWEST_DAYS = 14
"""A gap of fewer days is not worth a line."""
MOST_EVENTS = 60
"""Columns of a chart; more help nobody."""
COLUMN = 30
ROW = 24
LABEL_SIZE = 14
"""The size of letters in pixels; `site.css` has the same."""
TOP = 96
"""Room for years and numbers above the rows."""
GROUP_GAP = 22


def gap(before: Date, after: Date) -> GapView | None:
    """The time that passed between two dates; None where it is short or not certain.

    From the end of the one to the beginning of the other: neither may be open, unknown or approximate.
    Days are counted only between days; where a date is coarser, less than two months are not told.
    """
    end, begin = before.end, after.begin
    if end is None or begin is None or not (end.has_year and begin.has_year):
        return None
    if end.qualifier or begin.qualifier:
        return None
    last, first = end.days(anywhere=True)[1], begin.days(anywhere=True)[0]
    exact = end.is_exact and begin.is_exact
    months = _whole_months(last, first)
    if months < 2:
        days = first.number - last.number
        return GapView("days", days, "exactly") if exact and days >= _FEWEST_DAYS else None
    in_years = months >= 24
    whole = first.day == last.day and not (in_years and months % 12)
    measure = "at least" if not exact else "exactly" if whole else "more than"
    return GapView("years" if in_years else "months", months // 12 if in_years else months, measure)


def _whole_months(begin: Day, end: Day) -> int:
    """The months that have passed in full from one day to another."""
    months = (end.year - begin.year) * 12 + end.month - begin.month
    return months if end.day >= begin.day else months - 1


def timeline_chart(events: Sequence[EventView]) -> TimelineChartView | None:
    """The chart of these events; None if there are fewer than three or too many, or nobody took part."""
    if not 3 <= len(events) <= MOST_EVENTS:
        return None
    names = [card.short_name for event in events for card in (*event.issues, *event.actors)]
    labels = max((text_width(name, LABEL_SIZE) for name in names), default=0)
    columns: list[ChartColumnView] = []
    last_year = ""
    for number, event in enumerate(events, 1):
        year = event.date.year if event.date.year != last_year else ""
        last_year = event.date.year or last_year
        columns.append(ChartColumnView(number, event, labels + COLUMN * number, year))
    issues = _rows(columns, lambda event: event.issues, TOP)
    actors_at = TOP + ROW * len(issues) + (GROUP_GAP if issues else 0)
    actors = _rows(columns, lambda event: event.actors, actors_at)
    if not (issues or actors):
        return None
    return TimelineChartView(
        width=labels + COLUMN * (len(columns) + 2),
        height=actors_at + ROW * len(actors),
        top=TOP,
        issues=issues,
        actors=actors,
        columns=tuple(columns),
    )


def _rows(
    columns: Sequence[ChartColumnView], cards_of: Callable[[EventView], Sequence[Card]], top: int
) -> tuple[ChartRowView, ...]:
    """A row for each card of these events, in the order in which they come in."""
    taking_part: dict[Card, list[ChartColumnView]] = {}
    for column in columns:
        for card in cards_of(column.event):
            taking_part.setdefault(card, []).append(column)
    return tuple(
        ChartRowView(card, top + ROW * index + ROW // 2, found[0].x, found[-1].x, tuple(found))
        for index, (card, found) in enumerate(taking_part.items())
    )
