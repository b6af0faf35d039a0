"""The map of ties: who belongs to whom, and who stands how to whom, as a drawing.

Names stand in a column, each below the actor it belongs to. A tie is written next to its actor's
name; from there a line runs to the right, up or down in a lane of its own, and back to the other
name. No name or label ever covers another, however many there are; the same actors and ties give
the same drawing on every machine.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from site_builder.pages.briefs import Card
from site_builder.pages.parts.lettering import text_width
from site_builder.pages.parts.relations import RelationView

MOST_NAMES = 80
"""Names on a map. More would not be readable."""
LINE = 24
"""The height of a line of text."""
GROUP_GAP = 14
"""Extra space above a name that belongs to no other."""
INDENT = 18
NAME_SIZE = 17
LABEL_SIZE = 14
"""Sizes of letters in pixels; `site.css` has the same."""
GUTTER = 14
LANE = 12
RADIUS = 6
_ROUNDS = 20


class MapNameView(NamedTuple):
    """A name on the map of ties: an actor, below the one it belongs to.

    Lengths are in the map's own units, which are pixels at its full size.
    """

    card: Card
    depth: int
    """0 for an actor that belongs to no other, 1 for those that belong to it, and so on."""
    x: int
    y: int
    """Where the text's baseline begins."""
    elbow: str
    """The line from the actor it belongs to, as an SVG path; "" at depth 0."""


class MapTieView(NamedTuple):
    """A tie on the map: a label at its actor, and a line that ends in an arrow at the other one."""

    label: str
    from_actor: Card
    to_actor: Card
    x: int
    y: int
    """Where the label's baseline begins."""
    line: str
    """The line, as an SVG path, from behind the label to the arrow's tip."""
    arrow: str
    """The arrow's head, as an SVG path."""


class RelationMapView(NamedTuple):
    """Affiliations and ties as a drawing, laid out by `site_builder.pages.parts.relation_map`."""

    width: int
    height: int
    names: tuple[MapNameView, ...]
    ties: tuple[MapTieView, ...]


class _Place(NamedTuple):
    """An actor's lines: the baseline of its name, where arrows arrive and where its ties begin."""

    depth: int
    parent: Card | None
    name: int
    arrival: int
    departures: Mapping[int, int]
    """The y of each tie's label, by the tie's number."""


class _Span(NamedTuple):
    """A vertical stretch that a tie's line needs in a lane."""

    length: int
    tie: int
    top: int
    bottom: int


def relation_map(
    actors: Sequence[Card], relations: Sequence[RelationView]
) -> RelationMapView | None:
    """The drawing of `relations` among `actors`, or None if there are none or too many.

    An empty label is an affiliation. Actors without any tie are left out: the list names them.
    """
    parents = {row.from_actor: row.to_actor for row in relations if not row.label}
    ties = [row for row in relations if row.label and row.from_actor != row.to_actor]
    tied = {actor for row in relations for actor in (row.from_actor, row.to_actor)}
    shown = [actor for actor in actors if actor in tied]
    if not 0 < len(shown) <= MOST_NAMES:
        return None
    order = _in_order(shown, parents, ties)
    places, height = _places(order, parents, ties)
    labels_at = GUTTER + max(
        place.depth * INDENT + _name_width(card) for card, place in places.items()
    )
    lanes_at = labels_at + GUTTER + max((_label_width(tie) for tie in ties), default=0)
    lanes = _lanes(ties, places)
    return RelationMapView(
        width=lanes_at + (max(lanes.values(), default=-1) + 1) * LANE + GUTTER,
        height=height,
        names=tuple(_name(card, place, places) for card, place in places.items()),
        ties=tuple(
            _tie(tie, number, places, labels_at, lanes_at + lanes[number] * LANE)
            for number, tie in enumerate(ties)
        ),
    )


# --- order ---------------------------------------------------------------------------------------


def _in_order(
    actors: Sequence[Card], parents: Mapping[Card, Card], ties: Sequence[RelationView]
) -> list[tuple[Card, int]]:
    """Actors with their depth, each behind the one it belongs to, families with ties close together."""
    children: dict[Card, list[Card]] = {}
    for actor in actors:
        if actor in parents:
            children.setdefault(parents[actor], []).append(actor)
    families = [_family(root, children, 0) for root in actors if _is_root(root, parents)]
    return [row for family in _nearest(families, ties) for row in family]


def _is_root(actor: Card, parents: Mapping[Card, Card]) -> bool:
    """Whether a family begins here; in a circle of affiliations nobody is above, so all begin one."""
    above, seen = parents.get(actor), {actor}
    if above is None:
        return True
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above == actor


