"""In which order things are shown."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.models import EntityId, Event, Update
from site_builder.links.graph import Graph, Linked


def issues_in_order(graph: Graph) -> tuple[EntityId, ...]:
    """All issues: as the articles order them, then the rest by slug."""
    return _as_articles_order(graph, "issues", "issue")


def actors_in_order(graph: Graph) -> tuple[EntityId, ...]:
    """All actors: as the articles order them, then the rest by slug."""
    return _as_articles_order(graph, "actors", "actor")


def _as_articles_order(graph: Graph, field: str, kind: str) -> tuple[EntityId, ...]:
    named = [id for article in graph.of_kind("article") for id in article.refs_at(field)]
    rest = [row.entry.id for row in graph.of_kind(kind)]
    return tuple(dict.fromkeys([*named, *rest]))


def events_in_order(events: Iterable[Linked]) -> tuple[Linked, ...]:
    """Events by date; one whose date leaves the order open stands where `after` puts it.

    Undated events without `after` come last, in the order of the files.
    """
    rows = list(events)

    def record(linked: Linked) -> Event:
        assert isinstance(linked.entry.record, Event)
        return linked.entry.record

    ordered = sorted(rows, key=lambda row: (record(row).date.earliest, record(row).date.latest))
    here = {row.entry.id for row in rows}
    # Each event behind the one it followed, if its own date does not say otherwise. The chains
    # have no circles (the link stage sees to it), so once for each event is enough.
    for row in rows:
        before = row.refs.get(("after",))
        if before is None or before not in here:
            continue
        _move_behind(ordered, row, before)
    return tuple(ordered)


def _move_behind(ordered: list[Linked], row: Linked, before: EntityId) -> None:
    at = next(i for i, other in enumerate(ordered) if other.entry.id == before)
    date, earlier = row.entry.record, ordered[at].entry.record
    assert isinstance(date, Event)
    assert isinstance(earlier, Event)
    if date.date.is_known and earlier.date.is_known and ordered.index(row) > at:
        return
    ordered.remove(row)
    at = next(i for i, other in enumerate(ordered) if other.entry.id == before)
    # Behind what already follows the same event, so that the files' order holds among them.
    following = at + 1
    while following < len(ordered) and _follows(ordered, following, before):
        following += 1
    ordered.insert(following, row)


def _follows(ordered: list[Linked], index: int, before: EntityId) -> bool:
    """Whether the event at `index` was put there because it followed `before`, at any remove."""
    target = ordered[index].refs.get(("after",))
    behind = {row.entry.id: row for row in ordered[:index]}
    while target is not None:
        if target == before:
            return True
        target = behind[target].refs.get(("after",)) if target in behind else None
    return False


def updates_in_order(updates: Iterable[Linked]) -> tuple[Linked, ...]:
    """Updates, newest first; undated ones last."""

    def key(linked: Linked) -> tuple[bool, tuple[int, int, int, str]]:
        assert isinstance(linked.entry.record, Update)
        date = linked.entry.record.date
        return date.is_known, date.earliest

    return tuple(sorted(updates, key=key, reverse=True))
