"""In which order readers see things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from site_builder.content.kinds import KINDS, Order
from site_builder.content.models import EntityId
from site_builder.values import NamedTuple


class Ranked(NamedTuple):
    """What decides an entity's place among those of its kind: its rank, and what it says it comes after."""

    id: EntityId
    rank: tuple[Any, ...]
    after: EntityId | None = None


def in_order(
    kind: str, rows: Sequence[Ranked], listed: Iterable[EntityId] = ()
) -> tuple[EntityId, ...]:
    """The entities of a kind in the order of readers; `rows` are in the order of the files.

    First those that articles list (`listed`), as issues and actors are; events by date; claims that are disputed
    first; updates from the newest; all others as they stand in the files.
    """
    order = _ORDERS.get(KINDS[kind].order)
    return tuple(dict.fromkeys([*listed, *(row.id for row in (order(rows) if order else rows))]))


def by_date(events: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Events by date; one whose date leaves the order open stands where `after` puts it.

    Undated events that nothing dated comes after or before stand last, in the order of the files.
    """
    rows = sorted(events, key=_date)
    place = {row.id: number for number, row in enumerate(rows)}
    behind: dict[EntityId, list[Ranked]] = {}
    free: dict[EntityId, float] = {}
    for number, row in enumerate(rows):
        before = row.after
        if before not in place:
            free.setdefault(row.id, number)
            continue
        chain = _before(row, rows, place)
        dated = next((other for other in chain if other.rank[-1]), None)
        if row.rank[-1] and (dated is None or place[dated.id] < number):
            # Its own date tells. What came before it and has no date stands in front of it.
            free[row.id] = number
            if dated is None and chain[-1].after not in place:
                first = chain[-1].id
                free.setdefault(first, number - 0.5)
        else:
            behind.setdefault(before, []).append(row)
    ordered: dict[EntityId, Ranked] = {}
    # Whatever is left over goes in a circle; a check says so.
    for start in (
        *(rows[place[id]] for _, id in sorted(zip(free.values(), free, strict=True))),
        *rows,
    ):
        waiting = [start]
        while waiting:
            row = waiting.pop()
            if row.id not in ordered:
                ordered[row.id] = row
                waiting += reversed(behind.get(row.id, ()))
    return tuple(ordered.values())


def _before(row: Ranked, rows: Sequence[Ranked], place: Mapping[EntityId, int]) -> list[Ranked]:
    """The events before one, from the last, as far as `after` leads; a circle ends."""
    chain: dict[EntityId, Ranked] = {}
    while row.after and row.after in place and row.after not in chain:
        row = rows[place[row.after]]
        chain[row.id] = row
    return list(chain.values())


def _date(event: Ranked) -> Any:
    return event.rank[0]


def by_rank(rows: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Entities by rank: claims, disputed ones first."""
    return tuple(sorted(rows, key=_rank))


def by_rank_down(rows: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Entities by rank, the highest first: updates, the newest first and undated ones last."""
    return tuple(sorted(rows, key=_rank, reverse=True))


def _rank(row: Ranked) -> tuple[Any, ...]:
    return row.rank


_ORDERS: Mapping[Order, Callable[[Iterable[Ranked]], tuple[Ranked, ...]]] = {
    Order.OF_DATES: by_date,
    Order.OF_RANKS: by_rank,
    Order.OF_RANKS_DOWN: by_rank_down,
}
