"""An actor: who they are, whom they belong to, where they stand, their words. `actors/<slug>/`, `actor.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence

from site_builder.content.models import Actor, EntityId
from site_builder.links.graph import Linked
from site_builder.links.sides import side_of
from site_builder.pages.briefs import Card
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.backlinks import BacklinkView, backlinks
from site_builder.pages.parts.board import ClaimLinesView, claim_lines
from site_builder.pages.parts.events import EventView, short_events
from site_builder.pages.parts.positions import PositionView, position
from site_builder.pages.parts.relations import RelationView, relations
from site_builder.pages.parts.texts import BodyView, body
from site_builder.pages.parts.updates import UpdateView, updates_on
from site_builder.pages.pictures import ImageView, picture
from site_builder.pages.routes import each
from site_builder.values import NamedTuple


class ActorContext(NamedTuple):
    """`actors/<slug>/` (`actor.html`)."""

    card: Card
    name: str
    kind: str
    short_name: str
    unnamed: str
    """Why no name is given."""
    role: Text
    aliases: tuple[str, ...]
    image: ImageView | None
    cites: tuple[CiteView, ...]
    affiliation: Card | None
    side: Card | None
    """The actor that it counts with, if its field `side` says so; its own card if it is a side of its own."""
    members: tuple[Card, ...]
    """Actors who name this one as their affiliation."""
    same_as: tuple[str, ...]
    positions: tuple[PositionView, ...]
    claims: ClaimLinesView
    """Those that it makes and those that it disputes."""
    body: BodyView
    relations: tuple[RelationView, ...]
    """Its ties, its own first, then those others declare towards it."""
    events: tuple[EventView, ...]
    """Those in which it took part; like the next ones without texts and sources."""
    concerned: tuple[EventView, ...]
    """Those that concern it, without its taking part."""
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]


def make(making: Making) -> Made:
    """The page of an actor."""
    pages, id = making.pages, making.own
    linked = pages.graph.linked[id]
    record = linked.entry.record_of(Actor)
    affiliation = linked.refs.get(("affiliation",))
    context = ActorContext(
        card=making.card(id),
        name=record.name,
        kind=record.kind or "",
        short_name=record.short_name or "",
        unnamed=record.unnamed or "",
        role=making.prose(linked, "role"),
        cites=making.cites_at(linked, "cite"),
        aliases=record.aliases,
        image=picture(pages.graph, record.image),
        affiliation=making.card(affiliation) if affiliation else None,
        side=making.card(side_of(pages.graph, id)) if record.side else None,
        members=making.card_list(pages.graph.naming("actor.affiliation", id)),
        same_as=record.same_as,
        positions=_positions(making, id),
        claims=claim_lines(making, _claims(making, id)),
        body=body(making, linked),
        relations=_all_relations(making, linked),
        events=short_events(making, pages.naming("event.actors", id)),
        concerned=short_events(making, pages.naming("event.concerns", id)),
        updates=updates_on(making, id),
        backlinks=backlinks(making, id),
    )
    return Made("actor.html", record.name, making.card(id).line, context)


def _positions(making: Making, id: EntityId) -> tuple[PositionView, ...]:
    """An actor's positions, in the order of the issues."""
    pages = making.pages
    as_written = making.form.as_written
    held = pages.graph.positions_of.get(id, ()) if as_written else pages.positions_of(id)
    return tuple(position(making, at) for at in held)


def _claims(making: Making, id: EntityId) -> Sequence[Linked]:
    """The claims that an actor makes, then those that it disputes; one that it does both with stands once."""
    rows = (row for field in _CLAIMS for row in making.pages.naming(field, id))
    return tuple({row.entry.id: row for row in rows}.values())


_CLAIMS = ("claim.made_by", "claim.contested_by")


def _all_relations(making: Making, linked: Linked) -> tuple[RelationView, ...]:
    """The ties that an actor declares, then those that others declare towards it."""
    id = linked.entry.id
    others = making.pages.naming("actor.relations", id)
    towards = (row for other in others for row in relations(making, other, to=id))
    return (*relations(making, linked), *towards)


PAGE = PageType("actor", each("actor"), make)
