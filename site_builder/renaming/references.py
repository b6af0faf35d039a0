"""Every place in the files of a site that names one entity, and what to write there when its slug changes."""

from __future__ import annotations

from functools import partial
from urllib.parse import unquote, urlsplit

from site_builder.content.kinds import CITED, KINDS
from site_builder.content.models import EntityId
from site_builder.links.link_paths import page_at
from site_builder.markdown.document import Citation, LinkOpen, WikiLink
from site_builder.renaming.fields import in_cites, in_fields, in_settings
from site_builder.renaming.files import File
from site_builder.renaming.notes import Notes
from site_builder.renaming.runs import Named, Run, Texts, Verdict
from site_builder.renaming.texts import (
    definitions,
    in_address,
    in_citation,
    in_wikilink,
    words_of_wikilink,
)
from site_builder.stages.linking import LinkedSite


def find(notes: Notes, site: LinkedSite) -> None:
    """Goes through all entities, the about page and the settings, and notes what changes."""

    def note(file: File, line: int, _: Named, done: bool) -> None:  # as it is called
        notes.note(file, line, done=done)

    texts = Texts(site, notes.files, _Parts(notes, site).verdict, note)
    for linked in site.graph.untraced.values():
        in_fields(notes, linked.entry)
        in_cites(notes, linked.entry)
        texts.of_entry(linked.entry)
    texts.of_about()
    in_settings(notes, site)


class _Parts:
    """What becomes of the parts of texts."""

    def __init__(self, notes: Notes, site: LinkedSite) -> None:
        self._notes = notes
        self._renaming = notes.renaming
        self._site = site

    def verdict(self, run: Run, part: Named) -> Verdict | None:
        """What becomes of a part; None if it does not concern the entity."""
        if isinstance(part, WikiLink):
            return self._wikilink(run, part)
        if isinstance(part, Citation):
            return self._citation(run, part)
        return self._link(run, part)

    def _wikilink(self, run: Run, part: WikiLink) -> Verdict | None:
        at = run.offset(part)
        target = self._notes.new_name(part.target, ()) if part.target else ""
        anchor = self._renaming.anchor(part.anchor) if part.anchor else ""
        if target and not part.label and not self._notes.called.by_slug(part.target):
            change = words_of_wikilink(run.text, at, target, part.target)
            return Verdict([change] if change else None)
        if not target and not anchor:
            return None
        return Verdict(in_wikilink(run.text, at, part, target, anchor))

    def _citation(self, run: Run, part: Citation) -> Verdict | None:
        new = self._notes.new_name(part.source, (CITED,))
        return Verdict(in_citation(run.text, run.offset(part), part, new)) if new else None

    def _link(self, run: Run, part: LinkOpen) -> Verdict | None:
        parts = urlsplit(part.href)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            return None
        old = self._renaming.old
        target: EntityId | None = run.owner
        page = ""
        if parts.path:
            found = page_at(unquote(parts.path), run.file.path, self._site.around)
            if found is None:
                return None
            page, target = found
        fragment = unquote(parts.fragment)
        in_list = page == KINDS[old.kind].listed_on and self._renaming.entry_anchor(fragment)
        leads_to = bool(parts.path) and target == old
        if not leads_to and not self._renaming.anchor(fragment) and not in_list:
            return None
        changed = partial(in_address, renamed=self._notes.address(leads_to=leads_to))
        at = run.offset(part)
        raw = run.text[at : at + part.length]
        stretches = [(at, at + part.length)]
        if raw[:1] in ("[", "!"):
            stretches = [*definitions(run.text, run.start, part)]
        rows = [(start, end, changed(run.text[start:end])) for start, end in stretches]
        return Verdict([(start, end, new) for start, end, new in rows if new is not None])
