"""Which entries have to be linked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from site_builder.content.entries import EntryFacts
from site_builder.content.models import EntityId
from site_builder.content.slugs import folded
from site_builder.incremental.facets import Changed
from site_builder.incremental.remembered import Remembered
from site_builder.links.graph import Head
from site_builder.links.mentions import forms


def to_relink(
    rows: Iterable[EntryFacts],
    before: Mapping[EntityId, EntryFacts],
    heads: Mapping[EntityId, Head],
    bytes_of: Callable[[str], bytes],
) -> set[EntityId]:
    """Entries whose own bytes changed, or for whom a name they use now means something else.

    `before` are the facts of the last build, `heads` what it made of them; `bytes_of` gives the bytes
    of a content file. What holds for the whole site is as it was.
    """
    now = {row.id: row for row in rows}
    again = {id for id, row in now.items() if before.get(id) != row}
    words: set[str] = set()
    patterns: set[str] = set()
    for id in again | (before.keys() - now.keys()):
        old, new = before.get(id), now.get(id)
        if old and new and _names(old) == _names(new):
            continue
        for row in (old, new):
            if row:
                words.update(folded(name) for name in (id.slug, *row.names))
        patterns |= _patterns(old) ^ _patterns(new)
    if not words:
        return again
    changed = Changed().also(words)
    moved = now.keys() != before.keys()
    for id, head in heads.items():
        if id in now and ((moved and head.follows_paths) or changed.touches(head.asked)):
            again.add(id)
    if patterns:
        # Any text with the first word of a name that links by itself may hold the name.
        first_words = tuple({pattern.split()[0].encode() for pattern in patterns})
        for path, ids in _by_file(now.values()).items():
            data = bytes_of(path)
            if any(word in data for word in first_words):
                again.update(ids)
    return again


def _by_file(rows: Iterable[EntryFacts]) -> Mapping[str, list[EntityId]]:
    """The entities of each file."""
    found: dict[str, list[EntityId]] = {}
    for row in rows:
        found.setdefault(row.file, []).append(row.id)
    return found


def misplaced(now: Remembered, last: Remembered) -> set[EntityId]:
    """Entries of which something was found that may stand on another line now: their file changed.

    An entry that is itself as it was may have been moved by another one in its file.
    """
    changed = {
        path for path, noted in now.noted.items() if last.noted.get(path, noted)[1] != noted[1]
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


def _names(row: EntryFacts) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return row.title, row.names, row.linked_names


def _patterns(row: EntryFacts | None) -> set[str]:
    if row is None:
        return set()
    return {form for name in row.linked_names for form in forms(row.id, name)}
