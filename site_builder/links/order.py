"""In which order readers see things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.content.models import Claim, EntityId, Event, Update
from site_builder.links.graph import Head, Linked


def sequences(
    heads: Mapping[EntityId, Head], linked: Mapping[EntityId, Linked]
) -> dict[str, tuple[EntityId, ...]]:
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
            rows = order(linked[id] for id in ordered[kind])
            ordered[kind] = tuple(row.entry.id for row in rows)
    return ordered


def events_in_order(events: Iterable[Linked]) -> tuple[Linked, ...]:
    """Events by date; one whose date leaves the order open stands where `after` puts it.

    Undated events without `after` come last, in the order of the files.
    """
    rows = sorted(events, key=lambda row: (_event(row).date.earliest, _event(row).date.latest))
    place = {row.entry.id: number for number, row in enumerate(rows)}
    behind: dict[EntityId, list[Linked]] = {}
    free: list[Linked] = []
    for number, row in enumerate(rows):
        before = row.refs.get(("after",))
        if before in place and not _dates_tell(rows[place[before]], row, place[before] < number):
            behind.setdefault(before, []).append(row)
        else:
            free.append(row)
    ordered: dict[EntityId, Linked] = {}
    # Whatever is left over goes in a circle; a check says so.
    for start in (*free, *rows):
        waiting = [start]
        while waiting:
            row = waiting.pop()
            if row.entry.id not in ordered:
                ordered[row.entry.id] = row
                waiting += reversed(behind.get(row.entry.id, ()))
    return tuple(ordered.values())


def _event(linked: Linked) -> Event:
    assert isinstance(linked.entry.record, Event)
    return linked.entry.record


def _dates_tell(before: Linked, row: Linked, in_order: bool) -> bool:
    """Whether two events stand in the right order by their dates alone."""
    return in_order and _event(before).date.is_known and _event(row).date.is_known


_STATUS_ORDER = {"disputed": 0, "unverified": 1, "agreed": 2, "withdrawn": 3}


def claim_status(claim: Claim) -> str:
    """A claim's status: as given, else disputed where somebody contests it, else unverified."""
    return claim.status or ("disputed" if claim.contested_by else "unverified")


def claims_in_order(claims: Iterable[Linked]) -> tuple[Linked, ...]:
    """Claims, disputed ones first."""

    def key(linked: Linked) -> int:
        assert isinstance(linked.entry.record, Claim)
        return _STATUS_ORDER[claim_status(linked.entry.record)]

    return tuple(sorted(claims, key=key))


def updates_in_order(updates: Iterable[Linked]) -> tuple[Linked, ...]:
    """Updates, newest first; undated ones last."""

    def key(linked: Linked) -> tuple[bool, tuple[int, int, int, str]]:
        assert isinstance(linked.entry.record, Update)
        date = linked.entry.record.date
        return date.is_known, date.earliest

    return tuple(sorted(updates, key=key, reverse=True))
