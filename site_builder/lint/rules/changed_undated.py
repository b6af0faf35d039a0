"""`changed-undated`: an actor changed position, and nothing says since when they hold the new one.

Silent if the date is unknown and words say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import Position
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Positions with an earlier one and without a date."""
    for row in records_in(entity.record, Position):
        held = row.value
        if held.earlier and (held.as_of is None or not (held.as_of.is_known or held.as_of.text)):
            yield Finding(
                "this position replaced an earlier one, but has no date",
                entity.value(*row.path, "stance"),
                "add as_of; if it is not known: date: unknown, with the words of the source in text",
            )
