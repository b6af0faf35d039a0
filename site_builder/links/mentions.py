"""Names that link by themselves.

The names of actors and terms, found in running text by Aho-Corasick, longest match first. Text and
names are compared as `text.same` says, and a name is a whole word as `text.bounds` says. A name
that several entities share never links by itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.text import lazily
from site_builder.text.bounds import is_bound
from site_builder.text.same import form, same
from site_builder.values import NamedTuple


class SharedName(NamedTuple):
    """A name that does not link because several entities have it."""

    name: str
    ids: tuple[EntityId, ...]


def forms(id: EntityId, name: str) -> dict[str, bool]:
    """How a name may stand in a text, and whether only at the beginning of a sentence.

    A term may begin with a small or a capital letter; any other name that begins with a small letter
    begins a sentence with a capital.
    """
    name = same(name)
    if not name:
        return {}
    capital = name[0].upper() + name[1:]
    if KINDS[id.kind].any_case:
        return dict.fromkeys((name, capital, name[0].lower() + name[1:]), False)
    return {capital: True, name: False}


class Mentions:
    """Finds names in texts. `persons` are the entities that are persons."""

    def __init__(
        self,
        rows: Iterable[tuple[EntityId, tuple[str, ...]]],
        persons: Container[EntityId] = frozenset(),
    ) -> None:
        ids: dict[str, dict[EntityId, None]] = {}
        written: dict[str, str] = {}
        self._anywhere: set[str] = set()
        self._persons = persons
        for id, names in rows:
            for name in names:
                for text, begins in forms(id, name).items():
                    ids.setdefault(text, {})[id] = None
                    written.setdefault(text, name)
                    if not begins:
                        self._anywhere.add(text)
        self._names = {text: next(iter(having)) for text, having in ids.items() if len(having) == 1}
        self.shared = tuple(
            SharedName(written[text], tuple(having))
            for text, having in sorted(ids.items())
            if len(having) > 1
        )
        # A shared name is searched for too, so that no shorter name inside it links instead.
        self._patterns = sorted(ids)
        self._automaton = (
            AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)
            if self._patterns
            else None
        )

    def find(self, text: str) -> list[tuple[int, int, EntityId]]:
        """Start, end and entity of each name in a text, in order, whole words only."""
        if self._automaton is None:
            return []
        made = form(text)
        found: list[tuple[int, int, EntityId]] = []
        done = 0
        for index, start, end in self._automaton.find_matches_as_indexes(made.text):
            name = self._patterns[index]
            whole = start >= done and self._stands(made.text, start, end, name)
            places = [(start, end, name)] if whole else self._inside(made.text, start, name)
            for first, last, inner in places:
                if first < done:
                    continue
                done = last
                id = self._names.get(inner)
                place = made.start(first), made.end(last)
                if id and not (id in self._persons and _is_part_of_a_name(text, *place)):
                    found.append((*place, id))
        return found

    def occur_in(self, text: str) -> bool:
        """Whether any name stands in a text, be it shared or within a longer word.

        Such a name does not link itself, and may keep another from linking that begins within it.
        """
        return self._automaton is not None and bool(
            self._automaton.find_matches_as_indexes(form(text).text)
        )

    def _stands(self, text: str, start: int, end: int, name: str) -> bool:
        """Whether a name that was found is one here."""
        return _is_word(text, start, end) and (
            name in self._anywhere or _begins_sentence(text, start)
        )

    def _inside(self, text: str, start: int, name: str) -> Iterator[tuple[int, int, str]]:
        """The names that begin within a match which is no whole word, longest first at each place."""
        for at in self._bounds_in(name):
            for length in self._lengths:
                inner = text[start + at : start + at + length]
                end = start + at + len(inner)
                if inner in self._all_names and self._stands(text, start + at, end, inner):
                    yield start + at, end, inner
                    break

    @cached_property
    def _all_names(self) -> frozenset[str]:
        return frozenset(self._patterns)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(name) for name in self._patterns}, reverse=True)

    def _bounds_in(self, name: str) -> list[int]:
        """Where a name inside a longer one may begin."""
        if name.isalnum() and name.isascii():
            return []
        inner = [at for at in range(1, len(name)) if name[at].isalnum() and is_bound(name, at)]
        return [0, *inner] if inner or not name[-1].isalnum() else []


def _is_word(text: str, start: int, end: int) -> bool:
    if text[start - 1 : start] in _STOPPED_BEFORE or text[end : end + 1] in _STOPPED_BEHIND:
        return False
    return is_bound(text, start) and is_bound(text, end)


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - _LONGEST_PART) : at].rstrip(" \"'([")
    return not before or before[-1] in ".!?:…。！？\0"


_STOPPED_BEFORE = frozenset("_@#/")
_STOPPED_BEHIND = frozenset("_@")

_HYPHENS = "-‐‑"
_DOUBLE_NAME_BEFORE = lazily.pattern(rf"(?<![^\W_])([^\W\d_])[^\W_]*[{_HYPHENS}]$")
_DOUBLE_NAME_BEHIND = lazily.pattern(rf"[{_HYPHENS}]([^\W\d_])")
_FIRM_BEFORE = lazily.pattern(r"&\s*$")
_FIRM_BEHIND = lazily.pattern(r"\s*&")
_LONGEST_PART = 40


def _is_part_of_a_name(text: str, start: int, end: int) -> bool:
    """Whether a person's name is part of a double name or of a firm's: `Holt-Smith`, `Holt & Co.`."""
    before = text[max(0, start - _LONGEST_PART) : start]
    for match in (_DOUBLE_NAME_BEFORE.search(before), _DOUBLE_NAME_BEHIND.match(text, end)):
        if match and match[1].isupper():
            return True
    return bool(_FIRM_BEFORE.search(before) or _FIRM_BEHIND.match(text, end))
