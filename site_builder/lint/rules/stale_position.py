"""`stale-position`: something happened since a position was recorded, or it is older than the site allows.

An event of that actor on that issue is later than the position, and not after the day up to which the articles are
true. Silent within the same month, and for planned events.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder.content.dates import Date
from site_builder.content.linting import MonthSettings
from site_builder.content.models import EntityId, Position
from site_builder.content.moments import Moment
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Positions that an event may have overtaken."""
    rows = [row for row in records_in(entity.record, Position) if row.value.as_of]
    if not rows:
        return
    days = entity.site.days_of_articles()
    settings = entity.site.settings_of("stale-position")
    months = settings.months if isinstance(settings, MonthSettings) else None
    for row in rows:
        actor, as_of = entity.linked.refs.get((*row.path, "actor")), row.value.as_of
        if actor is None or not as_of.is_known or as_of.is_interval:
            continue
        place = entity.value(*row.path, "as_of")
        later = _event_since(entity, actor, as_of, days)
        if later:
            yield Finding(
                f"since then, the actor took part in event '{later.slug}', which bears on this issue",
                place,
                "look whether they still hold it, and bring as_of up to date",
            )
        elif months and days and all(_months(as_of, day) > months for day in days):
            yield Finding(f"this position is more than {months} months old", place)


def _event_since(
    entity: LintedEntity, actor: EntityId, as_of: Date, days: tuple[Date, ...]
) -> EntityId | None:
    graph = entity.graph
    bearing = set(graph.naming("event.issues", entity.id))
    for id in graph.naming("event.actors", actor):
        if id not in bearing:
            continue
        event: Any = graph.linked[id].entry.record
        is_later = as_of.is_before(event.date) and _months(as_of, event.date) >= 1
        is_future = bool(days) and all(day.is_before(event.date) for day in days)
        if is_later and not is_future and not event.planned:
            return id
    return None


def _months(first: Date, last: Date) -> int:
    """How many months lie between two dates at least, as far as their years and months say."""
    begin, end = first.placed_by, last.placed_by
    if begin is None or end is None:
        return 0
    return _number(end, 1) - _number(begin, 12)


def _number(moment: Moment, month: int) -> int:
    """The number of a month, counted from the year 0; `month` is the one to take if it is not known."""
    known = moment.month if moment.month is not None and moment.month <= 12 else month
    return moment.years[0] * 12 + known
