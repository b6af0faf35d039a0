"""The strip of time: what happened, in short, for a front page."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable

from site_builder.content.models import EntityId
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.making import Making
from site_builder.pages.parts.axis import AxisView
from site_builder.pages.parts.bars import MOST_DATED, BarView, bars
from site_builder.pages.parts.blocks import BlocksView, blocks
from site_builder.pages.parts.placing import Placed, placed
from site_builder.values import NamedTuple

MOST_SHOWN = 6
"""Of more events, only those that are major or disputed are shown, and the last few of them."""
LAST = 5


class StripRowView(NamedTuple):
    """An event on the strip."""

    number: int
    """Its number in the list of all events."""
    card: Card
    date: DateView
    importance: str
    disputed: bool = False
    planned: bool = False
    bar: BarView | None = None
    """None where the events are drawn as blocks."""


class StripView(NamedTuple):
    """What happened, in short. Falsy without events."""

    rows: tuple[StripRowView, ...] = ()
    axis: AxisView | None = None
    """Above the bars of the rows."""
    blocks: BlocksView | None = None
    """All events as blocks, where there are too many for bars."""
    total: int = 0
    """How many events there are."""
    undated: int = 0
    """How many of them have no date on a calendar."""

    def __bool__(self) -> bool:
        return self.total > 0


def strip(making: Making, shown: Iterable[EntityId]) -> StripView:
    """The strip of these events, with the numbers that they have in the list of all."""
    wanted = set(shown)
    rows = [row for row in placed(making) if row.linked.entry.id in wanted]
    if not rows:
        return StripView()
    dated = sum(row.dated for row in rows)
    view = StripView(total=len(rows), undated=len(rows) - dated)
    chosen = rows
    if len(rows) > MOST_SHOWN:
        chosen = [row for row in rows if row.record.importance == "major" or row.disputed]
    if dated > MOST_DATED:
        last = [row for row in chosen if row.record.importance == "major"][-LAST:]
        found = tuple(_row(making, row, None) for row in last)
        return view._replace(rows=found, blocks=blocks(rows, making.locale))
    chosen = (chosen or rows)[-2 * MOST_SHOWN :]
    drawn = bars(chosen, making.locale, rows)
    found = tuple(_row(making, row, bar) for row, bar in zip(chosen, drawn.bars, strict=True))
    return view._replace(rows=found, axis=drawn.axis)


def _row(making: Making, row: Placed, bar: BarView | None) -> StripRowView:
    record = row.record
    return StripRowView(
        row.number,
        making.pages.cards.of(row.linked.entry.id),
        making.locale.date(record.date),
        record.importance,
        row.disputed,
        record.planned,
        bar,
    )
