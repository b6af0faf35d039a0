"""`remove`: an entity goes, if nothing refers to it any more, or if what refers to it can do without it."""

from __future__ import annotations

from pathlib import Path

from site_builder.content.entries import Entry, EntryFacts
from site_builder.content.kinds import FRONT, KINDS
from site_builder.content.linting import allowed_by
from site_builder.content.models import EntityId
from site_builder.content.records import Holds
from site_builder.content.shape import walk
from site_builder.editing import Edit, apply, respliced
from site_builder.faults import Fault
from site_builder.links.redirects import is_path
from site_builder.reading.yaml_path import YamlPath
from site_builder.renaming.files import File, Files
from site_builder.renaming.leaving import leads_to, leaving, words_of
from site_builder.renaming.runs import Named, Run, Texts, Verdict
from site_builder.renaming.sites import Before, Changed, read_site
from site_builder.values import NamedTuple


class Wish(NamedTuple):
    """What is to go: the entity as it was named; whether links become words; and where its address leads then."""

    entity: str
    unlink: bool = False
    redirect: str = ""


class _Place(NamedTuple):
    """A place that refers to the entity, and whether it can do without."""

    path: str
    line: int
    what: str
    can_go: bool


def remove(root: Path, wish: Wish, *, dry_run: bool = False) -> Changed:
    """Removes an entity. Raises `Fault` if there is none."""
    before = read_site(root)
    if isinstance(before, Changed):
        return before
    changed = _Removal(before, before.entity(wish.entity), wish).made(dry_run=dry_run)
    if not dry_run:
        apply(changed.edits, root)
    return changed


