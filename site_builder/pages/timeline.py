"""The timeline's measures: the time between events, and the chart of who took part in what.

Both keep to what the dates say. A gap is what must have passed at least, between the last moment
one date may mean and the first moment the next may; the chart sets events evenly apart, in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from site_builder.content.dates import Date
from site_builder.pages.contexts import (
    Card,
    ChartColumnView,
    ChartRowView,
    EventView,
    GapView,
    TimelineChartView,
)
from site_builder.pages.lettering import text_width

_DAYS_OF_A_MONTH = 30
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
    """The time that passed at least between two dates; None if under two weeks, or not known."""
    if not (before.is_known and after.is_known):
        return None
    year, month, day, _ = before.latest
    next_year, next_month, next_day, _ = after.earliest
    months = (next_year - year) * 12 + max(next_month, 1) - month
    days = max(next_day, 1) - day
    if days < 0:
        months -= 1
    if months >= 24:
        return GapView("years", months // 12)
    if months >= 2:
        return GapView("months", months)
    whole = months * _DAYS_OF_A_MONTH + days % _DAYS_OF_A_MONTH
    return GapView("days", whole) if whole >= 14 else None


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
