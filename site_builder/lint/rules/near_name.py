"""`near-name`: a word is nearly a person's name, and stands in no source.

It differs by one letter, or by two from nine letters on. Silent for parts of names shorter than six letters, first
names alone, plurals, possessives and forms such as *Petrova*, words of any name or title, and words that the text also writes with a small letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.content.kinds import CITED
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.text import Paragraph
from site_builder.text.same import folded

_CAPITALISED = re.compile(r"(?<![\w'’-])[^\W\d_a-z][^\W\d_]{4,}(?![\w-])")
_SHORTEST = 6
_TWO_EDITS = 9
_ENDINGS = frozenset(("a", "s", "es", "n", "an", "in"))
"""What makes another word of a name: a plural, a sister, a follower."""


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Misspelt names, each once a text."""
    site = entity.site
    parts = site.person_parts if site.words("function_words") else {}
    if not parts or entity.id.kind == CITED:
        return
    texts = list(entity.own_texts)
    seen: set[str] = set()
    for row in texts:
        for match in _CAPITALISED.finditer(row.text):
            word = match[0]
            if word in seen or word[0] not in parts:
                continue
            seen.add(word)
            near = _near(word, row.text[match.end() :], parts[word[0]])
            if near and not _is_known(word, entity) and not _is_ordinary(word, texts):
                yield Finding(
                    f"'{word}' is nearly '{near}', and stands in no source",
                    row.locate(site.places, *match.span()),
                    f"write '{near}', or add this spelling to the forms of its entity",
                )


def _near(word: str, behind: str, parts: Mapping[str, frozenset[str]]) -> str:
    """The part of a name that a word nearly is; "" if there is none. A first name must stand before its last name."""
    from rapidfuzz.distance import OSA

    if word in parts:
        return ""
    for part, following in sorted(parts.items()):
        if len(part) < _SHORTEST or word.removeprefix(part) in _ENDINGS:
            continue
        if following and not any(behind.startswith(f" {name}") for name in following):
            continue
        most = 2 if len(part) >= _TWO_EDITS else 1
        if 0 < OSA.distance(word, part, score_cutoff=most) <= most:
            return part
    return ""


def _is_known(word: str, entity: LintedEntity) -> bool:
    """Whether another entity has the word in its name, or a source has it."""
    site = entity.site
    for form in (word, word.removesuffix("s")):
        if site.name_words.get(form, frozenset()) - {entity.id}:
            return True
    return any(re.search(rf"\b{word}\b", text.text) for _, text in site.texts)


def _is_ordinary(word: str, texts: list[Paragraph]) -> bool:
    """Whether it is a word with a small letter elsewhere."""
    small = re.compile(rf"\b{word[0].lower()}{word[1:]}\b")
    return any(small.search(row.text) for row in texts) or folded(word) == word
