"""`relative-day`: a word counts from the day of writing, which readers do not know.

Silent in quotations, in dated notes of changes, and where a word before it makes it another thing: *the last night*.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import NOTES
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.phrases import phrases_in


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Words such as *tomorrow* in the site's own words."""
    if entity.id.kind == NOTES:
        return
    for row, start, end in phrases_in(entity, "relative_days"):
        yield Finding(
            f"'{row.text[start:end]}' counts from the day of writing",
            row.locate(entity.site.places, start, end),
            "write the day",
        )
