"""The file of the entity that gets another name: the name itself, and the aliases, which the old one joins."""

from __future__ import annotations

import json

from site_builder.content.entries import EntryFacts, names_of
from site_builder.content.kinds import KINDS
from site_builder.content.models import Record
from site_builder.editing import scalar
from site_builder.reading.yaml_spans import Written
from site_builder.renaming.files import File
from site_builder.text.same import same
from site_builder.values import NamedTuple

_ALIASES = "aliases"


class NameWish(NamedTuple):
    """What is to change: the entity as it was named, and its new name."""

    entity: str
    name: str
    everywhere: bool = False
    """Whether references by the old name are to say the new one."""
    alias: bool = True
    """Whether the old name is to stay among the aliases."""


def put(file: File, found: Written | None, new: str) -> bool:
    """Writes a text in place of a scalar of one line, in quotation marks if it needs them; whether that can be done."""
    if found is None or found.style in ("|", ">") or "\n" in found.text[found.start : found.end]:
        return False
    return file.replace((found.start, found.end), _as_scalar(new, found))


def _as_scalar(new: str, found: Written | None = None) -> str:
    """A text as a scalar that may stand in a list in brackets, too; within the quotation marks of `found` if it has them."""
    if found is not None and found.style:
        return found.as_written(new) or new
    plain = scalar(new)
    return json.dumps(new, ensure_ascii=False) if set(",[]{}") & set(plain) else plain


class OwnName:
    """Notes in its file what changes. `record` is the entity's record as it is."""

    def __init__(self, file: File, head: EntryFacts, record: Record, wish: NameWish) -> None:
        self._file = file
        self._head = head
        self._record = record
        self._wish = wish
        self._has_aliases = hasattr(record, _ALIASES)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The aliases that the entity has afterwards."""
        if not self._has_aliases:
            return ()
        old, new = self._head.title, self._wish.name
        given: tuple[str, ...] = getattr(self._record, _ALIASES)
        kept = [alias for alias in given if same(alias) != same(new)]
        return (*kept, old) if self._wish.alias and old not in kept else tuple(kept)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the entity has afterwards."""
        fields = {**vars(self._record), KINDS[self._head.id.kind].title: self._wish.name}
        if self._has_aliases:
            fields[_ALIASES] = self.aliases
        return names_of(self._head.id, type(self._record)(**fields))

    def change(self) -> bool:
        """Notes the name and the aliases; whether they can be changed."""
        file = self._file
        within, title = self._head.within, KINDS[self._head.id.kind].title
        if getattr(self._record, title) is None:
            done = file.add(file.spans.with_field(within, title, _as_scalar(self._wish.name)))
        else:
            found = file.scalar(file.written((*within, title)))
            done = put(file, found, self._wish.name)
        return done and (not self._has_aliases or self._change_aliases())

    def _change_aliases(self) -> bool:
        """The old name joins the aliases, or takes the place of the new one among them."""
        file, old, within = self._file, self._head.title, self._head.within
        given: tuple[str, ...] = getattr(self._record, _ALIASES)
        numbers = [n for n, alias in enumerate(given) if same(alias) == same(self._wish.name)]
        wanted = self._wish.alias and old not in given
        if numbers:
            where = (*within, _ALIASES, numbers[0])
            if wanted:
                return put(file, file.scalar(where), old)
            return file.add(file.spans.without(where))
        if not wanted:
            return True
        return file.add(file.spans.with_items(within, _ALIASES, [_as_scalar(old)]))
