"""`after-as-of`: a position or event is dated after the day up to which every article is true.

Silent for dates that may lie before it, for planned events, and for an event whose year a source that it cites names.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.dates import Date
from site_builder.content.models import Event, Position
from site_builder.content.shape import records_in
from site_builder.diagnostics import Severity
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

_HINT = "correct the date, or bring as_of of the article up to date"


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Positions and events of a later day."""
    positions = records_in(entity.record, Position)
    event = entity.record if isinstance(entity.record, Event) else None
    if not positions and event is None:
        return
    days = entity.site.days_of_articles()
    if not days:
        return
    for row in positions:
        if row.value.as_of and _is_after(row.value.as_of, days):
            yield Finding(
                "this position is dated after the day up to which every article is true",
                entity.value(*row.path, "as_of"),
                _HINT,
            )
    if (
        event
        and not event.planned
        and _is_after(event.date, days)
        and not _is_told(entity, event.date)
    ):
        yield Finding(
            "this event is dated after the day up to which every article is true",
            entity.value("date"),
            _HINT,
            Severity.ADVICE,
        )


def _is_after(date: Date, days: tuple[Date, ...]) -> bool:
    return date.is_known and all(day.is_before(date) for day in days)


def _is_told(entity: LintedEntity, date: Date) -> bool:
    """Whether a source that the event cites names its year: then somebody announced it."""
    year = date.placed_by.year if date.placed_by else ""
    sources = {mark.source for marks in entity.linked.cites.values() for mark in marks}
    texts = (entity.graph.texts[id] for id in sources)
    return bool(year) and any(year in text.text for text in texts if text)
