"""`heading-skipped`: a heading is more than one level below the heading above it.

Silent for going back by several levels. The title of the page is the first level.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Headings whose level skips one."""
    above = 1
    rows = [row for row in entity.body if row.form == "heading"]
    for heading, row in zip(entity.entry.headings, rows, strict=False):
        if heading.level > above + 1:
            yield Finding(
                f"this heading is of level {heading.level}, but the one above it of level {above}",
                row.locate(entity.site.places, 0, len(row.text)),
                f"write: {'#' * (above + 1)} {row.text}",
            )
        above = heading.level
