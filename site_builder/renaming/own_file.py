"""The file of the entity that gets a new slug: its key or name, its redirects, and a name that its slug gave."""

from __future__ import annotations

from functools import cached_property

from site_builder.content.entries import EntryFacts, names_of, title_of
from site_builder.content.kinds import KINDS
from site_builder.content.models import Record
from site_builder.content.slugs import same_address
from site_builder.editing import scalar
from site_builder.renaming.files import File, new_path
from site_builder.renaming.names import Renaming


class OwnFile:
    """Notes in its file what changes. `record` is the entity's record as it is."""

    def __init__(self, file: File, head: EntryFacts, record: Record, renaming: Renaming) -> None:
        self._file = file
        self._head = head
        self._record = record
        self._renaming = renaming
        self._title = KINDS[head.id.kind].title

    @property
    def new_path(self) -> str:
        """The path that a file of its own gets; "" for an entry in a collection."""
        if self._head.within:
            return ""
        return new_path(self._head.file, self._renaming.new.slug)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the entity has afterwards."""
        record = self._record
        if self._is_nameless:
            record = self._with_name(self._head.title)
        elif self._drops_name:
            record = self._with_name(None)
        return names_of(self._renaming.new, record)

    @property
    def _is_nameless(self) -> bool:
        return getattr(self._record, self._title) is None

    @cached_property
    def _drops_name(self) -> bool:
        """Whether its name is one that an earlier change wrote out, and that the new slug gives again.

        Such a name stands right before the redirects; one that an author wrote stands elsewhere.
        """
        if self._is_nameless:
            return False
        fields = self._file.fields(self._head.within)
        after = fields[fields.index(self._title) + 1 :][:1]
        bare = self._with_name(None)
        return after == ["redirect_from"] and (
            title_of(self._renaming.new, bare) == self._head.title
        )

    def _with_name(self, name: str | None) -> Record:
        return type(self._record)(**{**vars(self._record), self._title: name})

    def change(self, *, redirect: bool) -> bool:
        """Notes all changes; whether they can be made. With `redirect`, the old slug leads here."""
        head, file = self._head, self._file
        done = True
        if head.within:
            key = file.spans.key(head.within)
            done = file.replace((key.start, key.end) if key else None, self._renaming.new.slug)
        if self._is_nameless:
            done &= file.add(file.spans.with_field(head.within, self._title, scalar(head.title)))
        elif self._drops_name:
            done &= file.add(file.spans.without((*head.within, self._title)))
        return done & self._redirect(wanted=redirect)

    def _redirect(self, *, wanted: bool) -> bool:
        """Adds the old slug to those that redirect; the new one is not among them any more."""
        head, file, (old, new) = self._head, self._file, self._renaming
        former = [same_address(slug) for slug in head.redirect_from]
        where = (*head.within, "redirect_from")
        if same_address(new.slug) not in former:
            if not wanted:
                return True
            return file.add(file.spans.with_items(head.within, "redirect_from", [old.slug]))
        number = former.index(same_address(new.slug))
        if not wanted:
            return file.add(file.spans.without((*where, number)))
        found = file.scalar((*where, number))
        return file.replace((found.start, found.end) if found else None, old.slug)
