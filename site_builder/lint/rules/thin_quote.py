"""`thin-quote`: the words of a citation say nothing by themselves.

Silent if there is one word that does, or a number: *until May*, *14 to 11*, *not for sale*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.content.records import Holds
from site_builder.content.shape import walk
from site_builder.diagnostics import Location
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.markdown.document import Citation
from site_builder.text.same import folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Citations of words such as articles, pronouns and prepositions alone."""
    empty = entity.site.words("function_words")
    if not empty:
        return
    for said, place in _cited(entity):
        words = _WORD.findall(said)
        if words and all(_is_empty(word, number, empty) for number, word in enumerate(words)):
            yield Finding(
                f"these words say nothing by themselves: “{said}”",
                place,
                "quote the words that the statement rests on",
            )


def _is_empty(word: str, number: int, empty: frozenset[str]) -> bool:
    """Whether a word says nothing. With a capital, within a text, it is a name or a month: *until May*."""
    is_name = number > 0 and word[0].isupper() and len(word) > 1
    return not is_name and folded(word) in empty


def _cited(entity: LintedEntity) -> Iterator[tuple[str, Location]]:
    places, file, within = entity.site.places, entity.entry.file, entity.entry.within
    for found in walk(entity.record, Holds.CITES):
        for index, cite in enumerate(found.value):
            yield cite.words, places.cite(file, within + found.path, index)
    for part, place in entity.placed(Citation):
        yield part.words, place
