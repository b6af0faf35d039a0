"""Who is who, and the ties between them: `actors/`, `actors.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence
from typing import NamedTuple

from site_builder.content.models import EntityId
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.people import ActorGroupView, actor_groups
from site_builder.pages.parts.relation_map import RelationMapView, relation_map
from site_builder.pages.parts.relations import RelationView, relations
from site_builder.pages.routes import listed

LONGEST_TIED = 500
"""Actors in a list that shows their ties; a longer list shows the actors alone."""


class ActorsContext(NamedTuple):
    """`actors/` (`actors.html`): who is who."""

    groups: tuple[ActorGroupView, ...]
    relations: tuple[RelationView, ...]
    """All ties, affiliations among them (label `""`)."""
    map: RelationMapView | None = None
    """The same as a drawing; None where there are no ties."""


def make(making: Making) -> Made:
    """The list of actors."""
    actors = making.within.actors
    ties = _ties(making, actors if len(actors) <= LONGEST_TIED else ())
    drawing = relation_map([making.card(id) for id in actors], ties)
    return made_list(making, ActorsContext(actor_groups(making, actors), ties, drawing))


def _ties(making: Making, actors: Sequence[EntityId]) -> tuple[RelationView, ...]:
    """Affiliations and relations; an affiliation has no label."""
    rows: list[RelationView] = []
    for id in actors:
        linked = making.graph.linked[id]
        affiliation = linked.refs.get(("affiliation",))
        if affiliation:
            rows.append(RelationView(making.card(id), making.card(affiliation), ""))
        rows += relations(making, linked)
    return tuple(rows)


PAGE = PageType("actors", listed("actors/"), make)
