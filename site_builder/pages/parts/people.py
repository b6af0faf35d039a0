"""Actors in lists."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable, Sequence

from site_builder.content.models import EntityId
from site_builder.pages.briefs import Card
from site_builder.pages.inline import Text
from site_builder.pages.making import Making
from site_builder.pages.pictures import ImageView, picture
from site_builder.values import NamedTuple

_KINDS = ("person", "state", "organisation", "bloc", "armed force", "group", "")
"""The order in which kinds of actors are listed."""


class ActorRowView(NamedTuple):
    """An actor in a list."""

    card: Card
    role: Text
    affiliation: Card | None = None
    image: ImageView | None = None
    position_count: int = 0


class ActorTreeView(NamedTuple):
    """An actor, and those that belong to it."""

    actor: ActorRowView
    members: tuple["ActorTreeView", ...] = ()


class ActorGroupView(NamedTuple):
    """Actors of one kind (`person`, `state`, … or "" where none is given)."""

    kind: str
    actors: tuple[ActorRowView, ...]


def actor_trees(
    making: Making, actors: Sequence[EntityId]
) -> tuple[tuple[ActorTreeView, ...], tuple[EntityId, ...]]:
    """Those to whom others belong, each with them; and the actors that belong to nobody and have nobody."""
    briefs = making.pages.cards.briefs
    there = set(actors)
    members: dict[EntityId, list[EntityId]] = {}
    roots = []
    for id in actors:
        above = briefs[id].affiliation
        if above in there and above != id:
            members.setdefault(above, []).append(id)
        else:
            roots.append(id)

    def tree(id: EntityId) -> ActorTreeView:
        below = tuple(tree(member) for member in members.get(id, ()))
        return ActorTreeView(_actor_row(making, id), below)

    trees = tuple(tree(id) for id in roots if id in members)
    return trees, tuple(id for id in roots if id not in members)


def actor_groups(making: Making, actors: Iterable[EntityId]) -> tuple[ActorGroupView, ...]:
    """Actors by kind."""
    by_kind: dict[str, list[EntityId]] = {kind: [] for kind in _KINDS}
    for id in actors:
        by_kind[making.pages.cards.briefs[id].card.subkind].append(id)
    return tuple(
        ActorGroupView(kind, tuple(_actor_row(making, id) for id in ids))
        for kind, ids in by_kind.items()
        if ids
    )


def _actor_row(making: Making, id: EntityId) -> ActorRowView:
    brief = making.pages.cards.briefs[id]
    return ActorRowView(
        card=making.card(id),
        role=making.text(brief.summary, names=False),
        affiliation=making.card(brief.affiliation) if brief.affiliation else None,
        image=picture(making.graph, brief.image),
        position_count=len(making.graph.positions_of.get(id, ())),
    )
