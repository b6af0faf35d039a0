"""`uncited-prose`: fewer sentences of a body cite something than the site asks for.

Sentences are counted as `report` counts them. Silent for bodies of fewer than five sentences, and while the site has no
source.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import CITED
from site_builder.content.linting import ShareSettings
from site_builder.links.cited_sentences import sentences_of
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

USUAL = 50
_FEW_SENTENCES = 5


def check(entity: LintedEntity) -> Iterator[Finding]:
    """A body below the limit, told at its first sentence that cites nothing."""
    if entity.id.kind == CITED or not entity.graph.ids_of(CITED):
        return
    settings = entity.site.settings_of("uncited-prose")
    least = (settings.at_least if isinstance(settings, ShareSettings) else None) or USUAL
    total, cited = sentences_of(entity.graph, entity.graph.body(entity.linked))[:2]
    if total < _FEW_SENTENCES or cited * 100 >= least * total:
        return
    first = next(
        (
            (row, sentence)
            for row in entity.body
            if row.form in ("text", "item")
            for sentence in row.sentences
            if not sentence.marks
        ),
        None,
    )
    if first:
        row, sentence = first
        yield Finding(
            f"{cited} of {total} sentences of this text cite something, fewer than {least}%",
            row.locate(entity.site.places, sentence.start, sentence.end),
            "this is the first that does not",
        )
