"""A site before a change, and as it would be after it: both are linked in memory, with nothing left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from site_builder.content.entries import EntryFacts
from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.editing import Edit
from site_builder.faults import Fault
from site_builder.links.names import Miss
from site_builder.reading.files import Found
from site_builder.reading.sources import Sources, find_files
from site_builder.renaming.likeness import View, difference, moved_anchors
from site_builder.stages.linking import LinkedSite
from site_builder.stages.looking import look
from site_builder.stages.setup import Wanted
from site_builder.values import NamedTuple


class Changed(NamedTuple):
    """What to say of a change, and its edits: none if it can't be made, and then `findings` may say why."""

    lines: list[str]
    findings: tuple[Diagnostic, ...] = ()
    edits: tuple[Edit, ...] = ()


class Before(NamedTuple):
    """A site as it is. Drafts and what has expired take part, because they name entities, too."""

    root: Path
    site: LinkedSite
    findings: Sequence[Diagnostic]
    found: tuple[Sources, list[Diagnostic]]

    @property
    def content(self) -> Mapping[str, Found]:
        """The content files."""
        return self.found[0].content

    def entity(self, text: str) -> EntryFacts:
        """The entity that a text names. Raises `Fault` if there is none."""
        found = self.site.around.names.resolve(text)
        if isinstance(found, Miss):
            hint = f"; {found.hint}" if found.hint else ""
            raise Fault(f"{found.message or f'unknown entity {text!r}'}{hint}")
        return next(row for row in self.site.loaded.rows if row.id == found)

    def after(
        self, edits: Mapping[str, Edit], *, new_warnings: bool = False
    ) -> LinkedSite | Changed:
        """The site with changes, by the paths of files; or why they can't be made."""
        sources, problems = self.found
        texts = {path: edit.after for path, edit in edits.items() if edit.after is not None}
        gone = edits.keys() - texts.keys()
        content = {path: found for path, found in sources.content.items() if path not in gone}
        found = sources._replace(content=content), problems
        site, findings = look(self.root, Wanted(found=found, unsaved=texts, everything=True))
        errors = tuple(row for row in findings if row.is_error)
        if errors or site is None:
            return Changed(["nothing was changed: the site would have errors"], errors)
        left = [(row.code, row.severity) for row in self.findings]
        new = []
        for row in findings:
            if (row.code, row.severity) in left:
                left.remove((row.code, row.severity))
            else:
                new.append(row)
        if new and not new_warnings:
            return Changed(["nothing was changed: the site would have new warnings"], tuple(new))
        return site

    def confirmed(
        self,
        edits: Mapping[str, Edit],
        views: Callable[[LinkedSite], tuple[View, View]],
        summary: str,
    ) -> Changed:
        """Edits of names, by the paths of files, if the site with them is otherwise the same; else why they can't be made.

        `views` gives the site before and after them, as they are to be compared.
        """
        after = self.after(edits)
        if isinstance(after, Changed):
            return after
        was, is_now = views(after)
        problem = difference(was, is_now)
        if problem:
            return Changed([f"nothing was changed: {problem}"])
        moved = [
            f"{file}: the address of a part changes from #{old} to #{new}"
            for file, old, new in moved_anchors(was, is_now)
        ]
        return Changed([*moved, summary], edits=tuple(edits.values()))


def refused(left: Iterable[str]) -> Changed:
    """The answer if places have to be changed by hand; `left` has a line for each."""
    why = "these places are written in a way that can't be changed here"
    return Changed([f"nothing was changed: {why}; write them more plainly first", *left])


def read_site(root: Path) -> Before | Changed:
    """The site as it is; if it has errors, these."""
    found = find_files(root)
    site, findings = look(root, Wanted(found=found, everything=True))
    if site is None or has_errors(findings):
        errors = tuple(row for row in findings if row.is_error)
        return Changed(["nothing was changed: correct the errors of the site first"], errors)
    return Before(root, site, findings, found)
