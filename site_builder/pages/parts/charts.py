"""The chart of the timeline: who took part in what, as a drawing."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Callable, Sequence
from typing import NamedTuple

from site_builder.pages.briefs import Card
from site_builder.pages.parts.events import EventView
from site_builder.pages.parts.lettering import text_width

MOST_EVENTS = 60
"""Columns of a chart. More would not be readable."""
COLUMN = 30
ROW = 24
LABEL_SIZE = 14
"""The size of letters in pixels; `site.css` has the same."""
TOP = 96
"""Room for years and numbers above the rows."""
GROUP_GAP = 22


class ChartColumnView(NamedTuple):
    """An event's place on the chart of the timeline."""

    number: int
    """Its number in the list of events, from 1."""
    event: EventView
    x: int
    """The middle of its column."""
    year: str
    """The year to write above it; "" if it is that of the column before, or unknown."""


class ChartRowView(NamedTuple):
    """An actor's or issue's row on the chart of the timeline."""

    card: Card
    y: int
    """The middle of its row."""
    first: int
    last: int
    """The middles of the columns where it first and last takes part."""
    columns: tuple[ChartColumnView, ...]
    """Where it takes part."""


class TimelineChartView(NamedTuple):
    """Who took part in what, in order, as a drawing laid out by `site_builder.pages.parts.charts`.

    Columns are events, evenly apart, for where dates are unknown distances are, too. Lengths are in the
    chart's own units, which are pixels at its full size.
    """

    width: int
    height: int
    top: int
    """Where the rows begin."""
    issues: tuple[ChartRowView, ...]
    actors: tuple[ChartRowView, ...]
    columns: tuple[ChartColumnView, ...]


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
