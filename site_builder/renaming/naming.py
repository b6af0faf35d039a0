"""`rename --name`: an entity gets another name, and keeps the old one as an alias, so that every reference still means it.

References by the old name stay as they are, unless they would mean nothing any more, or all are to change. Running
text is never touched. As with slugs, the changed texts are linked before anything is written.
"""

from __future__ import annotations

from pathlib import Path

from site_builder.content.entries import EntryFacts
from site_builder.content.kinds import KINDS
from site_builder.content.records import Holds
from site_builder.content.shape import shape_of
from site_builder.editing import apply
from site_builder.faults import Fault
from site_builder.renaming.files import Files
from site_builder.renaming.likeness import View
from site_builder.renaming.name_references import NameNotes, find_names
from site_builder.renaming.names import Called, Renaming
from site_builder.renaming.notes import some
from site_builder.renaming.own_name import NameWish, OwnName
from site_builder.renaming.sites import Before, Changed, read_site, refused
from site_builder.stages.linking import LinkedSite
from site_builder.text.same import folded


def rename_name(root: Path, wish: NameWish, *, dry_run: bool = False) -> Changed:
    """Gives an entity another name. Raises `Fault` if there is no such entity, or the name can't be its."""
    before = read_site(root)
    if isinstance(before, Changed):
        return before
    head = before.entity(wish.entity)
    wish = wish._replace(name=" ".join(wish.name.split()))
    _refuse(before.site, head, wish.name)
    change = _Change(before, head, wish)
    changed = change.made()
    if changed.edits and dry_run:
        return changed._replace(lines=[*change.shown(), *changed.lines])
    apply(changed.edits, root)
    return changed


def _refuse(site: LinkedSite, head: EntryFacts, name: str) -> None:
    """Raises `Fault` if the entity can't have this name."""
    kind = KINDS[head.id.kind]
    field = next(row for row in shape_of(kind.model) if row.name == kind.title)
    if field.holds is not Holds.LINE:
        raise Fault(f"{kind.with_article} has no name; edit its {kind.title} in {head.file}")
    if not name:
        raise Fault("a name needs at least one letter")
    if name == head.title:
        raise Fault(f"{head.id} has this name already")
    for row in site.loaded.rows:
        if row.id != head.id and folded(name) in map(folded, (*row.names, row.title)):
            raise Fault(f"'{name}' is a name of {row.id} in {row.file}; choose another name")


class _Change:
    """The change of one name: what becomes of the files, and whether the site stays the same."""

    def __init__(self, before: Before, head: EntryFacts, wish: NameWish) -> None:
        self._before = before
        self._head = head
        self._wish = wish
        self._files = Files(before.site.loaded.library)
        record = before.site.graph.untraced[head.id].entry.record
        self._own = OwnName(self._files[head.file], head, record, wish)

    def made(self) -> Changed:
        """The edits, if nothing speaks against them."""
        site, id = self._before.site, self._head.id
        renaming = Renaming(id, id)
        called = Called(site, renaming, self._own.names)
        notes = NameNotes(self._files, renaming, called, self._wish, self._head.title)
        find_names(notes, site)
        left = [f"  {row.path}:{row.line}" for row in notes.left]
        if not self._own.change():
            left.append(f"  {self._head.file}: {KINDS[id.kind].title}, aliases")
        if left:
            return refused(left)
        edits = self._files.edits(self._before.content)
        return self._before.confirmed(
            edits,
            lambda after: (self._view(site), self._view(after)),
            self._summary(notes),
        )

    def _view(self, site: LinkedSite) -> View:
        """A site in which the old and the new name are one, and names that link by themselves are text."""
        names = self._head.title, self._wish.name
        longest_first = sorted(names, key=len, reverse=True)

        def without_names(text: str) -> str:
            for name in longest_first:
                text = text.replace(name, "\0")
            return text

        return View(
            site,
            lambda one: one,
            lambda _, part: part,
            self._head.id,
            words=lambda text: "" if text in names else text,
            other_words=without_names,
            mentions=False,
        )

    def _summary(self, notes: NameNotes) -> str:
        title, files = self._head.title, len(self._files.changed)
        said = f"{some(notes.count, 'reference')} in {some(files, 'file')}"
        if notes.by_name:
            said += f"; {some(notes.by_name, 'reference')} by name unchanged"
        if title in self._own.aliases:
            said += f"; '{title}' is an alias"
        return f"{self._head.id} is called '{self._wish.name}' now: {said}"

    def shown(self) -> list[str]:
        """What changes, as a difference of lines."""
        return [line for file in self._files.changed for line in file.difference()]
