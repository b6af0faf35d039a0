"""Goes through the texts of a site, and changes parts of them where they stand in their files."""

from __future__ import annotations

from collections.abc import Callable

from site_builder.content.entries import Entry
from site_builder.content.models import EntityId
from site_builder.links.graph import NOBODY
from site_builder.markdown.document import Citation, Inline, LinkOpen, WikiLink
from site_builder.reading.yaml_path import YamlPath
from site_builder.reading.yaml_spans import Splice
from site_builder.renaming.files import File, Files
from site_builder.renaming.texts import Change
from site_builder.stages.linking import LinkedSite
from site_builder.values import NamedTuple

Named = WikiLink | Citation | LinkOpen
"""A part of a text that names or addresses something."""


class Run(NamedTuple):
    """A text in a file: whose it is, where its parts stand in it, and how to change it."""

    owner: EntityId
    file: File
    text: str
    start: int
    """The offset at which definitions of links may stand."""
    offset: Callable[[Named], int]
    change: Callable[[int, int, str], bool]


class Verdict(NamedTuple):
    """That a part concerns the entity, and what changes in its text: None if that can't be done."""

    changes: list[Change] | None


class Texts:
    """Shows each part that names something to `visit`, makes the changes that this wants, and tells `note` of them."""

    def __init__(
        self,
        site: LinkedSite,
        files: Files,
        visit: Callable[[Run, Named], Verdict | None],
        note: Callable[[File, int, Named, bool], None],
    ) -> None:
        self._site = site
        self._files = files
        self._visit = visit
        self._note = note

    def of_entry(self, entry: Entry) -> None:
        """The texts of an entity."""
        for where, inline in entry.prose.items():
            self._prose(entry, where, inline)
        self._body(entry.id, entry.file, entry.body.inlines)

    def of_about(self) -> None:
        """The about page."""
        about = self._site.graph.content.about
        if about:
            self._body(NOBODY, about.file, about.body.inlines)

    def _prose(self, entry: Entry, where: YamlPath, inline: Inline) -> None:
        """A text in a field."""
        if all(isinstance(part, str) for part in inline.parts):
            return
        file = self._files[entry.file]
        path = file.written((*entry.within, *where))
        value = file.value(path)
        found = file.scalar(path)
        if found is None or not isinstance(value, str):
            return
        text = value.strip()

        def change(start: int, end: int, new: str) -> bool:
            shift = len(value) - len(value.lstrip())
            written = found.as_written(new)
            stretch = found.part(start + shift, end + shift)
            return written is not None and file.replace(stretch, written)

        def offset(part: Named) -> int:
            return part.column - 1

        def line(part: Named) -> int:
            shift = len(value) - len(value.lstrip()) + part.column - 1
            stretch = found.part(shift, shift + 1)
            return file.line_of(stretch[0] if stretch else found.start)

        run = Run(entry.id, file, text, len(text), offset, change)
        self._parts(run, inline, line)

    def _body(self, owner: EntityId, path: str, inlines: list[Inline]) -> None:
        """The text below the fields."""
        for inline in inlines:
            if all(isinstance(part, str) for part in inline.parts):
                continue
            file = self._files[path]
            text = file.text

            def change(start: int, end: int, new: str, file: File = file) -> bool:
                file.splices.add(Splice(start, end, new))
                return True

            def offset(part: Named, file: File = file) -> int:
                return file.offset(part.line, part.column)

            run = Run(owner, file, text, self._body_start(file), offset, change)
            self._parts(run, inline, lambda part: part.line)

    def _body_start(self, file: File) -> int:
        line = self._site.places.body_line(file.path)
        return file.offset(line, 1)

    def _parts(self, run: Run, inline: Inline, line: Callable[[Named], int]) -> None:
        for part in inline.parts:
            if not isinstance(part, Named):
                continue
            verdict = self._visit(run, part)
            if verdict:
                changes = verdict.changes or ()
                done = bool(changes) and all(run.change(*change) for change in changes)
                self._note(run.file, line(part), part, done)
