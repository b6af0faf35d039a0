"""Where events stand in time: when each can have happened, and what bounds those without a date."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import datetime
from collections.abc import Iterable, Mapping, Sequence

from site_builder.content.dates import Date
from site_builder.content.models import Claim, EntityId, Event
from site_builder.content.moments import SECONDS_A_DAY
from site_builder.links.graph import Graph, Linked
from site_builder.links.stretches import Stretch, stretches, stretches_of
from site_builder.pages.making import Making
from site_builder.values import NamedTuple


class Extent(NamedTuple):
    """The time in which something happened, in seconds; None where nothing bounds it."""

    begin: int | None
    end: int | None


class Placed(NamedTuple):
    """An event, its number in the whole list, and what is known of its place in time."""

    linked: Linked
    number: int
    """Its place in the list of all events, from 1: the same wherever it is shown."""
    extent: Extent
    """Of a dated event its date, else from the end of what it comes after to the start of what comes after it."""
    depth: int
    """How many events are known to have come before it, one after another."""
    after: int = 0
    """The number of the event that it came after; 0 if none is named."""
    before: tuple[int, ...] = ()
    """The numbers of the events that name it as what they came after."""
    disputed: bool = False
    """Whether it rests on words that a disputed claim rests on, too."""

    @property
    def record(self) -> Event:
        """What its author wrote."""
        return self.linked.entry.record_of(Event)

    @property
    def year(self) -> int | None:
        """The one year in which it can have happened, if what bounds it says so much."""
        begin, end = self.extent
        if begin is None or end is None:
            return None
        year = _year_of(begin)
        return year if year == _year_of(end) else None

    @property
    def dated(self) -> bool:
        """Whether its date has a place on a calendar."""
        return self.record.date.is_known


def placed(making: Making) -> tuple[Placed, ...]:
    """All events of the site, in the order of readers."""
    rows = making.pages.events
    numbers = {row.entry.id: number for number, row in enumerate(rows, 1)}
    after = {row.entry.id: row.refs[("after",)] for row in rows if ("after",) in row.refs}
    followers: dict[EntityId, list[EntityId]] = {}
    for id, before in after.items():
        followers.setdefault(before, []).append(id)
    dates = {row.entry.id: row.entry.record_of(Event).date for row in rows}
    disputes = _disputes(making.graph)
    return tuple(
        Placed(
            row,
            numbers[row.entry.id],
            _extent(row.entry.id, dates, after, followers),
            len(_chain(row.entry.id, after)) - 1,
            numbers.get(after[row.entry.id], 0) if row.entry.id in after else 0,
            tuple(sorted(numbers[id] for id in followers.get(row.entry.id, ()))),
            _is_disputed(making.graph, row, disputes),
        )
        for row in rows
    )


# --- when ----------------------------------------------------------------------------------------


def extent_of(date: Date) -> Extent:
    """The time that a date spans; what has no zone is read as UTC, as it is for the order."""
    begin = date.begin if date.begin and date.begin.has_year else None
    end = date.end if date.end and date.end.has_year else None
    return Extent(begin.instants[0] if begin else None, end.instants[1] if end else None)


def _year_of(second: int) -> int:
    """The year of a second in UTC."""
    # The calendar is the same every 400 years.
    cycles, day = divmod(second // SECONDS_A_DAY - 1, 146_097)
    return cycles * 400 + datetime.date.fromordinal(day + 1).year


def _extent(
    id: EntityId,
    dates: Mapping[EntityId, Date],
    after: Mapping[EntityId, EntityId],
    followers: Mapping[EntityId, Sequence[EntityId]],
) -> Extent:
    """When an event happened, or what bounds it."""
    if dates[id].is_known:
        return extent_of(dates[id])
    earlier = next((other for other in _chain(id, after)[1:] if dates[other].is_known), None)
    begin = None
    if earlier:
        span = extent_of(dates[earlier])
        begin = span.begin if span.end is None else span.end
    later = [
        span.end if span.begin is None else span.begin
        for span in map(extent_of, _first_dated(id, dates, followers))
    ]
    end = min((bound for bound in later if bound is not None), default=None)
    if begin is not None and end is not None and end < begin:
        end = begin
    return Extent(begin, end)


def _chain(id: EntityId, after: Mapping[EntityId, EntityId]) -> list[EntityId]:
    """An event and those before it, from the last; a circle is an error, so it only has to end."""
    chain = {id: None}
    while (before := after.get(id)) and before not in chain:
        chain[before] = None
        id = before
    return list(chain)


def _first_dated(
    id: EntityId,
    dates: Mapping[EntityId, Date],
    followers: Mapping[EntityId, Sequence[EntityId]],
) -> Iterable[Date]:
    """The dates that come first after an event, along each line of events that followed it."""
    waiting, seen = list(followers.get(id, ())), {id}
    while waiting:
        other = waiting.pop()
        if other in seen:
            continue
        seen.add(other)
        if dates[other].is_known:
            yield dates[other]
        else:
            waiting += followers.get(other, ())


# --- disputes ------------------------------------------------------------------------------------


def _disputes(graph: Graph) -> Mapping[EntityId, Sequence[Stretch]]:
    """By source: the words that disputed claims rest on, and what is said against them."""
    found: dict[EntityId, list[Stretch]] = {}
    for row in graph.of_kind("claim"):
        if row.entry.record_of(Claim).known_status == "disputed":
            for stretch in stretches_of(graph, row):
                found.setdefault(stretch.source, []).append(stretch)
    return found


def _is_disputed(graph: Graph, row: Linked, disputes: Mapping[EntityId, Sequence[Stretch]]) -> bool:
    marks = (mark for cited in row.cites.values() for mark in cited if mark.source in disputes)
    return any(
        our.meets(their) for our in stretches(graph, marks) for their in disputes[our.source]
    )
