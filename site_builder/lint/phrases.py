"""Finds the phrases of a list in the site's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.lint.entity import LintedEntity
from site_builder.lint.text import Paragraph


def phrases_in(entity: LintedEntity, name: str) -> Iterator[tuple[Paragraph, int, int]]:
    """Each phrase of a list of the site's language: its paragraph, start and end.

    Not behind an article or a word such as *every*, nor where it is a genitive or part of a longer word.
    """
    words = entity.site.words(name)
    if not words:
        return
    pattern = _pattern(words, entity.site.words("before_nouns"))
    for row in entity.prose:
        for match in pattern.finditer(row.own()):
            yield row, *match.span()


@lru_cache(maxsize=8)
def _pattern(words: frozenset[str], before: frozenset[str]) -> re.Pattern[str]:
    phrases = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    behind = "".join(rf"(?<!\b{re.escape(word)} )" for word in sorted(before))
    return re.compile(rf"(?<![\w'’-]){behind}(?:{phrases})(?![\w-]|['’]s\b)", re.IGNORECASE)
