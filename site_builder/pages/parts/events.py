"""Events, and the time that passes between them."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable

from site_builder.content.dates import Date
from site_builder.content.models import Event
from site_builder.content.moments import Day
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import NOTHING, CiteView, Text
from site_builder.pages.making import Making
from site_builder.pages.parts.updates import ChangeView, changes
from site_builder.values import NamedTuple

_FEWEST_DAYS = 14
"""Shorter gaps are not shown."""


class GapView(NamedTuple):
    """The time that passed since the event before, where both dates tell."""

    unit: str
    """`years`, `months` or `days`."""
    number: int
    """How many of them, counted from the end of one date to the beginning of the other."""
    measure: str
    """`exactly` as many, `more than` as many, or `at least` as many, where a date is coarser than a day."""


class EventView(NamedTuple):
    """An event of the timeline."""

    card: Card
    anchor: str
    date: DateView
    title: str
    text: Text = NOTHING
    importance: str = "normal"
    """`major`, `normal` or `minor`."""
    planned: bool = False
    """Whether it is still to come."""
    disputed: bool = False
    """Whether it rests on words that a disputed claim rests on, too: filled on the timeline alone."""
    actors: tuple[Card, ...] = ()
    """Who took part."""
    concerns: tuple[Card, ...] = ()
    """Whom it concerns, without their taking part."""
    issues: tuple[Card, ...] = ()
    cites: tuple[CiteView, ...] = ()
    gap: GapView | None = None
    """The time since the event before it in this list; None if short or not known."""
    changes: tuple[ChangeView, ...] = ()
    """Newest first."""


def events(making: Making, rows: Iterable[Linked]) -> tuple[EventView, ...]:
    """Events in this order, each with the time since the one before."""
    views: list[EventView] = []
    before: Date | None = None
    for linked in rows:
        date = linked.entry.record_of(Event).date
        passed = gap(before, date) if before else None
        views.append(_event(making, linked, passed))
        before = date
    return tuple(views)


def short_events(making: Making, rows: Iterable[Linked]) -> tuple[EventView, ...]:
    """Events without texts and sources, which stand on the timeline; whole in a copy, which names no other place."""
    if not making.form.html:
        return events(making, rows)
    return tuple(
        EventView(
            card=making.pages.cards.of(linked.entry.id),
            anchor=linked.entry.slug,
            date=making.locale.date((record := linked.entry.record_of(Event)).date),
            title=record.title,
            importance=record.importance,
            planned=record.planned,
        )
        for linked in rows
    )


def _event(making: Making, linked: Linked, passed: GapView | None) -> EventView:
    record = linked.entry.record_of(Event)
    return EventView(
        card=making.pages.cards.of(linked.entry.id),
        anchor=linked.entry.slug,
        date=making.locale.date(record.date),
        title=record.title,
        text=making.prose(linked, "text"),
        importance=record.importance,
        planned=record.planned,
        actors=making.card_list(linked.refs_at("actors")),
        concerns=making.card_list(linked.refs_at("concerns")),
        issues=making.card_list(linked.refs_at("issues")),
        cites=making.cites_at(linked, "cite"),
        gap=passed,
        changes=changes(making, linked.entry.id),
    )


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
