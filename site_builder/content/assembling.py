"""Loaded files to one content: collisions found, hidden entities taken out, order fixed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from site_builder.content.entries import About, BrokenEntry, Content, Entry, LoadedFile
from site_builder.content.models import COLLECTIONS, EntityId, Site
from site_builder.content.places import Places
from site_builder.content.slugs import folded, same_address
from site_builder.diagnostics import Diagnostic, Location
from site_builder.markdown.compiling import RESERVED_ANCHORS


class Occasion(NamedTuple):
    """For what a site is built: the day (UTC), and whether drafts are shown."""

    today: datetime.date
    drafts: bool


def assemble(
    site: Site,
    site_file: str,
    about: About | None,
    files: Iterable[LoadedFile],
    places: Places,
    occasion: Occasion,
) -> tuple[Content, list[Diagnostic]]:
    """The content of the site on an occasion, and slugs that collide."""
    diagnostics: list[Diagnostic] = []
    broken: list[BrokenEntry] = []
    entries: list[Entry] = []
    for file in files:
        broken += file.broken
        entries += file.entries
    taken: dict[tuple[str, str], str] = {
        (row.id.kind, same_address(row.id.slug)): "" for row in broken
    }
    visible: dict[EntityId, Entry] = {}
    hidden: dict[EntityId, str] = {}
    hidden_names: dict[str, EntityId] = {}
    kinds = {row.kind: number for number, row in enumerate(COLLECTIONS)}
    for entry in sorted(entries, key=lambda entry: kinds[entry.kind]):
        problem = _slug_problem(entry, taken, places)
        if problem:
            diagnostics.append(problem)
            continue
        taken.setdefault((entry.kind, same_address(entry.slug)), entry.file)
        reason = why_hidden(entry, occasion)
        if reason:
            hidden[entry.id] = reason
            for name in (entry.slug, *entry.names):
                hidden_names.setdefault(folded(name), entry.id)
        else:
            visible[entry.id] = entry
    content = Content(
        site=site,
        site_file=site_file,
        entries=visible,
        hidden=hidden,
        hidden_names=hidden_names,
        broken=tuple(broken),
        about=about,
    )
    return content, diagnostics


def _slug_problem(
    entry: Entry, taken: dict[tuple[str, str], str], places: Places
) -> Diagnostic | None:
    def location() -> Location:
        return places.key(entry.file, entry.within) if entry.within else Location(entry.file)

    key = (entry.kind, same_address(entry.slug))
    if taken.get(key):
        message = f"{entry.id} has the same address as one in {taken[key]}"
        return Diagnostic("slug-collision", message, location(), "rename one of the two")
    is_anchor = entry.kind in ("claim", "event", "term", "update")
    if is_anchor and entry.slug in RESERVED_ANCHORS:
        message = f"'{entry.slug}' is the anchor of a part of the page; {entry.id} can't have it"
        return Diagnostic("slug-collision", message, location(), "choose another slug")
    return None


def why_hidden(entry: Entry, occasion: Occasion) -> str:
    """Why an entity is not in this build, in words; "" if it is."""
    record = entry.record
    drafts, today = occasion.drafts, occasion.today
    if record.draft and not drafts:
        return "a draft"
    if record.publish_on and record.publish_on > today and not drafts:
        return f"not published before {record.publish_on}"
    if record.expires_on and record.expires_on <= today:
        return f"no longer published since {record.expires_on}"
    return ""
