"""Loaded files to one site: collisions found, hidden entities taken out, order fixed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from site_builder.content.entries import BrokenEntry, EntryFacts, Expired, FileFacts, Visible
from site_builder.content.kinds import FRONT, KINDS
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.content.slugs import same_address
from site_builder.content.story_folders import story_of_folder
from site_builder.diagnostics import Diagnostic, Location
from site_builder.markdown.anchors import is_page_part
from site_builder.markdown.document import words_of_part
from site_builder.text.same import folded
from site_builder.values import NamedTuple


class Occasion(NamedTuple):
    """For what a site is built: the day (UTC), and whether drafts are shown."""

    today: datetime.date
    drafts: bool


ALL_DAYS = Occasion(datetime.date.min, drafts=True)
"""The occasion on which nothing is left out: a day on which nothing has expired, with drafts."""


def assemble(
    files: Iterable[FileFacts], places: Places, occasion: Occasion
) -> tuple[Visible, list[EntryFacts], list[Diagnostic]]:
    """The entities of the site on an occasion, their facts in order, and slugs that collide."""
    diagnostics: list[Diagnostic] = []
    broken: list[BrokenEntry] = []
    entries: list[EntryFacts] = []
    for file in files:
        broken += file.broken
        entries += file.entries
    taken: dict[tuple[str, str], str] = {
        (row.id.kind, same_address(row.id.slug)): "" for row in broken
    }
    visible: list[EntryFacts] = []
    hidden: dict[EntityId, str] = {}
    hidden_names: dict[str, EntityId] = {}
    expired: dict[EntityId, Expired] = {}
    expiring: dict[EntityId, datetime.date] = {}
    held_back: dict[str, str] = {}
    """By slug of an article that is not published yet: why not. What is in its folder is not, either."""
    kinds = {name: number for number, name in enumerate(KINDS)}
    for entry in sorted(entries, key=lambda entry: kinds[entry.id.kind]):
        key = (entry.id.kind, same_address(entry.id.slug))
        problem = _slug_problem(entry, taken.get(key), places)
        if problem:
            diagnostics.append(problem)
            continue
        taken.setdefault(key, entry.file)
        reason = why_hidden(entry, occasion)
        if held_back and not reason:
            reason = held_back.get(story_of_folder(entry.file), "")
        elif reason and entry.id.kind == FRONT and not has_expired(entry, occasion):
            held_back[entry.id.slug] = f"in the folder of {entry.id}, which is {reason}"
        if reason:
            hidden[entry.id] = reason
            for name in (entry.id.slug, *entry.names):
                hidden_names.setdefault(folded(name), entry.id)
        else:
            visible.append(entry)
            if entry.expires_on:
                expiring[entry.id] = entry.expires_on
            continue
        if has_expired(entry, occasion):
            own_file = "" if entry.within else entry.file
            expired[entry.id] = Expired(
                _shown_title(entry), own_file, entry.redirect_from, entry.has_positions
            )
    ids = tuple(entry.id for entry in visible)
    seen = Visible(ids, hidden, hidden_names, tuple(broken), expired, expiring)
    return seen, visible, diagnostics


def _shown_title(entry: EntryFacts) -> str:
    """What an entity is called; that of a claim without its markup."""
    return "".join(words_of_part(part) for part in entry.written_title) or entry.title


def _slug_problem(entry: EntryFacts, other: str | None, places: Places) -> Diagnostic | None:
    """What is wrong with a slug; `other` is the file of an entity that has the same address."""

    def location() -> Location:
        return places.key(entry.file, entry.within) if entry.within else Location(entry.file)

    if other:
        message = f"{entry.id} has the same address as one in {other}"
        story = story_of_folder(entry.file) or story_of_folder(other)
        hint = f", perhaps to '{story}-{entry.id.slug}'" if story else ""
        return Diagnostic("slug-collision", message, location(), f"rename one of the two{hint}")
    has_anchor = not KINDS[entry.id.kind].own_page
    if has_anchor and is_page_part(entry.id.slug):
        message = f"'{entry.id.slug}' is the id of a part of the page, so {entry.id} can't have it"
        return Diagnostic("slug-collision", message, location(), "choose another slug")
    return None


def why_hidden(entry: EntryFacts, occasion: Occasion) -> str:
    """Why an entity is not in this build, in words; "" if it is."""
    drafts, today = occasion.drafts, occasion.today
    if entry.draft and not drafts:
        return "a draft"
    if entry.publish_on and entry.publish_on > today and not drafts:
        return f"not published before {entry.publish_on}"
    if entry.expires_on and entry.expires_on <= today:
        return f"no longer published since {entry.expires_on}"
    return ""


def has_expired(entry: EntryFacts, occasion: Occasion) -> bool:
    """Whether an entity was published, and is not any more: its name is no secret."""
    held_back = entry.draft or (entry.publish_on and entry.publish_on > occasion.today)
    return bool(not held_back and entry.expires_on and entry.expires_on <= occasion.today)
