"""In which order readers see things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from site_builder.content.kinds import FRONT, KINDS, Order
from site_builder.content.models import EntityId
from site_builder.links.graph import Head


def sequences(heads: Mapping[EntityId, Head]) -> dict[str, tuple[EntityId, ...]]:
    """The entities of each kind in the order of readers.

    Issues and actors as the articles name them, then the rest by slug; events by date; claims that
    are disputed first; updates from the newest; all others as they stand in the files.
    """
    by_kind: dict[str, list[EntityId]] = {}
    for id in heads:
        by_kind.setdefault(id.kind, []).append(id)
    ordered = {kind: tuple(ids) for kind, ids in by_kind.items()}
    named = [(where[0], id) for front in ordered.get(FRONT, ()) for where, id in heads[front].refs]
    for kind in KINDS.values():
        if kind.order is Order.OF_ARTICLES:
            first = (id for field, id in named if field == kind.plural)
            ordered[kind.name] = tuple(dict.fromkeys([*first, *ordered.get(kind.name, ())]))
        elif kind.order in _ORDERS and kind.name in ordered:
            rows = _ORDERS[kind.order](heads[id] for id in ordered[kind.name])
            ordered[kind.name] = tuple(row.id for row in rows)
    return ordered


def by_date(events: Iterable[Head]) -> tuple[Head, ...]:
    """Events by date; one whose date leaves the order open stands where `after` puts it.

    Undated events without `after` come last, in the order of the files.
    """
    rows = sorted(events, key=_date)
    place = {row.id: number for number, row in enumerate(rows)}
    behind: dict[EntityId, list[Head]] = {}
    free: list[Head] = []
    for number, row in enumerate(rows):
        before = dict(row.refs).get(("after",))
        if before in place and not _dates_tell(rows[place[before]], row, place[before] < number):
            behind.setdefault(before, []).append(row)
        else:
            free.append(row)
    ordered: dict[EntityId, Head] = {}
    # Whatever is left over goes in a circle; a check says so.
    for start in (*free, *rows):
        waiting = [start]
        while waiting:
            row = waiting.pop()
            if row.id not in ordered:
                ordered[row.id] = row
                waiting += reversed(behind.get(row.id, ()))
    return tuple(ordered.values())


def _date(event: Head) -> Any:
    return event.rank[0]


def _dates_tell(before: Head, row: Head, in_order: bool) -> bool:
    """Whether two events stand in the right order by their dates alone."""
    return bool(in_order and before.rank[-1] and row.rank[-1])


def by_rank(rows: Iterable[Head]) -> tuple[Head, ...]:
    """Entities by rank: claims, disputed ones first."""
    return tuple(sorted(rows, key=_rank))


def by_rank_down(rows: Iterable[Head]) -> tuple[Head, ...]:
    """Entities by rank, the highest first: updates, the newest first and undated ones last."""
    return tuple(sorted(rows, key=_rank, reverse=True))


def _rank(head: Head) -> tuple[Any, ...]:
    return head.rank


_ORDERS: Mapping[Order, Callable[[Iterable[Head]], tuple[Head, ...]]] = {
    Order.OF_DATES: by_date,
    Order.OF_RANKS: by_rank,
    Order.OF_RANKS_DOWN: by_rank_down,
}
