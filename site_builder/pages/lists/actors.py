"""Who is who, and the ties between them: `actors/`, `actors.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence
from typing import NamedTuple

from site_builder.content.models import EntityId
from site_builder.pages.briefs import Card
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.people import ActorGroupView, actor_groups
from site_builder.pages.parts.relation_map import RelationMapView, relation_map
from site_builder.pages.parts.relations import RelationView, relations
from site_builder.pages.routes import listed


class ActorsContext(NamedTuple):
    """`actors/` (`actors.html`): who is who."""

    actors: tuple[Card, ...]
    """All of them, as articles name them, then the rest."""
    groups: tuple[ActorGroupView, ...]
    """The same by kind."""
    relations: tuple[RelationView, ...]
    """All ties, affiliations among them (label `""`)."""
    map: RelationMapView | None = None
    """The same as a drawing; None where there are no ties."""


def make(making: Making) -> Made:
    """The list of actors."""
    ids = making.within.actors
    ties = _ties(making, ids if len(ids) <= making.form.tied_actors else ())
    actors = tuple(making.card(id) for id in ids)
    drawing = relation_map(actors, ties)
    return made_list(making, ActorsContext(actors, actor_groups(making, ids), ties, drawing))


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
