"""`rename`: an entity gets another slug, and every reference to it follows.

What was read is changed at the places where it was read, and nowhere else. Before anything is written, the
changed texts are linked: all links must lead where they led before.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.content.entries import EntryFacts
from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.content.slugs import normal_slug, same_address, slug_problem
from site_builder.editing import Edit, apply, respliced, scalar
from site_builder.faults import Fault
from site_builder.links.redirects import old_slugs
from site_builder.renaming.files import Files
from site_builder.renaming.likeness import View
from site_builder.renaming.names import Called, Renaming
from site_builder.renaming.notes import Notes, some
from site_builder.renaming.own_file import OwnFile
from site_builder.renaming.references import find
from site_builder.renaming.sites import Before, Changed, read_site, refused
from site_builder.stages.linking import LinkedSite
from site_builder.values import NamedTuple


class Wish(NamedTuple):
    """What is to change: the entity as it was named, and its new slug."""

    entity: str
    slug: str
    redirect: bool = True
    """Whether the old address is to lead to the new one."""


def rename(root: Path, wish: Wish, *, dry_run: bool = False) -> Changed:
    """Gives an entity another slug. Raises `Fault` if there is no such entity, or the slug can't be its."""
    before = read_site(root)
    if isinstance(before, Changed):
        return before
    head = before.entity(wish.entity)
    renaming = Renaming(head.id, EntityId(head.id.kind, normal_slug(wish.slug)))
    _refuse(before.site, renaming)
    change = _Change(before, head, renaming)
    changed = change.made(redirect=wish.redirect)
    if changed.edits and dry_run:
        return changed._replace(lines=[*change.shown(), *changed.lines])
    apply(changed.edits, root)
    return changed


def _refuse(site: LinkedSite, renaming: Renaming) -> None:
    """Raises `Fault` if the entity can't have its new slug."""
    old, new = renaming
    if problem := slug_problem(new.slug, nested=KINDS[new.kind].free):
        hint = f"; {problem[1]}" if problem[1] else ""
        raise Fault(f"{problem[0]}{hint}")
    if old.slug.rpartition("/")[0] != new.slug.rpartition("/")[0]:
        raise Fault(
            f"{old} stays in its folder; to move it, move its file, and write in it: redirect_from: {old.slug}"
        )
    if scalar(new.slug) != new.slug:
        raise Fault(f"YAML does not read '{new.slug}' as a text; choose another slug")
    if old == new:
        raise Fault(f"{old} has this slug already")
    if same_address(old.slug) == same_address(new.slug):
        raise Fault(
            f"'{new.slug}' and '{old.slug}' are one name for some file systems; choose another slug"
        )
    for row in site.loaded.rows:
        if row.id.kind != old.kind or row.id == old:
            continue
        if same_address(row.id.slug) == same_address(new.slug):
            raise Fault(f"'{row.id.slug}' already exists in {row.file}; choose another slug")
        for former in old_slugs(row.redirect_from):
            if same_address(former) == same_address(new.slug):
                raise Fault(f"'{former}' leads to {row.id} (redirect_from); choose another slug")


class _Change:
    """The change of one slug: what becomes of the files, and whether the site stays the same."""

    def __init__(self, before: Before, head: EntryFacts, renaming: Renaming) -> None:
        self._before = before
        self._head = head
        self._renaming = renaming
        self._files = Files(before.site.loaded.library)
        record = before.site.graph.untraced[head.id].entry.record
        self._own = OwnFile(self._files[head.file], head, record, renaming)

    def made(self, *, redirect: bool) -> Changed:
        """The edits, if nothing speaks against them."""
        site = self._before.site
        notes = Notes(self._files, self._renaming, Called(site, self._renaming, self._own.names))
        find(notes, site)
        left = [f"  {row.path}:{row.line}" for row in notes.left]
        if not self._own.change(redirect=redirect):
            left.append(f"  {self._head.file}: redirect_from")
        if left:
            return refused(left)
        return self._before.confirmed(self._edits(), self._views, self._summary(notes))

    def _edits(self) -> dict[str, Edit]:
        """The changes by path. A file that moves has two."""
        content = self._before.content
        edits = self._files.edits(self._before.content)
        path, new_path = self._head.file, self._own.new_path
        if not new_path:
            return edits
        if Path(content[path].absolute).is_symlink():
            raise Fault(f"{path} is a symbolic link; nothing was changed")
        edit = edits.get(path) or respliced(content[path], self._files[path].text, ())
        target = edit.path.with_name(new_path.rpartition("/")[2])
        edits[path] = Edit(edit.path, edit.before, None)
        edits[new_path] = Edit(target, None, edit.after, like=edit.path)
        return edits

    def _views(self, after: LinkedSite) -> tuple[View, View]:
        old, new = self._renaming
        listed_on = KINDS[old.kind].listed_on

        def anchor(page: str, part: str) -> str:
            entry = self._renaming.entry_anchor(part) if page == listed_on else ""
            return self._renaming.anchor(part) or entry or part

        return (
            View(self._before.site, self._renaming.of, anchor, old),
            View(after, lambda same: same, lambda _, part: part, new),
        )

    def _summary(self, notes: Notes) -> str:
        files, new_path = len(self._files.changed), self._own.new_path
        said = f"{some(notes.count, 'place')} in {some(files, 'file')}"
        if notes.by_name:
            said += f"; {some(notes.by_name, 'reference')} by name unchanged"
        if new_path:
            said += f"; {self._head.file} is {new_path} now"
        return f"{self._renaming.old} is '{self._renaming.new.slug}' now: {said}"

    def shown(self) -> Iterator[str]:
        """What changes, as a difference of lines."""
        for file in self._files.changed:
            name = self._own.new_path if file.path == self._head.file else ""
            yield from file.difference(name)