def _family(
    actor: Card, children: Mapping[Card, Sequence[Card]], depth: int, above: tuple[Card, ...] = ()
) -> list[tuple[Card, int]]:
    rows = [(actor, depth)]
    for child in children.get(actor, ()):
        if child != actor and child not in above:
            rows += _family(child, children, depth + 1, (*above, actor))
    return rows


def _nearest(
    families: list[list[tuple[Card, int]]], ties: Sequence[RelationView]
) -> list[list[tuple[Card, int]]]:
    """Families in an order that keeps lines short: neighbours change places while that helps."""

    def cost(order: Sequence[list[tuple[Card, int]]]) -> int:
        at = {card: i for i, (card, _) in enumerate(row for family in order for row in family)}
        return sum(
            abs(at[tie.from_actor] - at[tie.to_actor])
            for tie in ties
            if tie.from_actor in at and tie.to_actor in at
        )

    order, best = list(families), cost(families)
    for _ in range(min(_ROUNDS, len(order))):
        before = best
        for index in range(len(order) - 1):
            swapped = [*order[:index], order[index + 1], order[index], *order[index + 2 :]]
            if (length := cost(swapped)) < best:
                order, best = swapped, length
        if best == before:
            break
    return order


# --- places --------------------------------------------------------------------------------------


def _places(
    order: Sequence[tuple[Card, int]], parents: Mapping[Card, Card], ties: Sequence[RelationView]
) -> tuple[dict[Card, _Place], int]:
    """Where each actor's lines stand, and the height of the whole."""
    leaving: dict[Card, list[int]] = {}
    for number, tie in enumerate(ties):
        leaving.setdefault(tie.from_actor, []).append(number)
    reached = {tie.to_actor for tie in ties}
    places: dict[Card, _Place] = {}
    y = LINE
    for card, depth in order:
        if card in places:
            continue
        if depth == 0 and places:
            y += GROUP_GAP
        first = y + LINE if card in reached else y
        numbers = leaving.get(card, [])
        departures = {number: first + i * LINE for i, number in enumerate(numbers)}
        places[card] = _Place(depth, parents.get(card) if depth else None, y, y, departures)
        y = max(y, *departures.values()) + LINE if departures else y + LINE
    return places, y - LINE // 2


def _lanes(ties: Sequence[RelationView], places: Mapping[Card, _Place]) -> dict[int, int]:
    """The lane of each tie's line: short lines inside, and no two on top of each other."""
    spans = []
    for number, tie in enumerate(ties):
        ends = (places[tie.from_actor].departures[number], places[tie.to_actor].arrival)
        spans.append(_Span(max(ends) - min(ends), number, min(ends), max(ends)))
    taken: list[list[_Span]] = []
    lanes: dict[int, int] = {}
    for span in sorted(spans):
        lane = next(
            (
                index
                for index, others in enumerate(taken)
                if all(span.bottom < o.top or span.top > o.bottom for o in others)
            ),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append(span)
        lanes[span.tie] = lane
    return lanes


# --- shapes --------------------------------------------------------------------------------------

_MIDDLE = 5
"""How far above the baseline a line meets its text."""


def _name_width(card: Card) -> int:
    return text_width(card.short_name, NAME_SIZE)


def _label_width(tie: RelationView) -> int:
    return text_width(tie.label, LABEL_SIZE) + 6


def _name(card: Card, place: _Place, places: Mapping[Card, _Place]) -> MapNameView:
    x = place.depth * INDENT
    elbow = ""
    if place.parent is not None:
        start = places[place.parent]
        left = start.depth * INDENT + 5
        elbow = f"M{left} {start.name + 7}V{place.name - _MIDDLE}H{x - 3}"
    return MapNameView(card, place.depth, x, place.name, elbow)


def _tie(
    tie: RelationView, number: int, places: Mapping[Card, _Place], labels_at: int, lane: int
) -> MapTieView:
    origin, target = places[tie.from_actor], places[tie.to_actor]
    label_y = origin.departures[number]
    y, end_y = label_y - _MIDDLE, target.arrival - _MIDDLE
    tip = target.depth * INDENT + _name_width(tie.to_actor) + 6
    turn = RADIUS if end_y > y else -RADIUS
    line = (
        f"M{labels_at + _label_width(tie)} {y}H{lane - RADIUS}"
        f"Q{lane} {y} {lane} {y + turn}V{end_y - turn}"
        f"Q{lane} {end_y} {lane - RADIUS} {end_y}H{tip}"
    )
    arrow = f"M{tip + 7} {end_y - 4}L{tip} {end_y}L{tip + 7} {end_y + 4}"
    return MapTieView(tie.label, tie.from_actor, tie.to_actor, labels_at, label_y, line, arrow)
