"""Words that are spelt in two ways: British and American."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from site_builder.content.kinds import CITED
from site_builder.lint.entity import LintedEntity
from site_builder.lint.text import Paragraph
from site_builder.values import NamedTuple

BRITISH, AMERICAN = 0, 1
_REGIONS = {"gb": BRITISH, "ie": BRITISH, "au": BRITISH, "nz": BRITISH, "us": AMERICAN}
_ENDING = r"(?:s|e|es|ed|ing|er|ers|ful|less|able|ation|ations|ite|ites|ist|ists|ly|al|d|ary)?"


class Spelling(NamedTuple):
    """A word that can be spelt in two ways, as it stands in a text."""

    pair: str
    side: int
    word: str
    row: Paragraph
    span: tuple[int, int]


def region_of(language: str) -> int | None:
    """Whose spelling a language's tag asks for; None if it does not say."""
    return _REGIONS.get(language.lower().replace("_", "-").rpartition("-")[2])


def spellings_in(entity: LintedEntity) -> Iterator[Spelling]:
    """The words of a text that can be spelt in two ways. A capital may make it a name, so such words do not count."""
    pairs = entity.site.words("spellings")
    if not pairs or entity.id.kind == CITED:
        return
    sides, pattern = _sides(pairs)
    for row in entity.own_texts:
        for match in pattern.finditer(row.own()):
            pair, side = sides[match[1]]
            yield Spelling(pair, side, match[0], row, match.span())


@lru_cache(maxsize=2)
def _sides(pairs: frozenset[str]) -> tuple[Mapping[str, tuple[str, int]], re.Pattern[str]]:
    """By stem: its pair, and which of the two it is; and an expression for all words of them."""
    sides = {}
    for pair in pairs:
        for side, stem in enumerate(pair.split()):
            sides[stem] = pair, side
    stems = "|".join(sorted(map(re.escape, sides), key=len, reverse=True))
    return sides, re.compile(rf"(?<![\w-])({stems}){_ENDING}(?![\w-])")
