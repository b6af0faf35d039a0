"""`hedging`: a word claims that something needs no proof: *clearly*, *of course*.

Silent in quotations.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.phrases import phrases_in


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Words such as *clearly* in the site's own words."""
    for row, start, end in phrases_in(entity, "hedges"):
        yield Finding(
            f"'{row.text[start:end]}' proves nothing",
            row.locate(entity.site.places, start, end),
            "leave it out, or cite what makes it so",
        )
