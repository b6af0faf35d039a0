"""Names that link by themselves.

The names of actors and terms, found in running text by Aho-Corasick, longest match first. A name
that several entities share never links by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from site_builder.content.models import EntityId


class SharedName(NamedTuple):
    """A name that does not link because several entities have it."""

    name: str
    ids: tuple[EntityId, ...]


def forms(id: EntityId, name: str) -> list[str]:
    """How a name may stand in a text: a term's with a small or a capital letter first."""
    if id.kind != "term":
        return [name]
    return sorted({name, name[0].upper() + name[1:], name[0].lower() + name[1:]})


class Mentions:
    """Finds names in texts."""

    def __init__(self, rows: Iterable[tuple[EntityId, tuple[str, ...]]]) -> None:
        names: dict[str, list[EntityId]] = defaultdict(list)
        for id, linked in rows:
            for name in linked:
                for form in forms(id, name):
                    names[form].append(id)
        self._names = sorted(name for name, ids in names.items() if len(ids) == 1)
        self._ids = [names[name][0] for name in self._names]
        self.shared = tuple(
            SharedName(name, tuple(ids)) for name, ids in sorted(names.items()) if len(ids) > 1
        )
        shared_names = [row.name for row in self.shared]
        # A shared name is searched for too, so that no shorter name inside it links instead.
        self._automaton = (
            AhoCorasick(self._names + shared_names, matchkind=MatchKind.LeftmostLongest)
            if names
            else None
        )

    def find(self, text: str) -> list[tuple[int, int, EntityId]]:
        """Start, end and entity of each name in a text, in order, whole words only."""
        found = []
        for index, start, end in self._occurrences(text):
            if index < len(self._ids) and _is_word(text, start, end):
                found.append((start, end, self._ids[index]))
        return found

    def occur_in(self, text: str) -> bool:
        """Whether any name stands in a text, be it shared or within a longer word.

        Such a name does not link itself, and may keep another from linking that begins within it.
        """
        return bool(self._occurrences(text))

    def _occurrences(self, text: str) -> list[tuple[int, int, int]]:
        """The number of each name in a text, its start and end."""
        if self._automaton is None:
            return []
        # A name may run on to the next line of its file.
        return self._automaton.find_matches_as_indexes(text.replace("\n", " "))


def _is_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or before in "_@#/") and not (after.isalnum() or after in "_@")


_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»')


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that stand in double quotation marks."""
    if not any(mark in text for mark in '"“„«'):
        return []
    return [match.span() for match in _QUOTED.finditer(text)]
