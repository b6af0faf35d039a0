"""What must be known of a site and of its entries before any is linked, published as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from site_builder.content.entries import EntryFacts
from site_builder.content.models import EntityId
from site_builder.engine.tables import Key, Row
from site_builder.links.mentions import Mentions
from site_builder.links.surroundings import Surroundings
from site_builder.reading.files import digest
from site_builder.stages.loading import Loaded, facts_of
from site_builder.stages.setup import Setup
from site_builder.stages.steps import LINKED, Build
from site_builder.text.same import folded


def publish_site(build: Build, setup: Setup, loaded: Loaded, around: Surroundings) -> None:
    """Publishes the texts of sources, and a digest of what every entry and every page depends on."""
    values: dict[Key, str] = {
        ("text", id): text.digest if text else "" for id, text in loaded.texts.items()
    }
    values["texts", ""] = digest(repr(sorted(values.items())).encode())
    values["site", "content"] = _key(setup, loaded, around)
    build.publish(("site", "text", "texts"), values)


def _key(setup: Setup, loaded: Loaded, around: Surroundings) -> str:
    """A digest of what every entry's links and every page depend on beside the entries."""
    visible = loaded.visible
    parts = (
        loaded.settings.digest,
        setup.drafts,
        setup.base_url,
        sorted(around.files),
        around.index_pages,
        around.stories,
        sorted(visible.hidden.items()),
        sorted(visible.hidden_names.items()),
        sorted(visible.expired.items()),
        visible.broken,
        bool(loaded.texts),  # sites without sources have no quotations to look up
    )
    return digest(repr(parts).encode())


def publish_entries(
    build: Build,
    rows: Sequence[EntryFacts],
    numbers: Mapping[EntityId, float],
    orders: Mapping[EntityId, float],
) -> None:
    """Publishes what must be known of every entry before any is linked."""
    now = {row.id: row for row in rows}
    before = facts_of(build.last)
    gone = [row for id, row in before.items() if now.get(id) != row or numbers[id] != orders[id]]
    come = [row for id, row in now.items() if before.get(id) != row or numbers[id] != orders[id]]
    build.run.publish(
        (published for row in gone for published in _rows_of_entry(row, orders[row.id])),
        (published for row in come for published in _rows_of_entry(row, numbers[row.id])),
    )


def _rows_of_entry(row: EntryFacts, number: float) -> Iterator[Row]:
    """An entry itself, the names it answers to and is linked by, and the file that is its own."""
    id = row.id
    yield Row("entry", id, number, row)
    for name in (id.slug, *row.names):
        yield Row("name", folded(name), 0, (id, row.title, row.names))
    if row.title not in row.names:
        yield Row("title", folded(row.title), 0, id)
    for name in row.linked_names:
        yield Row("form", (id.kind, name), 0, (id, row.is_person))
    yield Row("path", id, 0, "" if row.within else row.file)


def holding_changed_names(build: Build, loaded: Loaded) -> set[EntityId]:
    """Entries whose words hold a name that links by itself now and did not before, or the other way round."""
    names = [
        cast("tuple[str, str]", key) for table, key in build.run.changed.keys if table == "form"
    ]
    if not names:
        return set()
    mentions = Mentions((EntityId(kind, ""), (name,)) for kind, name in names)
    last = build.last.steps(LINKED)
    paths = dict.fromkeys(row.file for row in loaded.rows if row.id in last)
    return {
        entry.id
        for path in paths
        for entry in loaded.library.entries_of(path)
        if mentions.occur_in(entry.words)
    }
