"""`uncited-prose`: fewer sentences of a body cite something than the site asks for.

Silent for bodies of fewer than five sentences, and while the site has no source. Headings, tables, code and block
quotations do not count, nor do sentences of fewer than three words.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import CITED
from site_builder.content.linting import ShareSettings
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

USUAL = 50
_FEW_SENTENCES = 5
_FEW_WORDS = 3


def check(entity: LintedEntity) -> Iterator[Finding]:
    """A body below the limit, told at its first sentence that cites nothing."""
    if entity.id.kind == CITED or not entity.graph.ids_of(CITED):
        return
    settings = entity.site.settings_of("uncited-prose")
    least = (settings.at_least if isinstance(settings, ShareSettings) else None) or USUAL
    rows = [
        (row, sentence)
        for row in entity.body
        if row.form in ("text", "item")
        for sentence in row.sentences
        if len(row.text[sentence.start : sentence.end].split()) >= _FEW_WORDS
    ]
    cited = sum(bool(sentence.marks) for _, sentence in rows)
    if len(rows) < _FEW_SENTENCES or cited * 100 >= least * len(rows):
        return
    row, sentence = next((row, sentence) for row, sentence in rows if not sentence.marks)
    yield Finding(
        f"{cited} of {len(rows)} sentences of this text cite something, fewer than {least}%",
        row.locate(entity.site.places, sentence.start, sentence.end),
        "this is the first that does not",
    )
