"""Which entries have to be linked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from site_builder.content.entries import Entry, EntryFacts
from site_builder.content.models import EntityId
from site_builder.incremental.facets import Changed
from site_builder.incremental.remembered import Remembered
from site_builder.links.graph import Head
from site_builder.links.mentions import Mentions
from site_builder.text.same import folded


def to_relink(
    rows: Iterable[EntryFacts],
    before: Mapping[EntityId, EntryFacts],
    heads: Mapping[EntityId, Head],
    entries_of: Callable[[str], Iterable[Entry]],
) -> set[EntityId]:
    """Entries whose own bytes changed, or for whom a name they use now means something else.

    `before` are the facts of the last build, `heads` what it made of them; `entries_of` gives the
    entries of a content file. What holds for the whole site is as it was.
    """
    now = {row.id: row for row in rows}
    again = {id for id, row in now.items() if before.get(id) != row}
    words: set[str] = set()
    linked: list[tuple[EntityId, tuple[str, ...]]] = []
    """The names that link by themselves now and did not before, or the other way round."""
    moved = False
    """Whether a link by a path may lead elsewhere."""
    for id in again | (before.keys() - now.keys()):
        old, new = before.get(id), now.get(id)
        moved = moved or _own_file(old) != _own_file(new)
        if old and new and _names(old) == _names(new):
            continue
        for row in (old, new):
            if row:
                words.update(folded(name) for name in (id.slug, *row.names))
        names = _linked(old) ^ _linked(new)
        if names:
            linked.append((id, tuple(name for name, _ in names)))
    if not words and not moved:
        return again
    changed = Changed().also(words)
    for id, head in heads.items():
        if id in now and ((moved and head.follows_paths) or changed.touches(head.asked)):
            again.add(id)
    if linked:
        mentions = Mentions(linked)
        for path in dict.fromkeys(row.file for id, row in now.items() if id not in again):
            again.update(
                entry.id
                for entry in entries_of(path)
                if entry.id in now and mentions.occur_in(entry.words)
            )
    return again


def misplaced(now: Remembered, last: Remembered) -> set[EntityId]:
    """Entries of which something was found that may stand on another line now: their file changed.

    An entry that is itself as it was may have been moved by another one in its file.
    """
    changed = {
        path
        for path, facts in now.files.items()
        if path in last.files and last.files[path].digest != facts.digest
    }
    if not changed:
        return set()

    def has_places(id: EntityId) -> bool:
        checked, head = last.checked.get(id), last.heads.get(id)
        return bool(
            last.findings.get(id) or (checked and checked.findings) or (head and head.anchor_uses)
        )

    return {id for id, row in now.facts.items() if row.file in changed and has_places(id)}


def citing_changed_texts(now: Remembered, last: Remembered) -> set[EntityId]:
    """Entries that cite a source whose text is not what it was."""
    changed = now.state.texts_unlike(last.state)
    if not changed:
        return set()
    return {
        id
        for id, head in last.heads.items()
        if id in now.facts and not changed.isdisjoint(head.sources)
    }


def _own_file(row: EntryFacts | None) -> str | None:
    """The file that is an entity's own, to which links may lead; "" for one of several in a file."""
    return row and ("" if row.within else row.file)


def _names(row: EntryFacts) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    return row.title, row.names, row.linked_names, row.is_person


def _linked(row: EntryFacts | None) -> set[tuple[str, bool]]:
    """The names that link by themselves, and whether they do as those of a person."""
    return {(name, row.is_person) for name in row.linked_names} if row else set()
