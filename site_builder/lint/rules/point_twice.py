"""`point-twice`: two key points of an article say the same.

Points are compared by their words in any order. Silent if they differ in a name or number, and for claims: two actors
may say the same.
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
_MOST_DIFFERING = 2
_WORD = re.compile(r"[^\W_]+")


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Points that are like an earlier one of the same list."""
    texts = {row.source.path[len(entity.entry.within) :]: row for row in entity.fields}
    empty = entity.site.words("function_words")
    earlier: list[tuple[object, list[str]]] = []
    for point in records_in(entity.record, Point):
        row = texts.get((*point.path, "text"))
        words = _WORD.findall(row.text) if row else []
        if row is None or len(words) < _LEAST_WORDS:
            continue
        if any(
            place == point.path[0] and _are_alike(words, other, empty) for place, other in earlier
        ):
            yield Finding(
                "this says the same as a point above it",
                row.locate(entity.site.places, 0, len(row.text)),
                "join the two",
            )
        earlier.append((point.path[0], words))


def _are_alike(words: list[str], other: list[str], empty: frozenset[str]) -> bool:
    """Whether two texts have nearly the same words, and differ in no name or number."""
    from rapidfuzz.fuzz import token_sort_ratio

    said, before = (" ".join(map(folded, row)) for row in (words, other))
    if token_sort_ratio(said, before) < _ALIKE:
        return False
    first, second = ({folded(word): word for word in row} for row in (words, other))
    differing = [
        word for folds, word in {**first, **second}.items() if (folds in first) != (folds in second)
    ]
    differing = [word for word in differing if folded(word) not in empty]
    return len(differing) <= _MOST_DIFFERING and not any(
        word[0].isupper() or word[0].isdigit() for word in differing
    )
