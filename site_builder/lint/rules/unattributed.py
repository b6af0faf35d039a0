"""`unattributed`: speech or belief is given to nobody, or to a crowd, without a citation.

Silent if the sentence or its field cites something, in quotations, and while the site has no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.content.kinds import CITED
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Sentences such as *it is thought that* and *observers believe*."""
    site = entity.site
    lists = tuple(site.words(name) for name in ("crowds", "crowd_verbs", "beliefs"))
    if not all(lists) or not entity.graph.ids_of(CITED):
        return
    pattern = _pattern(*lists)
    depth = len(entity.entry.within)
    for row in entity.prose:
        own = row.own()
        for match in pattern.finditer(own):
            sentence = row.sentence_at(match.start())
            where = (*row.source.path[depth:-1], "cite") if row.source.path else ()
            if sentence.marks or (where and entity.linked.cites.get(where)):
                continue
            yield Finding(
                f"'{match[0]}': nobody is named, and nothing is cited",
                row.locate(site.places, *match.span()),
                "say who, or cite who says so",
            )


@lru_cache(maxsize=2)
def _pattern(
    crowds: frozenset[str], verbs: frozenset[str], beliefs: frozenset[str]
) -> re.Pattern[str]:
    def any_of(words: frozenset[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    return re.compile(
        rf"\bit (?:is|was|has been) (?:\w+ly )?(?:{any_of(beliefs)}) that\b"
        rf"|(?<![\w’'] )\b(?:{any_of(crowds)}) (?:{any_of(verbs)})\b",
        re.IGNORECASE,
    )
