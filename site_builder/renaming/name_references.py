"""References by the old name of an entity that gets another name."""

from __future__ import annotations

from collections.abc import Collection

from site_builder.content.kinds import CITED
from site_builder.markdown.document import Citation, WikiLink
from site_builder.reading.yaml_path import YamlPath
from site_builder.renaming.fields import in_cites, in_fields
from site_builder.renaming.files import File, Files
from site_builder.renaming.names import Called, Renaming
from site_builder.renaming.notes import Notes
from site_builder.renaming.own_name import NameWish, put
from site_builder.renaming.runs import Named, Run, Texts, Verdict
from site_builder.renaming.texts import in_citation, in_wikilink
from site_builder.stages.linking import LinkedSite
from site_builder.text.same import folded

_NOT_IN_LINKS = frozenset('[]|#@"\\`')
"""Characters that a name in `[[…]]` can't have."""


class NameNotes(Notes):
    """Notes references by the old name that are to say the new one."""

    def __init__(self, files: Files, renaming: Renaming, called: Called, wish: NameWish, old: str):
        super().__init__(files, renaming, called)
        self._wish = wish
        self._old = folded(old)

    def new_name(self, text: str, kinds: Collection[str]) -> str:
        """What to write for a reference; "" if it stays."""
        called, name = self.called, self._wish.name
        if not called.is_meant(text, kinds):
            return ""
        is_old = folded(text) == self._old and text != self.renaming.old.slug
        if called.still_means(text, kinds) and not (self._wish.everywhere and is_old):
            self.by_name += not called.by_slug(text)
            return ""
        can_be_written = not _NOT_IN_LINKS & set(name) and called.still_means(name, kinds)
        if can_be_written and tuple(kinds) != (CITED,):
            return "" if name == text else name
        return called.new_text(self.renaming.new.slug, kinds)

    def whole(self, file: File, where: YamlPath, new: str) -> None:
        """Changes a whole value of YAML."""
        found = file.scalar(where)
        self.note(file, file.line_of(found.start) if found else 1, done=put(file, found, new))


def find_names(notes: NameNotes, site: LinkedSite) -> None:
    """Notes what changes in fields, texts and the navigation."""

    def visit(run: Run, part: Named) -> Verdict | None:
        if isinstance(part, WikiLink) and part.target:
            new = notes.new_name(part.target, ())
            return Verdict(in_wikilink(run.text, run.offset(part), part, new, "")) if new else None
        if isinstance(part, Citation):
            new = notes.new_name(part.source, (CITED,))
            return Verdict(in_citation(run.text, run.offset(part), part, new)) if new else None
        return None

    def note(file: File, line: int, _: Named, done: bool) -> None:  # as it is called
        notes.note(file, line, done=done)

    texts = Texts(site, notes.files, visit, note)
    for linked in site.graph.untraced.values():
        in_fields(notes, linked.entry)
        in_cites(notes, linked.entry)
        texts.of_entry(linked.entry)
    texts.of_about()
    for row in site.graph.nav_rows:
        new = notes.new_name(row.name, ()) if row.entity == notes.renaming.old else ""
        if new:
            file = notes.files[row.file]
            notes.whole(file, file.written((*row.where, "to")), row.to.replace(row.name, new))
