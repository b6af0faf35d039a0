"""The stances on a card image: a row each, with the names behind it.

On an issue's card these are the names of actors, on an actor's card the titles of issues. Either all stances are shown or
none, because a selection could mislead. Names that don't fit are counted.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Mapping, Sequence

from site_builder.content.kinds import HOLDERS
from site_builder.content.models import EntityId, Issue
from site_builder.exports.lettering import TEXT, Lettering
from site_builder.links.graph import PositionAt
from site_builder.pages.site import Pages
from site_builder.values import NamedTuple

LEFT, RIGHT, BOTTOM = 72, 1128, 532
"""Where rows begin and end horizontally, and the baseline of the last one, in pixels."""
_SIZE = 30
_PITCH = 46
_SYMBOL = 38
"""The distance from a row's symbol to its label, in pixels."""
_GAP = 20
"""The space between a label and its names, and between columns, in pixels."""
_ALIGNED = 260
"""Up to this width of labels, in pixels, the names of all rows are aligned."""


class CardRowView(NamedTuple):
    """A stance on a card image, with the names of its actors or issues."""

    symbol: str
    label: str
    names: tuple[str, ...]
    """`Ukraine, Russia and 3 more`, as lines."""
    colour: str
    x: int
    """Its left edge, in pixels."""
    y: int
    """The baseline of the label and of the first line of names, in pixels."""
    names_x: int
    """The left edge of the names, in pixels; their lines are 46 pixels apart."""


class Row(NamedTuple):
    """A stance and its names."""

    stance: str
    names: tuple[str, ...]


def rows_of(pages: Pages, id: EntityId) -> tuple[Row, ...]:
    """The stances on an issue or of an actor, in the order of the site's vocabulary."""
    names: dict[str, list[str]] = {}
    for at in _positions(pages, id):
        linked = pages.graph.linked[at.issue]
        record = linked.entry.record_of(Issue)
        other = at.issue if id.kind == HOLDERS else linked.refs[("positions", at.number, "actor")]
        name = pages.cards.of(other).short_name
        names.setdefault(record.positions[at.number].stance, []).append(name)
    return tuple(Row(slug, tuple(names[slug])) for slug in pages.stances if slug in names)


def _positions(pages: Pages, id: EntityId) -> Sequence[PositionAt]:
    if id.kind == HOLDERS:
        return pages.graph.positions_of.get(id, ())
    return tuple(PositionAt(id, n) for n in pages.graph.linked[id].numbers_at("positions"))


def laid_out(
    pages: Pages,
    rows: Sequence[Row],
    colours: Mapping[str, str],
    columns: int,
    top: float,
    lettering: Lettering,
) -> tuple[CardRowView, ...]:
    """The rows with their positions, in `columns` columns below `top`; () if they don't fit.

    `colours` are those of the tones. If there is room, names continue on further lines.
    """
    high = -(-len(rows) // columns)
    most = int((BOTTOM - 54 - top) / _PITCH) + 1
    if not rows or high > most:
        return ()
    wide = (RIGHT - LEFT - _GAP * (columns - 1)) / columns
    views: list[CardRowView] = []
    for column in range(columns):
        part = rows[column * high : (column + 1) * high]
        left = LEFT + column * (wide + _GAP)
        spare = most - len(part) if columns == 1 else 0
        placed = _column(pages, part, left, left + wide, spare, lettering)
        if len(placed) < len(part):
            return ()
        views += [
            row._replace(colour=colours[pages.stances[stance].tone])
            for (stance, _), row in zip(part, placed, strict=True)
        ]
    down = BOTTOM - max(row.y + _PITCH * (len(row.names) - 1) for row in views)
    return tuple(row._replace(y=row.y + down) for row in views)


def _column(
    pages: Pages, rows: Sequence[Row], left: float, right: float, spare: int, lettering: Lettering
) -> list[CardRowView]:
    """Rows below one another, the first with baseline 0; fewer than given if one does not fit."""
    labels = [pages.stances[row.stance].label for row in rows]
    widths = [lettering.width(label, _SIZE, TEXT) for label in labels]
    aligned = max(widths, default=0)
    views: list[CardRowView] = []
    y = 0
    for row, label, width in zip(rows, labels, widths, strict=True):
        begin = left + _SYMBOL + _GAP + (aligned if aligned <= _ALIGNED else width)
        names = named(row.names, right - begin, 1 + spare, lettering)
        if not names:
            break
        symbol = pages.stances[row.stance].symbol
        views.append(CardRowView(symbol, label, names, "", round(left), y, round(begin)))
        spare -= len(names) - 1
        y += _PITCH * len(names)
    return views


def rule_above(first: float) -> int:
    """The vertical position of the line above the rows, from the baseline of the first row."""
    return round(first) - 54


def named(names: Sequence[str], room: float, most: int, lettering: Lettering) -> tuple[str, ...]:
    """As many names as fit on at most `most` lines, and how many more there are.

    If no name fits, only their number; () if not even that fits.
    """
    comma = "; " if any("," in name for name in names) else ", "
    for count in range(len(names), -1, -1):
        more = len(names) - count
        text = comma.join(names[:count])
        if more:
            text = f"{text} and {more} more" if count else str(more)
        if any(lettering.width(word, _SIZE, TEXT) > room for word in text.split()):
            continue
        lines = lettering.lines(text, _SIZE, TEXT, room)
        if len(lines) <= most:
            return lines
    return ()
