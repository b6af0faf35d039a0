"""From linked entries to the order in which readers see them."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.models import EntityId
from site_builder.engine.numbering import numbered
from site_builder.engine.steps import Reader
from site_builder.links.order import Ranked, in_order
from site_builder.memory.rows import published
from site_builder.stages.steps import GATHERED, Build, Told


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
