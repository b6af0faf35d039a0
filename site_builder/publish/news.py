"""What a publish changed, in words: entities, not files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from site_builder.content.kinds import KINDS, Kind
from site_builder.content.models import EntityId
from site_builder.links.graph import Graph
from site_builder.links.redirects import is_path, old_page
from site_builder.publish.faults import some
from site_builder.publish.plan import Plan
from site_builder.publish.record import Record
from site_builder.text.shown import on_one_line

_NAMED = 3
_LONGEST_TITLE = 60


Renames = Mapping[EntityId, EntityId]
"""The earlier ids of renamed entities, by their new ids."""


def renames(old: Collection[EntityId], new: Collection[EntityId], graph: Graph) -> Renames:
    """The entities that had another slug or kind before, according to `redirect_from`."""
    went = {KINDS[id.kind].page_at(id.slug): id for id in old}
    found: dict[EntityId, EntityId] = {}
    for id in new:
        if id in old or id not in graph.heads:
            continue
        for text in graph.heads[id].redirect_from:
            before = EntityId(id.kind, text) if not is_path(text) else went.get(old_page(id, text))
            if before and before in old and before not in new:
                found[id] = before
                break
    return found


def news(old: Record | None, new: Record, plan: Plan, renamed: Renames) -> str:
    """`1 issue changed: Territory; 2 actors new: NATO, Russia; renamed: actors/otan → actors/nato`.

    Without an earlier record, says what the site holds. If no entity changed, says how many files did.
    """
    if old is None or not old.entities:
        return "first published: " + _counted(new)
    parts = []
    went = set(renamed.values())
    for row in KINDS.values():
        before = {id: shown for id, shown in old.entities.items() if id.kind == row.name}
        after = {id: shown for id, shown in new.entities.items() if id.kind == row.name}
        changed = [
            shown.title
            for id, shown in after.items()
            if id in before and before[id].digest != shown.digest
        ]
        added = [
            shown.title for id, shown in after.items() if id not in before and id not in renamed
        ]
        gone = [shown.title for id, shown in before.items() if id not in after and id not in went]
        for titles, word in ((added, "new"), (changed, "changed"), (gone, "gone")):
            if titles:
                parts.append(f"{_of_kind(len(titles), row)} {word}: {_named(titles)}")
    if renamed:
        arrows = (f"{_place(before)} → {_place(now)}" for now, before in renamed.items())
        parts.append(f"renamed: {_named(arrows, 3 * _LONGEST_TITLE)}")
    if parts:
        return "; ".join(parts)
    return f"no entity changed; {some(len(plan.changes), 'file')} did"


def _place(id: EntityId) -> str:
    return f"{KINDS[id.kind].plural}/{id.slug}"


def _counted(record: Record) -> str:
    kinds = [id.kind for id in record.entities]
    return ", ".join(
        _of_kind(kinds.count(row.name), row) for row in KINDS.values() if row.name in kinds
    )


def _of_kind(number: int, kind: Kind) -> str:
    return some(number, kind.name, kind.plural)


def _named(titles: Iterable[str], longest: int = _LONGEST_TITLE) -> str:
    rows = sorted(map(on_one_line, titles))
    shown = [
        row if len(row) <= longest else row[: longest - 1].rstrip() + "…" for row in rows[:_NAMED]
    ]
    more = len(rows) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
