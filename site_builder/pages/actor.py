"""An actor: who they are, whom they belong to, where they stand, their words. `actors/<slug>/`, `actor.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Actor, EntityId
from site_builder.links.graph import Linked
from site_builder.links.sides import side_of
from site_builder.pages.briefs import Card
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.backlinks import BacklinkView, backlinks
from site_builder.pages.parts.claims import ClaimView, claims
from site_builder.pages.parts.events import EventView, events
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
    relations: tuple[RelationView, ...]
    """Its ties, its own first, then those others declare towards it."""
    same_as: tuple[str, ...]
    body: BodyView
    positions: tuple[PositionView, ...]
    claims_made: tuple[ClaimView, ...]
    claims_contested: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    """Those in which it took part."""
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
        relations=_all_relations(making, linked),
        same_as=record.same_as,
        body=body(making, linked),
        positions=_positions(making, id),
        claims_made=claims(making, pages.naming("claim.made_by", id)),
        claims_contested=claims(making, pages.naming("claim.contested_by", id)),
        events=events(making, pages.naming("event.actors", id)),
        concerned=events(making, pages.naming("event.concerns", id)),
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


def _all_relations(making: Making, linked: Linked) -> tuple[RelationView, ...]:
    """The ties that an actor declares, then those that others declare towards it."""
    id = linked.entry.id
    others = making.pages.naming("actor.relations", id)
    towards = (row for other in others for row in relations(making, other, to=id))
    return (*relations(making, linked), *towards)


PAGE = PageType("actor", each("actor"), make)
