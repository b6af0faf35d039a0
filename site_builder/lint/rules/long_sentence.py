"""`long-sentence`: a sentence has more words than the site allows.

Silent for lists of items, tables and headings. Words in quotations count.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.linting import WordSettings
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

USUAL = 35


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Sentences over the limit."""
    settings = entity.site.settings_of("long-sentence")
    most = (settings.words if isinstance(settings, WordSettings) else None) or USUAL
    for row in entity.prose:
        if row.form == "item":
            continue
        for sentence in row.sentences:
            words = len(row.text[sentence.start : sentence.end].split())
            if words > most:
                yield Finding(
                    f"this sentence has {words} words, more than {most}",
                    row.locate(entity.site.places, sentence.start, sentence.end),
                    "make two of it",
                )
