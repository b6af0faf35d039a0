"""Who is who, who belongs to whom, and how they are tied: `actors/`, `actors.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.pages.briefs import Card
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.people import (
    ActorGroupView,
    ActorTreeView,
    actor_groups,
    actor_trees,
)
from site_builder.pages.parts.relations import RelationView, relations
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple


class ActorsContext(NamedTuple):
    """`actors/` (`actors.html`): who is who."""

    actors: tuple[Card, ...]
    """All of them, as articles name them, then the rest."""
    trees: tuple[ActorTreeView, ...]
    """Those to whom others belong, each with them."""
    groups: tuple[ActorGroupView, ...]
    """The rest, by kind."""
    relations: tuple[RelationView, ...]
    """How they are tied; () in a list too long for that."""


def make(making: Making) -> Made:
    """The list of actors."""
    ids = making.within.actors
    trees, alone = actor_trees(making, ids)
    context = ActorsContext(
        actors=tuple(making.card(id) for id in ids),
        trees=trees,
        groups=actor_groups(making, alone),
        relations=tuple(
            row
            for id in (ids if len(ids) <= making.form.tied_actors else ())
            for row in relations(making, making.graph.linked[id])
        ),
    )
    return made_list(making, context)


PAGE = PageType("actors", listed("actors/"), make)
