"""`relative-time`: a phrase counts from the time of writing: *last week*, *recently*.

Silent in quotations, in dated notes of changes, and where a word before it makes it another thing: *the last year*.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import NOTES
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.phrases import phrases_in


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Phrases such as *last week* in the site's own words."""
    if entity.id.kind == NOTES:
        return
    for row, start, end in phrases_in(entity, "relative_times"):
        yield Finding(
            f"'{row.text[start:end]}' counts from the time of writing",
            row.locate(entity.site.places, start, end),
            "write the date",
        )
