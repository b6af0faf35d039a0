"""Places that refer to an entity."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable

from site_builder.content.models import EntityId
from site_builder.links.graph import Backlink
from site_builder.pages.briefs import Card
from site_builder.pages.making import Making
from site_builder.values import NamedTuple


class BacklinkView(NamedTuple):
    """A place that mentions the entity of this page."""

    source: Card
    """The entity whose text or record mentions it, or the about page."""
    path: str
    """The place, as exactly as there is an anchor for it."""
    relation: str
    """How: `mentioned`, or the field in words (`takes part in`, `affiliated with`, …)."""
    sentence: str
    """The sentence it stands in, as plain text; "" for a plain relation."""


def backlinks(making: Making, id: EntityId) -> tuple[BacklinkView, ...]:
    """The places that mention an entity."""
    if not making.form.links_back:
        return ()
    return backlink_views(making, making.graph.backlinks.get(id, ()))


def backlink_views(making: Making, rows: Iterable[Backlink]) -> tuple[BacklinkView, ...]:
    """Places that refer to something."""
    return tuple(
        BacklinkView(
            source=making.pages.cards.of(row.source),
            path=making.graph.addresses.of(row.source, row.anchor),
            relation=row.relation,
            sentence=row.sentence,
        )
        for row in rows
    )
