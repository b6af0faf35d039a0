"""The matrix: who wants what, actors by issues."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Mapping, Sequence

from site_builder.content.models import EntityId
from site_builder.links.graph import PositionAt
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.making import Making
from site_builder.pages.parts.positions import PositionView, position
from site_builder.values import NamedTuple


class CellView(NamedTuple):
    """A cell of the matrix. `position` is None where no position is recorded."""

    issue: Card
    anchor: str
    """The cell's id: `cell-russia-territory`; "" in a Markdown copy."""
    position: PositionView | None = None


class MatrixRowView(NamedTuple):
    """An actor's row."""

    actor: Card
    anchor: str
    cells: tuple[CellView, ...]


class MatrixView(NamedTuple):
    """Actors by issues: who wants what. Only actors with a position have a row."""

    issues: tuple[Card, ...]
    rows: tuple[MatrixRowView, ...]
    as_of: DateView | None = None
    more_issues: int = 0
    """How many issues are left out, because a matrix with so many columns is not readable."""
    more_actors: int = 0
    """How many actors are left out for the same reason."""


def matrix(
    making: Making,
    issues: Sequence[EntityId],
    actors: Sequence[EntityId],
    as_of: DateView | None,
    most: tuple[int, int],
) -> MatrixView:
    """The matrix of these issues and of those of these actors who take a position on one.

    At most so many of them, in their order.
    """
    most_issues, most_actors = most
    shown = issues[:most_issues]
    wanted = set(shown)
    cells = _Cells(making, shown)
    rows: list[MatrixRowView] = []
    more_actors = 0
    for actor in actors:
        held = {
            at.issue: at for at in making.graph.positions_of.get(actor, ()) if at.issue in wanted
        }
        if not held:
            continue
        if len(rows) == most_actors:
            more_actors += 1
            continue
        row = cells.with_ids(actor, held) if making.form.html else cells.without_ids(held)
        rows.append(MatrixRowView(making.card(actor), f"row-{actor.slug}", row))
    return MatrixView(
        making.card_list(shown),
        tuple(rows),
        as_of,
        len(issues) - len(shown),
        more_actors,
    )


class _Cells:
    """The cells of one matrix, row by row."""

    def __init__(self, making: Making, issues: Sequence[EntityId]) -> None:
        self._making = making
        self._issues = issues
        self._ids: set[str] = set()
        self._columns = {issue: number for number, issue in enumerate(issues)}
        self._empty: list[CellView] = []

    def with_ids(
        self, actor: EntityId, held: Mapping[EntityId, PositionAt]
    ) -> tuple[CellView, ...]:
        """A row of a page."""
        making = self._making
        return tuple(
            CellView(
                issue=making.card(issue),
                anchor=_cell_id(actor, issue, self._ids),
                position=position(making, held[issue]) if issue in held else None,
            )
            for issue in self._issues
        )

    def without_ids(self, held: Mapping[EntityId, PositionAt]) -> tuple[CellView, ...]:
        """A row of a copy, which may have thousands of cells: those that are empty are shared by all rows."""
        making = self._making
        self._empty = self._empty or [CellView(making.card(issue), "") for issue in self._issues]
        row = self._empty.copy()
        for issue, at in held.items():
            row[self._columns[issue]] = CellView(making.card(issue), "", position(making, at))
        return tuple(row)


def _cell_id(actor: EntityId, issue: EntityId, taken: set[str]) -> str:
    """The id of a cell in the matrix: a number tells 'a' on 'b-c' from 'a-b' on 'c'."""
    anchor = wanted = f"cell-{actor.slug}-{issue.slug}"
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}--{number}"
    taken.add(anchor)
    return anchor
