"""`uncited-relation`: a relation between actors, or somebody named as disputing a claim, rests on nothing.

Silent while the site has no source.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import CITED
from site_builder.content.models import Contest, Relation
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

_HINT = 'add: cite: source-slug "exact words"'


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Relations, and contests without words, that cite nothing."""
    relations = records_in(entity.record, Relation)
    contests = [row for row in records_in(entity.record, Contest) if not row.value.statement]
    if (not relations and not contests) or not entity.graph.ids_of(CITED):
        return
    for row in relations:
        if not row.value.cite:
            yield Finding("this relation cites nothing", entity.key(*row.path), _HINT)
    for row in contests:
        if not row.value.cite:
            yield Finding(
                "nothing shows that this actor disputes the claim", entity.value(*row.path), _HINT
            )
