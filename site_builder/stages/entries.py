"""Entries as they are linked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.content.models import EntityId
from site_builder.content.places import LatePlaces
from site_builder.engine.steps import Reader
from site_builder.faults import Doing
from site_builder.links.graph import Linked
from site_builder.links.linking import Result, link_again, link_entry
from site_builder.links.surroundings import Surroundings
from site_builder.memory.rows import published, put_away
from site_builder.memory.spool import Spool
from site_builder.pages.briefs import brief_of
from site_builder.stages.loading import Loaded
from site_builder.stages.steps import Told

_MANY = 3000
"""Entities whose bodies weigh more in memory than it costs to read each again for its page."""


class LinkedEntries(Mapping[EntityId, Linked]):
    """The linked entries of a site, each linked when it is first needed.

    The bodies of a large site wait in a temporary file in `folder`.
    """

    def __init__(self, loaded: Loaded, around: Surroundings, folder: Path | None) -> None:
        self._library = loaded.library
        self._around = around
        self._spool = Spool(folder) if len(loaded.rows) >= _MANY and folder else None
        self._mentions = loaded.settings.content.site.mentions
        self._places = LatePlaces(loaded.library.places)
        self._linked: dict[EntityId, Linked] = {}

    def tell(self, id: EntityId, order: float, reader: Reader) -> Told:
        """Links an entry. `order` is its number among all."""
        result = self._link(id)
        reader.note("site", "content")
        reader.note("entry", id)
        for key in result.reads:
            reader.note(*key)
        own = {**result.packed_own, "brief": brief_of(result.linked)}
        rows = published(id, order, result.own, result.rows, own, result.packed_rows)
        if self._spool is not None:
            put_away(rows)
        return Told(rows, result.diagnostics)

    def _link(self, id: EntityId) -> Result:
        entry = self._library.entry(id)
        with Doing(f"linking {entry.file}"):
            result = link_entry(entry, self._around, self._places, mentions=self._mentions)
        self._linked[id] = result.linked
        if self._spool is not None:
            result.linked.put_body_away(self._spool)
        return result

    def __getitem__(self, id: EntityId) -> Linked:
        linked = self._linked.get(id)
        if linked is None:
            entry = self._library.entry(id)
            linked = self._linked[id] = link_again(
                entry, self._around, self._places, mentions=self._mentions
            )
        return linked

    def __iter__(self) -> Iterator[EntityId]:
        return iter(self._around.titles)

    def __len__(self) -> int:
        return len(self._around.titles)
