"""What a publish changed, in words for people: entities, not files."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.models import COLLECTIONS
from site_builder.publish.faults import some
from site_builder.publish.plan import Plan
from site_builder.publish.record import Record
from site_builder.text.shown import on_one_line

_NAMED = 3
_LONGEST_TITLE = 60


def news(old: Record | None, new: Record, plan: Plan) -> str:
    """`1 issue changed: Territory; 2 actors new: NATO, Russia`.

    With no earlier record, what the site holds. If no entity changed, how many files did.
    """
    if old is None or not old.entities:
        return "first published: " + _counted(new)
    parts = []
    for row in COLLECTIONS:
        before = {id: shown for id, shown in old.entities.items() if id.kind == row.kind}
        after = {id: shown for id, shown in new.entities.items() if id.kind == row.kind}
        changed = [
            shown.title
            for id, shown in after.items()
            if id in before and before[id].digest != shown.digest
        ]
        added = [shown.title for id, shown in after.items() if id not in before]
        gone = [shown.title for id, shown in before.items() if id not in after]
        for titles, word in ((added, "new"), (changed, "changed"), (gone, "gone")):
            if titles:
                parts.append(
                    f"{_of_kind(len(titles), row.kind, row.name)} {word}: {_named(titles)}"
                )
    if parts:
        return "; ".join(parts)
    return f"no entity changed; {some(len(plan.changes), 'file')} did"


def _counted(record: Record) -> str:
    kinds = [id.kind for id in record.entities]
    return ", ".join(
        _of_kind(kinds.count(row.kind), row.kind, row.name)
        for row in COLLECTIONS
        if row.kind in kinds
    )


def _of_kind(number: int, kind: str, kinds: str) -> str:
    return some(number, kind, kinds)


def _named(titles: Iterable[str]) -> str:
    rows = sorted(map(on_one_line, titles))
    shown = [
        row if len(row) <= _LONGEST_TITLE else row[: _LONGEST_TITLE - 1].rstrip() + "…"
        for row in rows[:_NAMED]
    ]
    more = len(rows) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
