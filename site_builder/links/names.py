"""Which entity a name means.

A reference is, in this order: `kind/slug` or `collection/slug`, a slug, a name or alias as written,
a name, an alias or a slug without regard to case. The first that fits anything decides. What
`text.same` takes for the same makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from site_builder.content.entries import BrokenEntry
from site_builder.content.kinds import BY_PLURAL, KINDS
from site_builder.content.models import EntityId
from site_builder.text.guesses import Guesses, suggestion
from site_builder.text.same import folded, same
from site_builder.values import NamedTuple

_KINDS = {written: row.name for table in (KINDS, BY_PLURAL) for written, row in table.items()}


def without_kind(text: str) -> str:
    """What a reference says behind a kind: `actor/nato` says `nato`; without one, all of it."""
    kind, slash, slug = text.partition("/")
    return slug if slash and kind in _KINDS else text


class Miss(NamedTuple):
    """Why a reference means nothing. No `code` if it is not to be blamed on the reference."""

    code: str = ""
    message: str = ""
    hint: str = ""
    expired: EntityId | None = None
    """What was meant, if it has expired: that is a warning. No entity, but not None, if it was a list of such."""


class Names:
    """The names of all entities."""

    def __init__(
        self,
        rows: Iterable[tuple[EntityId, tuple[str, ...]]],
        hidden: Mapping[EntityId, str],
        hidden_names: Mapping[str, EntityId],
        broken: Iterable[BrokenEntry],
        expired: Collection[EntityId] = (),
        titles: Iterable[str] = (),
    ) -> None:
        self._rows = list(rows)
        self._titles = tuple(titles)
        """Titles that nobody would call a name: the statements of claims."""
        self._hidden = hidden
        self._hidden_names = hidden_names
        self._expired = expired
        self._broken_ids: set[EntityId] = set()
        self._broken_names: set[str] = set()
        self.guesses = Guesses()
        """What unknown names and addresses were probably meant to be."""
        self._candidates_of: dict[tuple[str, ...], list[str]] = {}
        self._any_name_possible = False
        self._broken_kinds: set[str] = set()
        """Kinds whose collection file could not be read, so that any slug may be in it."""
        for row in broken:
            self._broken_ids.add(row.id)
            self._broken_names.update(folded(name) for name in (row.id.slug, *row.names))
            self._any_name_possible = self._any_name_possible or not row.names_known
            if not row.id.slug:
                self._broken_kinds.add(row.id.kind)

    @cached_property
    def _slugs(self) -> Mapping[str, list[EntityId]]:
        return _by_name((id.slug, id) for id, _ in self._rows)

    @cached_property
    def _names(self) -> Mapping[str, list[EntityId]]:
        return _by_name((same(name), id) for id, names in self._rows for name in names)

    @cached_property
    def _folded_slugs(self) -> Mapping[str, list[EntityId]]:
        return _by_name((folded(id.slug), id) for id, _ in self._rows)

    @cached_property
    def _folded(self) -> Mapping[str, list[EntityId]]:
        return _by_name((folded(name), id) for id, names in self._rows for name in names)

    @cached_property
    def _folded_titles(self) -> frozenset[str]:
        return frozenset(map(folded, self._titles))

    def _with_slug(self, slug: str) -> list[EntityId]:
        return self._slugs.get(slug) or self._folded_slugs.get(folded(slug), [])

    def is_name(self, text: str) -> bool:
        """Whether a text, folded, is a name or title of any entity."""
        return text in self._folded or text in self._folded_titles

    def is_name_of(self, text: str, id: EntityId) -> bool:
        """Whether a reference says a name of an entity, and not only its slug."""
        return id in self._folded.get(folded(text), ())

    def resolve(self, text: str, kinds: Collection[str] = ()) -> EntityId | Miss:
        """The entity a reference means, among `kinds` (all, if empty)."""
        text = same(text)
        kind, slash, slug = text.partition("/")
        if slash and kind in _KINDS:
            found = [id for id in self._with_slug(slug) if id.kind == _KINDS[kind]]
            broken = EntityId(_KINDS[kind], slug) in self._broken_ids
        else:
            found = (
                self._slugs.get(text)
                or self._names.get(text)
                or self._folded.get(folded(text))
                or self._folded_slugs.get(folded(text), [])
            )
            broken = folded(text) in self._broken_names
        wanted = [id for id in found if not kinds or id.kind in kinds]
        if not wanted and found and kinds:
            # The slug of one kind may be the name of another.
            others = [*self._names.get(text, ()), *self._folded.get(folded(text), ())]
            wanted = list(dict.fromkeys(id for id in others if id.kind in kinds))
        if len(wanted) == 1:
            return wanted[0]
        if wanted:
            choices = ", ".join(f"{id.kind}/{id.slug}" for id in wanted[:_FEW])
            choices += ", …" if len(wanted) > _FEW else ""
            return Miss(
                "ambiguous-reference",
                f"'{text}' is the name of several entities: {choices}",
                "write one of these instead",
            )
        if broken or not text:  # a reference is empty where what was written could not be read
            return Miss()
        return self._hidden_or_unknown(text, slug if slash else text, found, kinds)

    def _hidden_or_unknown(
        self, text: str, slug: str, found: list[EntityId], kinds: Collection[str]
    ) -> Miss:
        kind = _KINDS.get(text.partition("/")[0], "") if slug != text else ""
        among = {kind} if kind else set(kinds)
        meant = [
            id
            for id in self._hidden
            if folded(id.slug) == folded(slug) and (not among or id.kind in among)
        ]
        by_name = self._hidden_names.get(folded(text))
        if by_name and (not kinds or by_name.kind in kinds):
            meant.append(by_name)
        if meant:
            # What was published until its day came must not fail now, whatever else has its name.
            return self._miss_of(next((id for id in meant if id in self._expired), meant[0]))
        if found:
            wanted = " or ".join(KINDS[kind].with_article for kind in kinds)
            return Miss(
                "wrong-kind", f"'{text}' is {KINDS[found[0].kind].with_article}, not {wanted}"
            )
        if self._any_name_possible and not self._looks_like_slug(text):
            return Miss()
        if self._broken_kinds and (not among or not among.isdisjoint(self._broken_kinds)):
            return Miss()
        return self._unknown(text, slug, kind, kinds)

    def _miss_of(self, id: EntityId) -> Miss:
        """Why a hidden entity can't be linked to."""
        message = f"{id} is {self._hidden[id]}"
        if id in self._expired:
            return Miss("expired-reference", message, EXPIRED_HINT, id)
        return Miss("hidden-reference", message, HIDDEN_HINT)

    def _unknown(self, text: str, slug: str, kind: str, kinds: Collection[str]) -> Miss:
        """`kind` is what `text` says before a slash, `slug` what it says behind it."""
        noun = " or ".join(kinds) if kinds else "link target"
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        message = f"unknown {noun} '{shown}'"
        if kind:
            found = self.guesses.nearest(slug, kind, self._slugs_of(kind), count=3)
            matches = [f"{kind}/{match}" for match in found]
        else:
            among = tuple(kinds)
            matches = self.guesses.nearest(text, among, self._candidates(among), count=3)
        if matches:
            others = ", ".join(f"'{name}'" for name in matches[1:])
            return Miss(
                "unknown-reference",
                message + suggestion(matches, f"{kind}/{slug}" if kind else text),
                f"or {others}" if others else "",
            )
        wanted = kind or (next(iter(kinds)) if len(kinds) == 1 else "")
        return Miss("unknown-reference", message, self._all_of(wanted) if wanted else "")

    @cached_property
    def _slugs_by_kind(self) -> Mapping[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for slug, ids in self._slugs.items():
            for kind in {id.kind for id in ids}:
                table[kind].append(slug)
        return table

    def _slugs_of(self, kind: str) -> list[str]:
        return self._slugs_by_kind.get(kind, [])

    def _all_of(self, kind: str) -> str:
        """What there is of a kind, if that is soon said."""
        slugs = self._slugs_of(kind)
        if not slugs:
            name = KINDS[kind].plural
            return f"there are no {name} yet: add them in content/{name}/ or content/{name}.yaml"
        return f"there are: {', '.join(sorted(slugs))}" if len(slugs) <= _FEW else ""

    @staticmethod
    def _looks_like_slug(text: str) -> bool:
        return text == text.lower() and " " not in text

    def _candidates(self, kinds: tuple[str, ...]) -> list[str]:
        found = self._candidates_of.get(kinds)
        if found is None:
            found = self._candidates_of[kinds] = [
                name
                for table in (self._slugs, self._names)
                for name, ids in table.items()
                if not kinds or any(id.kind in kinds for id in ids)
            ]
        return found


def _by_name(rows: Iterable[tuple[str, EntityId]]) -> Mapping[str, list[EntityId]]:
    """The entities of each name, each once. The names of one entity come one after another."""
    table: dict[str, list[EntityId]] = {}
    for name, id in rows:
        ids = table.setdefault(name, [])
        if not ids or ids[-1] != id:
            ids.append(id)
    return table


_FEW = 10
_LONGEST_SHOWN = 80
HIDDEN_HINT = "build with --drafts to see it, or delete the link"
EXPIRED_HINT = "it is shown without a link, or left out; delete it here, or give it a later day"
