"""`summary-contradicts`: the summary of a position begins with the opposite of its stance.

Silent if the word stands later in the sentence, or is turned: *rejects nothing*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.content.models import DEFAULT_STANCES, EarlierPosition, Position
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.text.same import folded

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Summaries that refuse under a stance of support, or the other way round."""
    site = entity.site
    refusing, approving = site.words("refusing"), site.words("approving")
    if not refusing:
        return
    known = site.settings.stances or DEFAULT_STANCES
    texts = {row.source.path[len(entity.entry.within) :]: row for row in entity.fields}
    for row in [*records_in(entity.record, Position), *records_in(entity.record, EarlierPosition)]:
        stance, text = known.get(row.value.stance), texts.get((*row.path, "summary"))
        if stance is None or text is None or stance.tone not in ("yes", "no"):
            continue
        found = _first_verb(text.own(), site.words("before_verbs"))
        if found is None:
            continue
        word, following = folded(found[0]), folded(text.text[found.end() :].lstrip()[:12])
        turned = following.split(maxsplit=1)[:1]
        if turned and turned[0].strip(".,") in site.words("negations"):
            continue
        opposite = refusing if stance.tone == "yes" else approving
        if word in opposite:
            yield Finding(
                f"this begins with '{found[0]}', but the stance is “{stance.label}”",
                text.locate(site.places, *found.span()),
                "correct the stance or the summary",
            )


def _first_verb(text: str, before: frozenset[str]) -> re.Match[str] | None:
    """The first word that is none such as *would* or *strongly*."""
    for match in _WORD.finditer(text):
        if folded(match[0]) not in before:
            return match
    return None
