"""All events in order, and who took part in what: `timeline/`, `timeline.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from typing import NamedTuple

from site_builder.pages.briefs import Card
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.charts import TimelineChartView, timeline_chart
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.routes import listed


class TimelineContext(NamedTuple):
    """`timeline/` (`timeline.html`)."""

    events: tuple[EventView, ...]
    """In order, undated ones where `after` puts them, else last."""
    actors: tuple[Card, ...]
    """The actors of these events, to filter by."""
    issues: tuple[Card, ...]
    chart: TimelineChartView | None = None
    """The same as a drawing; None where there is too little to draw."""


def make(making: Making) -> Made:
    """The timeline."""
    rows = making.within.events
    actors = [id for row in rows for id in row.refs_at("actors")]
    issues = [id for row in rows for id in row.refs_at("issues")]
    views = events(making, rows)
    context = TimelineContext(
        events=views,
        actors=making.card_list(actors),
        issues=making.card_list(issues),
        chart=timeline_chart(views),
    )
    return made_list(making, context)


PAGE = PageType("timeline", listed("timeline/"), make)
