"""In which order readers see things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.content.models import Claim, EntityId, Event, Record, Update
from site_builder.links.graph import Head

_STATUS_ORDER = {"disputed": 0, "unverified": 1, "agreed": 2, "withdrawn": 3}


def claim_status(claim: Claim) -> str:
    """A claim's status: as given, else disputed where somebody contests it, else unverified."""
    return claim.status or ("disputed" if claim.contested_by else "unverified")


def rank_of(record: Record) -> tuple[Any, ...]:
    """What decides an entity's place among those of its kind, beside what its record refers to."""
    match record:
        case Event(date=date):
            return date.order, date.is_known
        case Claim():
            return (_STATUS_ORDER[claim_status(record)],)
        case Update(date=date):
            return date.is_known, date.order
    return ()


def sequences(heads: Mapping[EntityId, Head]) -> dict[str, tuple[EntityId, ...]]:
    """The entities of each kind in the order of readers.

    Issues and actors as the articles name them, then the rest by slug; events by date; claims that
    are disputed first; updates from the newest; all others as they stand in the files.
    """
    by_kind: dict[str, list[EntityId]] = {}
    for id in heads:
        by_kind.setdefault(id.kind, []).append(id)
    ordered = {kind: tuple(ids) for kind, ids in by_kind.items()}
    for kind, field in (("issue", "issues"), ("actor", "actors")):
        named = [
            target
            for article in ordered.get("article", ())
            for where, target in heads[article].refs
            if where[0] == field
        ]
        ordered[kind] = tuple(dict.fromkeys([*named, *ordered.get(kind, ())]))
    for kind, order in (
        ("event", events_in_order),
        ("claim", claims_in_order),
        ("update", updates_in_order),
    ):
        if kind in ordered:
            ordered[kind] = tuple(row.id for row in order(heads[id] for id in ordered[kind]))
    return ordered


def events_in_order(events: Iterable[Head]) -> tuple[Head, ...]:
    """Events by date; one whose date leaves the order open stands where `after` puts it.

    Undated events without `after` come last, in the order of the files.
    """
    rows = sorted(events, key=_by_date)
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


def _by_date(event: Head) -> Any:
    return event.rank[0]


def _dates_tell(before: Head, row: Head, in_order: bool) -> bool:
    """Whether two events stand in the right order by their dates alone."""
    return bool(in_order and before.rank[-1] and row.rank[-1])


def claims_in_order(claims: Iterable[Head]) -> tuple[Head, ...]:
    """Claims, disputed ones first."""
    return tuple(sorted(claims, key=_rank))


def updates_in_order(updates: Iterable[Head]) -> tuple[Head, ...]:
    """Updates, newest first; undated ones last."""
    return tuple(sorted(updates, key=_rank, reverse=True))


def _rank(head: Head) -> tuple[Any, ...]:
    return head.rank
