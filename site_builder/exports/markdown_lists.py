"""The pages that list things as Markdown, from the contexts that their HTML is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from site_builder.exports.markdown_parts import Sheet
from site_builder.exports.markdown_writer import escaped
from site_builder.pages.lists.actors import ActorsContext
from site_builder.pages.lists.claims import ClaimsContext
from site_builder.pages.lists.issues import IssuesContext
from site_builder.pages.lists.positions import PositionsCopyContext
from site_builder.pages.lists.sources import SourcesContext
from site_builder.pages.lists.terms import TermsContext
from site_builder.pages.lists.timeline import TimelineContext
from site_builder.pages.lists.updates import UpdatesContext
from site_builder.pages.making import Made
from site_builder.pages.parts.positions import PositionView


def _begin(sheet: Sheet, made: Made) -> None:
    sheet.title(made.title)
    sheet.add(made.description)


def _issues(sheet: Sheet, made: Made, content: IssuesContext) -> None:
    _begin(sheet, made)
    sheet.add(sheet.cards(row.card for row in content.issues))


def _actors(sheet: Sheet, made: Made, content: ActorsContext) -> None:
    _begin(sheet, made)
    sheet.add(sheet.cards(content.actors))


def _sources(sheet: Sheet, made: Made, content: SourcesContext) -> None:
    _begin(sheet, made)
    sheet.add(sheet.cards(row.card for row in content.sources), content.evidence)


def _claims(sheet: Sheet, made: Made, content: ClaimsContext) -> None:
    _begin(sheet, made)
    sheet.add(sheet.claims(content.claims))


def _timeline(sheet: Sheet, made: Made, content: TimelineContext) -> None:
    _begin(sheet, made)
    sheet.add(sheet.events(content.events))


def _updates(sheet: Sheet, made: Made, content: UpdatesContext) -> None:
    _begin(sheet, made)
    sheet.add(sheet.updates(content.updates))


def _terms(sheet: Sheet, made: Made, content: TermsContext) -> None:
    _begin(sheet, made)
    sheet.add(sheet.terms(content.terms))


def _positions(sheet: Sheet, made: Made, content: PositionsCopyContext) -> None:
    """The matrix as a table: actors by the issues on which somebody takes a position."""
    _begin(sheet, made)
    matrix = content.matrix
    held = [
        number
        for number, _ in enumerate(matrix.issues)
        if any(row.cells[number].position for row in matrix.rows)
    ]
    head = ["", *(sheet.link(matrix.issues[number]) for number in held)]
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    for row in matrix.rows:
        found = (row.cells[number].position for number in held)
        cells = [_position(sheet, at) if at else "" for at in found]
        lines.append(f"| {' | '.join([sheet.link(row.actor), *cells])} |")
    sheet.add("\n".join(lines))


def _position(sheet: Sheet, position: PositionView) -> str:
    return f"[{escaped(position.stance.label)}]({sheet.full(position.path)})"


LISTS: Mapping[str, Callable[[Sheet, Made, Any], None]] = {
    "issues": _issues,
    "positions": _positions,
    "timeline": _timeline,
    "actors": _actors,
    "claims": _claims,
    "sources": _sources,
    "terms": _terms,
    "updates": _updates,
}
"""Writers by the type of the page."""
