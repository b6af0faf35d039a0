"""Ties between actors."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Actor, EntityId
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.inline import CiteView
from site_builder.pages.making import Making
from site_builder.values import NamedTuple


class RelationView(NamedTuple):
    """A tie between two actors, read from `from_actor`."""

    from_actor: Card
    to_actor: Card
    label: str
    cites: tuple[CiteView, ...] = ()


def relations(
    making: Making, linked: Linked, to: EntityId | None = None
) -> tuple[RelationView, ...]:
    """The ties that an actor's record declares; with `to`, those to that actor."""
    rows = linked.entry.record_of(Actor).relations
    fields = linked.refs if to is None else linked.fields_by_target.get(to, ())
    return tuple(
        RelationView(
            from_actor=making.card(linked.entry.id),
            to_actor=making.card(linked.refs[where]),
            label=rows[int(where[1])].label,
            cites=making.cites_at(linked, "relations", where[1], "cite"),
        )
        for where in fields
        if where[0] == "relations"
    )
