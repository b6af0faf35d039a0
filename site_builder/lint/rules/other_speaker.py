"""`other-speaker`: a sentence is about one person, and the words that it cites about another.

The first person whom the sentence names is in no paragraph of the words cited, and another person of the site is.
Silent for *he warned*, for a name after *unlike*, *by* or *with*, for names in quotations, for the page's own actor,
and if the paragraph has the person's office: *the coroner asked*. In languages without a list of such words, only if
none of the sentence's persons is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.content.models import EntityId
from site_builder.links.evidence import SourceText
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.site import last_name
from site_builder.text.same import folded

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_OFFICE = 4


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Sentences whose person the cited paragraph does not name."""
    site = entity.site
    aside, pronouns = site.words("names_aside"), site.words("pronouns")
    for row, sentence, marks in entity.cited_sentences():
        own = row.own()
        named = [
            (sentence.start + start, sentence.start + end, next(iter(ids)))
            for start, end, ids in site.persons.find(own[sentence.start : sentence.end])
        ]
        if aside:
            named = [
                found
                for found in named
                if not _is_aside(own[sentence.start : found[0]], own[found[1] :], aside)
            ][:1]
        if not named or any(id in _own_actors(entity, row.source.path) for _, _, id in named):
            continue
        passages = [found for mark in marks if (found := entity.passage(mark))]
        said = " \n".join(_paragraphs(*found, pronouns) for found in passages)
        there = {next(iter(ids)) for _, _, ids in site.persons.find(said)}
        if not there or any(
            id in there or _has_office(entity, id, said) or _is_spelt_otherwise(entity, id, said)
            for _, _, id in named
        ):
            continue
        start, end, id = named[0]
        others = ", ".join(sorted(entity.graph.heads[other].title for other in there))
        yield Finding(
            f"the words cited are not near {entity.graph.heads[id].title} in their source",
            row.locate(site.places, start, end),
            f"the paragraph names: {others}",
        )


def _is_aside(before: str, behind: str, aside: frozenset[str]) -> bool:
    """Whether a name follows a word such as *unlike*. A sentence that begins *for her,* tells what she thinks."""
    words = [folded(word) for word in _WORD.findall(before)]
    if words == ["for"] and behind.startswith(","):
        return False
    return bool(words) and words[-1] in aside


def _own_actors(entity: LintedEntity, path: tuple[str | int, ...]) -> set[EntityId]:
    """Who speaks on the page or in the part of the record anyway."""
    where = path[len(entity.entry.within) :]
    refs = entity.linked.refs
    own = {entity.id}
    own |= {id for at, id in refs.items() if at[-1] == "actor" and at[:-1] == where[: len(at) - 1]}
    return own | {id for at, id in refs.items() if at[0] == "made_by"}


def _paragraphs(text: SourceText, start: int, end: int, pronouns: frozenset[str]) -> str:
    """The paragraphs of cited words, with the one before if *he* or *she* stands in them up to there."""
    rows = text.paragraphs
    numbers = [n for n, (first, last) in enumerate(rows) if first < end and start < last]
    if not numbers:
        return text.text[start:end]
    first, last = rows[numbers[0]][0], rows[numbers[-1]][1]
    before = _WORD.findall(text.text[first:end])
    if numbers[0] > 0 and any(folded(word) in pronouns for word in before):
        first = rows[numbers[0] - 1][0]
    return text.text[first:last]


def _has_office(entity: LintedEntity, id: EntityId, said: str) -> bool:
    """Whether a paragraph has a word of a person's role."""
    role = getattr(entity.graph.linked[id].entry.record, "role", None) or ""
    words = {folded(word) for word in _WORD.findall(role) if len(word) >= _LEAST_OFFICE}
    return bool(words & {folded(word) for word in _WORD.findall(said)})


def _is_spelt_otherwise(entity: LintedEntity, id: EntityId, said: str) -> bool:
    """Whether a paragraph has a word that is nearly a person's last name: *Zelenskyy*."""
    from rapidfuzz.distance import OSA

    name = last_name(entity.graph.heads[id].title)
    words = (word for word in _WORD.findall(said) if word[0] == name[0] and len(word) > 4)
    return any(OSA.distance(word, name, score_cutoff=2) <= 2 for word in words)
