"""`role-unsourced`: a title in a person's role stands near their name in no source.

Silent for titles that are not on the list, for actors who cite no words, and if no source names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.site import last_name
from site_builder.text.same import folded

_WORD = re.compile(r"[^\W\d_]+")


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Titles of a person that no source gives them."""
    actor = entity.record
    titles = entity.site.words("offices")
    if not actor.is_person or not titles or not actor.role:
        return
    if not any(mark.words for mark in entity.marks_at(())):
        return
    row = next(row for row in entity.fields if row.source.path[-1] == "role")
    given = [match for match in _WORD.finditer(row.own()) if folded(match[0]) in titles]
    if not given:
        return
    name = re.compile(rf"(?<!\w){re.escape(last_name(actor.name))}(?!\w)")
    naming = [
        folded(text.text[start:end])
        for _, text in entity.site.texts
        for start, end in text.paragraphs
        if name.search(text.text, start, end)
    ]
    for match in given:
        word = folded(match[0])
        if naming and not any(re.search(rf"\b{re.escape(word)}", said) for said in naming):
            yield Finding(
                f"no source that names {actor.name} says '{match[0]}' there",
                row.locate(entity.site.places, *match.span()),
                "cite the source that does, or use the title that the sources have",
            )
