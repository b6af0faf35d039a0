"""The site as rules see it: what they need of all entities, made when a rule first asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from site_builder.content.dates import Date
from site_builder.content.entries import EntryFacts
from site_builder.content.kinds import CITED, FRONT, HOLDERS
from site_builder.content.linting import RuleSettings, settings_of
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.links.evidence import SourceText
from site_builder.links.graph import Graph
from site_builder.text.locales import words_of
from site_builder.text.same import folded, same

_ENDINGS = ("s", "es", "'s", "\u2019s")
"""What may follow a name that is found in any case."""


WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word of letters."""


class NameFinder:
    """Finds names in texts, as whole words. With `any_case`, also in other case and as plurals, without places."""

    def __init__(self, names: Mapping[str, frozenset[EntityId]], *, any_case: bool = False) -> None:
        self._any_case = any_case
        self.names = {name.lower() if any_case else name: ids for name, ids in names.items()}
        self._patterns = sorted(self.names)
        kind = MatchKind.LeftmostLongest
        self._automaton = AhoCorasick(self._patterns, matchkind=kind) if self._patterns else None

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[EntityId]]]:
        """Start, end and entities of each name in a text."""
        if self._automaton is None:
            return
        if self._any_case:
            text = text.lower()
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if not text[start - 1 : start].isalnum() and self._ends(text, end):
                yield start, end, self.names[self._patterns[number]]

    def _ends(self, text: str, end: int) -> bool:
        if not text[end : end + 1].isalnum():
            return True
        return self._any_case and any(
            text.startswith(ending, end) and not text[end + len(ending) :][:1].isalnum()
            for ending in _ENDINGS
        )


class LintedSite:
    """A site while it is linted. `places` find places; `graph` traces what is read."""

    def __init__(self, graph: Graph, places: Places, rows: Sequence[EntryFacts]) -> None:
        self.graph = graph
        self.places = places
        self._rows = rows
        self.settings = graph.content.site
        self.language = self.settings.language
        self._finders: dict[str, NameFinder] = {}
        self._findable: dict[str, frozenset[EntityId]] = {}

    def words(self, name: str) -> frozenset[str]:
        """A list of words of the site's language."""
        return words_of(self.language, name)

    def settings_of(self, code: str) -> RuleSettings:
        """What the site sets for a rule."""
        return settings_of(self.settings.lint, code)

    def all_named(self, text: str, kind: str = "") -> frozenset[EntityId]:
        """The entities that a name or a slug may mean."""
        given, slash, slug = text.partition("/")
        if slash:
            given = given.removesuffix("s")
            if kind and given != kind:
                return frozenset()
            kind, text = given, slug
        name = folded(text.strip())
        self.graph.reader.note("name", name)
        ids = self._by_name.get(name, ())
        return frozenset(id for id in ids if not kind or id.kind == kind)

    def meant(self, text: str, kind: str) -> EntityId | None:
        """The entity of a kind that a reference means; None if there is none, or several."""
        named = self.all_named(text, kind)
        exact = EntityId(kind, text.rpartition("/")[2].strip())
        if exact in named:
            return exact
        return next(iter(named)) if len(named) == 1 else None

    @cached_property
    def _by_name(self) -> Mapping[str, frozenset[EntityId]]:
        return _grouped(
            [(folded(name), row.id) for row in self._rows for name in (row.id.slug, *row.names)]
        )

    @property
    def name_words(self) -> Mapping[str, frozenset[EntityId]]:
        """The words of all names and titles, with whose they are."""
        self.graph.reader.note("name")
        return self._name_words

    @cached_property
    def _name_words(self) -> Mapping[str, frozenset[EntityId]]:
        return _grouped(
            [
                (word, row.id)
                for row in self._rows
                for name in row.names
                for word in WORD.findall(same(name))
            ]
        )

    def _forms(self, wanted: str) -> Iterator[tuple[str, EntityId, bool]]:
        """The names of a kind that link by themselves, with whose they are and whether that is a person."""
        for row in self._rows:
            if row.id.kind == wanted:
                yield from ((same(name), row.id, row.is_person) for name in row.linked_names)

    def names_of(self, kind: str) -> NameFinder:
        """Finds all names of a kind, in any case if it is one of words."""
        self.graph.reader.note("form")
        if kind not in self._finders:
            rows = [(name, id) for name, id, _ in self._forms(kind)]
            self._finders[kind] = NameFinder(_grouped(rows), any_case=kind != HOLDERS)
        return self._finders[kind]

    def can_be_found(self, id: EntityId) -> bool:
        """Whether an entity has a name that links by itself."""
        if id.kind not in self._findable:
            self._findable[id.kind] = frozenset(id for _, id, _ in self._forms(id.kind))
        return id in self._findable[id.kind]

    @property
    def persons(self) -> NameFinder:
        """Finds persons: by full and other names, and by last names that one alone has."""
        self.graph.reader.note("form")
        return self._persons

    @cached_property
    def _persons(self) -> NameFinder:
        rows = [
            (form, id)
            for name, id, is_person in self._forms(HOLDERS)
            if is_person
            for form in {name, name[:1].upper() + name[1:], last_name(name)}
        ]
        names = _grouped(rows)
        return NameFinder({name: ids for name, ids in names.items() if len(ids) == 1})

    @property
    def person_parts(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The words of persons' names, by their first letter, each with the words that follow it; last names with none."""
        self.graph.reader.note("form")
        return self._person_parts

    @cached_property
    def _person_parts(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        parts: dict[str, dict[str, frozenset[str]]] = {}
        for name, _, is_person in self._forms(HOLDERS):
            words = WORD.findall(name) if is_person else []
            for word, following in zip(words, [*words[1:], ""], strict=False):
                known = parts.setdefault(word[0], {})
                if not following or (word in known and not known[word]):
                    known[word] = frozenset()
                else:
                    known[word] = known.get(word, frozenset()) | {following}
        return parts

    @property
    def texts(self) -> tuple[tuple[EntityId, SourceText], ...]:
        """The sources that have a text."""
        self.graph.reader.note("text")
        return self._texts

    @cached_property
    def _texts(self) -> tuple[tuple[EntityId, SourceText], ...]:
        graph = self.graph
        rows = ((id, graph.texts[id]) for id in graph.ids_of(CITED))
        return tuple((id, text) for id, text in rows if text is not None)

    def days_of_articles(self) -> tuple[Date, ...]:
        """The days up to which the articles are true; none if one of them is not known."""
        days = []
        for id in self.graph.ids_of(FRONT):
            self.graph.reader.note("brief", id)
            days.append(self.graph.briefs[id].as_of)
        return tuple(days) if all(day.is_known for day in days) else ()


def _grouped(rows: list[tuple[str, EntityId]]) -> Mapping[str, frozenset[EntityId]]:
    names: dict[str, set[EntityId]] = {}
    for name, id in rows:
        if name:
            names.setdefault(name, set()).add(id)
    return {name: frozenset(ids) for name, ids in names.items()}


def last_name(name: str) -> str:
    """The last of the words of a name that has several."""
    first, _, last = name.rpartition(" ")
    return last if first and last[:1].isupper() else name