class _Removal:
    def __init__(self, before: Before, head: EntryFacts, wish: Wish) -> None:
        self._before = before
        self._site = before.site
        self._head = head
        self._wish = wish
        self._files = Files(before.site.loaded.library)
        self._places: list[_Place] = []

    def made(self, *, dry_run: bool) -> Changed:
        """The edits, if nothing speaks against them."""
        self._find()
        left = [row for row in self._places if not (row.can_go and self._wish.unlink)]
        if left:
            return self._refused(left)
        done, lines = self._redirect(), []
        edits = self._edits(self._own()) if done else None
        if edits is None:
            return Changed(
                ["nothing was removed: a file is written in a way that can't be changed here"]
            )
        after = self._before.after(edits, new_warnings=True)
        if isinstance(after, Changed):
            return after
        if dry_run:
            lines = [row for file in self._files.changed for row in file.difference()]
        count = len(self._places)
        said = f"; {count} place{'s' if count != 1 else ''} did without it" if count else ""
        return Changed([*lines, f"{self._head.id} is removed{said}"], edits=tuple(edits.values()))

    def _refused(self, left: list[_Place]) -> Changed:
        id, count = self._head.id, len(self._places)
        lines = [f"{row.path}:{row.line}: {row.what}" for row in sorted(left)]
        refer = f"{count} places refer" if count != 1 else "1 place refers"
        said = f"nothing was removed: {refer} to {id}"
        able = sum(row.can_go for row in self._places)
        if able == count:
            said += "; --unlink makes words of links, and takes it out of lists"
        elif able and not self._wish.unlink:
            said += f"; --unlink would take out {able}, and leave {count - able} to you"
        elif able:
            said += f"; {len(left)} of them, as listed, are left to you"
        return Changed([*lines, said])

    # --- what refers to it -----------------------------------------------------------------------

    def _find(self) -> None:
        texts = Texts(self._site, self._files, self._verdict, self._noted)
        for linked in self._site.graph.untraced.values():
            if linked.entry.id == self._head.id:
                continue
            self._fields(linked.entry, dict(linked.refs))
            for where, marks in linked.cites.items():
                if any(mark.source == self._head.id for mark in marks):
                    self._note(linked.entry, where, "a citation")
            texts.of_entry(linked.entry)
        texts.of_about()
        self._settings()

    def _note(self, entry: Entry, where: YamlPath, what: str, *, can_go: bool = False) -> None:
        file = self._files[entry.file]
        line = self._site.places.value(entry.file, (*entry.within, *where)).line
        self._places.append(_Place(file.path, line, what, can_go))

    def _fields(self, entry: Entry, refs: dict[YamlPath, EntityId]) -> None:
        """Lists of references can do without it; not positions, claims and single fields, which say something."""
        for row in walk(entry.record, Holds.REF):
            if refs.get(row.path) != self._head.id:
                continue
            name = str(row.path[0])
            others = sum(where[0] == name for where in refs) - 1
            is_choice = entry.kind == FRONT and not others  # without it the article would show all
            can_go = row.field.many and not row.field.required and not is_choice
            can_go = can_go and row.holder is entry.record
            self._note(entry, row.path, name, can_go=can_go)
            if can_go and self._wish.unlink:
                file = self._files[entry.file]
                where = file.written((*entry.within, *row.path))
                if not file.add(file.spans.without(where)):
                    self._places[-1] = self._places[-1]._replace(can_go=False)

    def _verdict(self, run: Run, part: Named) -> Verdict | None:
        if run.owner == self._head.id or not leads_to(self._site, run, part, self._head.id):
            return None
        if not self._wish.unlink:
            return Verdict(None)
        return Verdict(words_of(self._site, run, part, self._head.id))

    def _noted(self, file: File, line: int, part: Named, done: bool) -> None:
        what, can_go = leaving(part)
        if self._wish.unlink:
            can_go = done
        self._places.append(_Place(file.path, line, what, can_go))

    def _settings(self) -> None:
        content = self._site.graph.content
        old = self._head.id
        address = self._site.around.addresses.of(old)
        file = self._files[content.site_file] if content.site_file else None
        for entry in self._site.graph.nav_rows:
            if entry.owner == old or (entry.entity != old and not entry.leads_to(address)):
                continue
            own = self._files[entry.file]
            line = self._site.places.value(own.path, (*entry.where, "to")).line
            can_go = True
            if self._wish.unlink:
                can_go = own.add(own.spans.without(own.written(entry.where)))
            self._places.append(_Place(own.path, line, "nav", can_go))
        for number, row in enumerate(allowed_by(content.site.lint)):
            if row.where == f"{old.kind}/{old.slug}" and file:
                file.add(file.spans.without(("lint", "allow", number)))

    # --- its own file, and where its address leads -----------------------------------------------

    def _own(self) -> bool:
        """Takes it out of the file of its collection; whether its file goes."""
        head = self._head
        others = [
            row for row in self._site.loaded.rows if row.file == head.file and row.id != head.id
        ]
        if not head.within or not others:
            return True
        file = self._files[head.file]
        lines = file.spans.lines_of(head.within)
        if not file.add([lines] if lines else file.spans.without(head.within)):
            raise Fault(f"{head.file} is written in a way that can't be changed here")
        return False

    def _redirect(self) -> bool:
        """Lets the addresses that led to it lead to another entity."""
        if not self._wish.redirect:
            return True
        old, target = self._head.id, self._before.entity(self._wish.redirect)
        if target.id == old:
            raise Fault("it can't lead to itself")
        kind = KINDS[old.kind]
        former = []
        for slug in (old.slug, *self._head.redirect_from):
            if is_path(slug) or target.id.kind == old.kind:
                former.append(slug)
            elif kind.own_page:
                former.append(f"/{kind.page_at(slug)}")
            else:
                raise Fault(f"{old} has no page, so only another {old.kind} can get its address")
        file = self._files[target.file]
        return file.add(file.spans.with_items(target.within, "redirect_from", former))

    def _edits(self, whole: bool) -> dict[str, Edit]:
        content, path = self._before.content, self._head.file
        edits = self._files.edits(content)
        if whole:
            before = respliced(content[path], self._files[path].text, ())
            edits[path] = before._replace(after=None)
        return edits
