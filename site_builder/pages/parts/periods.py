"""The list of events under headings: years, years together, months, and runs of lesser events that fold."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from site_builder.content.dates import Date
from site_builder.content.moments import Moment
from site_builder.pages.dates import DateView
from site_builder.pages.locale import Locale
from site_builder.pages.parts.bars import BarView
from site_builder.pages.parts.events import EventView
from site_builder.pages.parts.placing import Placed
from site_builder.values import NamedTuple

FEW = 25
"""From this number of events on, years with few events are headed together, and runs of lesser ones fold."""
MANY = 151
"""From this number on, each period folds but the last."""
_A_FEW = 2
"""Events of a year that is headed together with others."""
_TOGETHER = 8
"""Events of years that are headed together, at most."""
_FULL = 24
"""Events of a year above which it has months."""
_RUN = 3
"""Lesser events in a row that fold."""


class TimelineRowView(NamedTuple):
    """An event on the timeline, with its place in time."""

    event: EventView
    number: int
    """Its number in the list of all events."""
    after: int = 0
    """The number of the event that it came after, where its own date does not tell; 0 if none is named."""
    before: tuple[int, ...] = ()
    """The numbers of those that came after it, likewise."""
    bar: BarView | None = None
    """None where the events are drawn as blocks."""

    @property
    def importance(self) -> str:
        """`major`, `normal` or `minor`."""
        return self.event.importance

    @property
    def disputed(self) -> bool:
        """Whether it rests on words that a disputed claim rests on, too."""
        return self.event.disputed

    @property
    def planned(self) -> bool:
        """Whether it is still to come."""
        return self.event.planned


class RunView(NamedTuple):
    """Events in a row."""

    rows: tuple[TimelineRowView, ...]
    folded: bool = False
    """Whether they are lesser ones, to unfold."""


class MonthView(NamedTuple):
    """The events of a month."""

    name: str
    """"" where the period has no months."""
    runs: tuple[RunView, ...]


class PeriodView(NamedTuple):
    """A heading of the list, and the events below it."""

    anchor: str
    first: str
    """The year, decade or century; "" for events without one."""
    last: str
    """The last of several years that are headed together; else that of `first`."""
    after: DateView | None
    """Of events without a date: when the last dated event before them was, if there is one."""
    before: DateView | None
    """Else when the first dated event after them was, if there is one."""
    months: tuple[MonthView, ...]
    total: int
    unordered: bool = False
    """Whether it has events without a date of which nothing says which came first."""
    folded: bool = False
    """Whether it is one of many, to unfold."""


class _Bounds(NamedTuple):
    """Dates of dated events between which events without a date were."""

    after: Date | None = None
    before: Date | None = None


class _Group(NamedTuple):
    """Events in a row that share a heading."""

    years: tuple[str, ...]
    """() for events without a date."""
    bounds: _Bounds
    rows: list[Placed]


def periods(
    events: Sequence[Placed], views: Sequence[TimelineRowView], locale: Locale
) -> tuple[PeriodView, ...]:
    """These events, in their order, under headings."""
    by_number = {view.number: view for view in views}
    groups = _groups(events, locale)
    many = len(events) >= FEW
    if many:
        groups = _together(groups)
    folds = many and any(view.importance == "major" for view in views)
    found = [
        PeriodView(
            anchor=f"t--{number}",
            first=group.years[0] if group.years else "",
            last=group.years[-1] if group.years else "",
            after=locale.date(group.bounds.after) if group.bounds.after else None,
            before=locale.date(group.bounds.before) if group.bounds.before else None,
            months=_months(group, by_number, locale, many=many, folds=folds),
            total=len(group.rows),
            unordered=not group.years and len({row.after for row in group.rows}) < len(group.rows),
            folded=len(events) >= MANY,
        )
        for number, group in enumerate(groups, 1)
    ]
    if found:
        found[-1] = found[-1]._replace(folded=False)
    return tuple(found)


def _groups(events: Sequence[Placed], locale: Locale) -> list[_Group]:
    """Events in a row of one year, or without a date after one event."""
    by_number = {row.number: row for row in events}
    keyed = ((_key(row, by_number, locale), row) for row in events)
    return [
        _Group((key,), _Bounds(), rows) if isinstance(key, str) else _Group((), key, rows)
        for key, pairs in groupby(keyed, key=lambda pair: pair[0])
        if (rows := [row for _, row in pairs])
    ]


def _key(row: Placed, events: Mapping[int, Placed], locale: Locale) -> str | _Bounds:
    """The year in which an event was, or the dates that bound it."""
    if row.dated:
        return locale.date(row.record.date).year
    if row.year is not None:
        year = Moment(f"{row.year:0{5 if row.year < 0 else 4}}")
        return locale.date(Date("shown", begin=year, end=year)).year
    after = _first_dated(row, events, lambda at: (at.after,))
    return _Bounds(after, None if after else _first_dated(row, events, lambda at: at.before))


def _first_dated(
    row: Placed, events: Mapping[int, Placed], beside: Callable[[Placed], tuple[int, ...]]
) -> Date | None:
    """The date of the first dated event on the way from event to event."""
    waiting, seen = [*beside(row)], {row.number}
    while waiting:
        number = waiting.pop(0)
        at = events.get(number)
        if at is None or number in seen:
            continue
        if at.dated:
            return at.record.date
        seen.add(number)
        waiting += beside(at)
    return None


def _together(groups: Sequence[_Group]) -> list[_Group]:
    """Neighbouring years of few events under one heading."""
    found: list[_Group] = []
    for group in groups:
        last = found[-1] if found else None
        if (
            last
            and group.years
            and last.years
            and len(group.rows) <= _A_FEW
            and (len(last.years) > 1 or len(last.rows) <= _A_FEW)
            and len(last.rows) + len(group.rows) <= _TOGETHER
        ):
            found[-1] = _Group((*last.years, *group.years), _Bounds(), [*last.rows, *group.rows])
        else:
            found.append(group)
    return found


def _months(
    group: _Group,
    views: Mapping[int, TimelineRowView],
    locale: Locale,
    *,
    many: bool,
    folds: bool,
) -> tuple[MonthView, ...]:
    """The events of a group by month, if there are enough for that."""
    if not (many and len(group.years) == 1 and len(group.rows) > _FULL):
        return (MonthView("", tuple(_runs([views[row.number] for row in group.rows], folds))),)
    return tuple(
        MonthView(name, tuple(_runs([views[row.number] for row in rows], folds)))
        for name, rows in groupby(group.rows, key=lambda row: _month(row, locale))
    )


def _month(row: Placed, locale: Locale) -> str:
    """The month of an event in words; "" where its date has none."""
    moment = row.record.date.placed_by
    if moment is None or moment.month is None:
        return ""
    month = Moment(moment.year, moment.month)
    return locale.date(Date("shown", begin=month, end=month)).text


def _runs(views: Sequence[TimelineRowView], folds: bool) -> Iterator[RunView]:
    """Events in a row: those that fold, and those between them."""
    if not folds:
        yield RunView(tuple(views))
        return
    open_rows: list[TimelineRowView] = []
    for lesser, rows in groupby(views, key=_is_lesser):
        run = list(rows)
        if not lesser or len(run) < _RUN:
            open_rows += run
            continue
        if open_rows:
            yield RunView(tuple(open_rows))
        open_rows = []
        yield RunView(tuple(run), folded=True)
    if open_rows:
        yield RunView(tuple(open_rows))


def _is_lesser(view: TimelineRowView) -> bool:
    return not (view.importance == "major" or view.disputed or view.planned)
