"""`paragraph-twice`: a text says the same stretch of 80 or more characters twice.

Silent for quotations, and for what another text says, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.text import Paragraph
from site_builder.text.same import folded

_LEAST = 80


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Sentences of a body that stood there before, one long or several short ones; the first of each paragraph."""
    seen: set[str] = set()
    for row in entity.body:
        if row.form not in ("text", "item"):
            continue
        here = list(_stretches(row))
        twice = next((stretch for stretch in here if stretch[2] in seen), None)
        if twice:
            yield Finding(
                "this text says these words twice",
                row.locate(entity.site.places, twice[0], twice[1]),
                "delete one of the two",
            )
        seen.update(stretch[2] for stretch in here)


def _stretches(row: Paragraph) -> Iterator[tuple[int, int, str]]:
    """From each sentence on, the fewest sentences that are long enough: where they stand, and their words."""
    own = row.own()
    sentences = row.sentences
    for number, first in enumerate(sentences):
        for last in sentences[number:]:
            said = " ".join(folded(own[first.start : last.end]).split())
            if len(said) >= _LEAST:
                yield first.start, last.end, said
                break
