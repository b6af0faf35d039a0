"""When a page is out of date.

Every page notes the facets of the graph that it reads while it is made, so no list of what depends on
what has to be kept right by hand. After an edit, the heads of the entities that were linked again are
compared with what they were: that says which facets are others now, and a page that read none of them
is kept.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.content.models import EntityId
from site_builder.links.graph import NOBODY, Head, LinkedAbout
from site_builder.links.tracing import EVERYTHING, Facet, Reads, facet, mark_of
from site_builder.pages.briefs import Brief


class Changed(NamedTuple):
    """The facets or names that are not what they were, by their marks; or, with `everything`, perhaps all."""

    marks: frozenset[int] = frozenset()
    everything: bool = False

    def also(self, names: Iterable[str]) -> Changed:
        """These and more."""
        return self._replace(marks=self.marks.union(map(mark_of, names)))

    def touches(self, reads: Reads) -> bool:
        """Whether any of what was read is among them."""
        return self.everything or not self.marks.isdisjoint(array("I", reads))


class State(NamedTuple):
    """What a build made of the entities, as far as other entities' pages can show it."""

    heads: Mapping[EntityId, Head]
    briefs: Mapping[EntityId, Brief]
    sequences: Mapping[str, Sequence[EntityId]]
    texts: Mapping[EntityId, str]
    """What stands for the texts of sources."""
    about: LinkedAbout

    def texts_unlike(self, other: State) -> set[EntityId]:
        """The sources whose text is not what it is there."""
        return {id for id, _ in self.texts.items() ^ other.texts.items()}


def differences(before: State, now: State, linked_again: Iterable[EntityId]) -> Changed:
    """The facets that are not as they were, now that these entities were linked again or are gone.

    All others are as they were. Some that are named may be, too.
    """
    if _common(before.heads, now.heads) != _common(now.heads, before.heads):
        # Entities have changed places within their file: whatever lists any may list them otherwise.
        return Changed(everything=True)
    found: set[Facet] = {facet("cited", *id) for id in now.texts_unlike(before)}
    if before.about != now.about:
        found.add(facet("about", *NOBODY))
        uses = {*before.about.cited} ^ {*now.about.cited}
        found.update(facet("cited", *use.source) for use in uses)
    for id in linked_again:
        old, new = before.heads.get(id), now.heads.get(id)
        if (old and old.record_digest) != (new and new.record_digest):
            found.add(facet("record", *id))
        if (old and old.body_digest) != (new and new.body_digest):
            found.add(facet("body", *id))
        if before.briefs.get(id) != now.briefs.get(id):
            found.add(facet("brief", *id))
        if old is None or new is None:
            found.add(facet("order", id.kind))
        said_before, says = _said(old), _said(new)
        found.update(name for name, row in says.items() if said_before.get(name) != row)
        found.update(said_before.keys() - says.keys())
    for kind in before.sequences.keys() | now.sequences.keys():
        old_order, new_order = before.sequences.get(kind, ()), now.sequences.get(kind, ())
        if old_order == new_order:
            continue
        found.add(facet("sequence", kind))
        if _common(old_order, new_order) != _common(new_order, old_order):
            # What a field's namings are told in is the order of readers.
            found.add(facet("naming", kind))
    aspects = {name.partition(" ")[0] for name in found}
    found |= {facet(aspect, EVERYTHING) for aspect in aspects}
    return Changed().also(found)


def _common(ids: Iterable[EntityId], others: Iterable[EntityId]) -> list[EntityId]:
    """Those of the entities that are among the others, in their order."""
    there = set(others)
    return [id for id in ids if id in there]


def _said(head: Head | None) -> Mapping[Facet, list[object]]:
    """What an entity adds to the facets of others."""
    rows: dict[Facet, list[object]] = defaultdict(list)
    if head is None:
        return rows
    outgoing = head.outgoing.get()
    for target, places in outgoing.backlinks.items():
        rows[facet("backlinks", *target)] += places
    for use in outgoing.cited:
        rows[facet("cited", *use.source)].append(use)
    for actor, number in head.positions:
        rows[facet("positions", *actor)].append(number)
    for where, target in head.refs:
        rows[facet(f"{head.id.kind}.{where[0]}", *target)].append(where)
    return rows
