"""The site as rules see it: what they need of all entities, made when a rule first asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, cast

from site_builder.content.kinds import CITED, FRONT, HOLDERS
from site_builder.content.linting import RuleSettings, settings_of
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.links.evidence import SourceText
from site_builder.links.graph import Graph
from site_builder.text.locales import words_of
from site_builder.text.same import folded, same


class Persons(NamedTuple):
    """The persons of a site: who each name means, and an expression for all names."""

    names: Mapping[str, EntityId]
    """Full names, other names, and last names that one person alone has."""
    pattern: re.Pattern[str] | None

    def find(self, text: str) -> Iterator[tuple[int, int, EntityId]]:
        """Start, end and person of each name in a text."""
        if self.pattern:
            for match in self.pattern.finditer(text):
                yield match.start(), match.end(), self.names[match[0]]


class LintedSite:
    """A site while it is linted. `places` find places; `graph` traces what is read."""

    def __init__(self, graph: Graph, places: Places) -> None:
        self.graph = graph
        self.places = places
        self.settings = graph.content.site
        self.language = self.settings.language

    def words(self, name: str) -> frozenset[str]:
        """A list of words of the site's language."""
        return words_of(self.language, name)

    def settings_of(self, code: str) -> RuleSettings:
        """What the site sets for a rule."""
        return settings_of(self.settings.lint, code)

    def named(self, text: str, kind: str = "") -> EntityId | None:
        """The entity that a name or a slug means; None if there is none, or several."""
        kind_given, slash, slug = text.partition("/")
        if slash:
            kind, text = kind_given.removesuffix("s"), slug
        rows = self.graph.reader.at("name", folded(text))
        ids = {id for id, *_ in rows if not kind or id.kind == kind}
        return ids.pop() if len(ids) == 1 else None

    @property
    def persons(self) -> Persons:
        """The persons of the site."""
        self.graph.reader.note("form")
        return self._persons

    @cached_property
    def _persons(self) -> Persons:
        names: dict[str, set[EntityId]] = {}
        for key, rows in self.graph.tables["form"].items():
            kind, name = cast("tuple[str, str]", key)
            for id, is_person in rows:
                if kind == HOLDERS and is_person:
                    for form in {same(name), last_name(same(name))}:
                        names.setdefault(form, set()).add(id)
        known = {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1 and name}
        choices = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
        return Persons(known, re.compile(rf"(?<!\w)(?:{choices})(?!\w)") if known else None)

    @property
    def texts(self) -> tuple[tuple[EntityId, SourceText], ...]:
        """The sources that have a text."""
        self.graph.reader.note("text")
        return self._texts

    @cached_property
    def _texts(self) -> tuple[tuple[EntityId, SourceText], ...]:
        graph = self.graph
        rows = ((id, graph.sources[id].text) for id in graph.ids_of(CITED))
        return tuple((id, text) for id, text in rows if text is not None)

    @property
    def articles(self) -> tuple[EntityId, ...]:
        """The articles."""
        return self.graph.ids_of(FRONT)


def last_name(name: str) -> str:
    """The last of the words of a name that has several."""
    first, _, last = name.rpartition(" ")
    return last if first and last[:1].isupper() else name
