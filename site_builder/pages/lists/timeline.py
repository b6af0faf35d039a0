"""All events in order, and where they stand in time: `timeline/`, `timeline.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence

from site_builder.content.models import Event
from site_builder.pages.briefs import Card
from site_builder.pages.locale import Locale
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.axis import AxisView
from site_builder.pages.parts.bars import MOST_DATED, bars
from site_builder.pages.parts.blocks import BlocksView, blocks
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.parts.periods import PeriodView, TimelineRowView, periods
from site_builder.pages.parts.placing import placed
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple


class TimelineContext(NamedTuple):
    """`timeline/` (`timeline.html`)."""

    events: tuple[EventView, ...]
    """In order, undated ones where `after` puts them, else last."""
    periods: tuple[PeriodView, ...]
    """The same under headings, each with its number and its place in time; () in a copy that is not HTML."""
    actors: tuple[Card, ...]
    """Who took part in these events or is concerned by them, to filter by."""
    issues: tuple[Card, ...]
    undated: int
    """How many events have no date on a calendar."""
    headline: str = ""
    """How many events there are, and from when to when; "" in a copy that is not HTML."""
    axis: AxisView | None = None
    """Above the bars of the rows; None where events are drawn as blocks."""
    blocks: BlocksView | None = None


def make(making: Making) -> Made:
    """The timeline."""
    rows = making.within.events
    actors = [id for row in rows for id in (*row.refs_at("actors"), *row.refs_at("concerns"))]
    issues = [id for row in rows for id in row.refs_at("issues")]
    context = TimelineContext(
        events=events(making, rows),
        periods=(),
        actors=making.card_list(actors),
        issues=making.card_list(issues),
        undated=sum(not row.entry.record_of(Event).date.is_known for row in rows),
    )
    return made_list(making, _drawn(making, context) if making.form.html else context)


def _drawn(making: Making, context: TimelineContext) -> TimelineContext:
    """The same with each event in its place in time."""
    shown = {view.card.slug for view in context.events}
    places = [row for row in placed(making) if row.linked.entry.slug in shown]
    dated = [row for row in places if row.dated]
    drawn = bars(places, making.locale, places) if len(dated) <= MOST_DATED else None
    timed = tuple(
        TimelineRowView(
            view._replace(disputed=row.disputed),
            row.number,
            0 if row.dated else row.after,
            () if row.dated else row.before,
            drawn.bars[number] if drawn else None,
        )
        for number, (view, row) in enumerate(zip(context.events, places, strict=True))
    )
    years = [making.locale.date(row.record.date).year for row in dated]
    return context._replace(
        periods=periods(places, timed, making.locale),
        headline=_headline(making.locale, len(places), years),
        axis=drawn.axis if drawn else None,
        blocks=None if drawn else blocks(places, making.locale),
    )


def _headline(locale: Locale, count: int, years: Sequence[str]) -> str:
    """What the list holds, in a line; `years` are those of dated events, in their order."""
    undated = count - len(years)
    if undated == count:
        text = locale.plural(
            "%(count)s event without a year", "%(count)s events without a year", count
        )
    elif undated:
        whole = locale.plural("%(count)s event", "%(count)s events", count)
        some = locale.plural(
            "%(undated)s of them without a year", "%(undated)s of them without a year", undated
        )
        text = f"{whole}; {some}"
    elif years[0] == years[-1]:
        text = locale.plural("%(count)s event, %(first)s", "%(count)s events, %(first)s", count)
    else:
        text = locale.plural(
            "%(count)s event, %(first)s to %(last)s",
            "%(count)s events, %(first)s to %(last)s",
            count,
        )
    words = {"count": locale.number(count), "undated": locale.number(undated)}
    text %= words | {"first": years[0] if years else "", "last": years[-1] if years else ""}
    return text[:1].upper() + text[1:]


PAGE = PageType("timeline", listed("timeline/"), make)
