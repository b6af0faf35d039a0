"""`long-paragraph`: a paragraph has more words than the site allows.

Silent for lists, tables and quotations.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.linting import WordSettings
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

USUAL = 120


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Paragraphs over the limit."""
    settings = entity.site.settings_of("long-paragraph")
    most = (settings.words if isinstance(settings, WordSettings) else None) or USUAL
    for row in entity.body:
        words = len(row.text.split())
        if row.form == "text" and words > most:
            yield Finding(
                f"this paragraph has {words} words, more than {most}",
                row.locate(entity.site.places, 0, len(row.text)),
                "make two of it",
            )
