"""From linked entries to the order in which readers see them."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.models import EntityId
from site_builder.engine.numbering import numbered
from site_builder.engine.steps import Reader
from site_builder.links.belonging import memberships
from site_builder.links.order import Ranked, in_order
from site_builder.links.stories import Stories
from site_builder.memory.rows import ByKey, published
from site_builder.stages.steps import GATHERED, STORIES, Build, Told


def gather(build: Build, ids: Iterable[EntityId]) -> None:
    """Puts the entities of each kind into the order in which readers see them."""
    last = build.last.steps(GATHERED)

    def work(kind: str, reader: Reader) -> Told:
        listed = (id for ids in reader.at("listed", kind) for id in ids)
        ids = in_order(kind, [Ranked(*row) for row in reader.at("rank", kind)], listed)
        before = last[kind].result.published.packed_rows if kind in last else None
        numbers = numbered(ids, before.get()["place"] if before else {})
        return Told(published(kind, 0, {}, {}, {}, {"sequence": {kind: ids}, "place": numbers}))

    build.tell(GATHERED, dict.fromkeys(id.kind for id in ids), work)


def gather_stories(build: Build, stories: Stories) -> None:
    """Finds out who belongs to which of several stories; one story has everything, and nothing is looked at."""
    if not stories.several and not build.last.steps(STORIES):
        return

    def work(_: str, reader: Reader) -> Told:
        reader.note("site", "content")
        rows = [row for values in reader.whole("belonging").values() for row in values]
        sequences = {
            kind: ids
            for kind in {row.id.kind for row in rows}
            for ids in reader.at("sequence", kind)
        }
        found = memberships(rows, stories, sequences)
        tables: ByKey = {
            "stories": {"": found.in_order},
            "of stories": found.stories,
            "members": found.members,
        }
        return Told(published(_ALL, 0, {}, {}, {}, tables))

    build.tell(STORIES, [_ALL] if stories.several else [], work)


_ALL = "all"
