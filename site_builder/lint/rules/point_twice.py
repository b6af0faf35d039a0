"""`point-twice`: two key points of an article say the same.

Silent for claims: two actors may say the same. Points are compared by their words in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.content.models import Point
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.text.same import folded

_ALIKE = 88
"""The least similarity, in percent, of points that say the same."""
_LEAST_WORDS = 4
_WORD = re.compile(r"[^\W_]+")


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Points that are like an earlier one of the same list."""
    from rapidfuzz.fuzz import token_sort_ratio

    texts = {row.source.path[len(entity.entry.within) :]: row for row in entity.fields}
    earlier: list[tuple[object, str, set[str]]] = []
    for point in records_in(entity.record, Point):
        row = texts.get((*point.path, "text"))
        words = _WORD.findall(folded(row.text)) if row else []
        if row is None or len(words) < _LEAST_WORDS:
            continue
        said = " ".join(words)
        numbers = {word for word in words if word.isdigit()}
        for place, other, figures in earlier:
            if (
                place == point.path[0]
                and figures == numbers
                and token_sort_ratio(said, other) >= _ALIKE
            ):
                yield Finding(
                    "this says the same as a point above it",
                    row.locate(entity.site.places, 0, len(row.text)),
                    "join the two",
                )
                break
        earlier.append((point.path[0], said, numbers))
