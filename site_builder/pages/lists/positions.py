"""The positions: questions by sides as a picture, and in words. `positions/`, `positions.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence

from site_builder.content.models import Article, EntityId
from site_builder.pages import messages
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.matrix import MatrixView, matrix
from site_builder.pages.parts.picture import (
    PictureView,
    Table,
    actors_picture,
    group_of,
    picture,
    table,
)
from site_builder.pages.parts.words import QuestionView, question
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple

MOST_SIDES = 12
"""Sides of the picture; where there are more, every actor has a column of its own instead."""
_MOST_BESIDE = 6
"""Sides whose words stand in columns beside each other, where the page is wide enough."""
_MOST_UNFOLDED = 12
"""Questions whose words are not folded."""


class PositionsContext(NamedTuple):
    """`positions/` (`positions.html`)."""

    picture: PictureView
    """Questions by sides; empty if there are fewer than two sides or too many."""
    actors: PictureView
    """The same by actors."""
    questions: tuple[QuestionView, ...]
    """In words, in the order of the picture."""
    beside: int
    """How many columns the words stand in; 0 if there are too many sides for that."""
    folds: bool
    """Whether each question is folded."""
    unanswered: tuple[Card, ...]
    """Questions on which no position is recorded."""
    more_questions: int
    """How many questions are left out, because a page with so many is not readable."""
    as_of: DateView | None


class PositionsCopyContext(NamedTuple):
    """The Markdown copy of the positions."""

    matrix: MatrixView


def make(making: Making) -> Made:
    """The positions on all questions."""
    within = making.within
    if not making.form.html:
        rows = matrix(making, within.issues, within.actors, None, making.form.matrix)
        return made_list(making, PositionsCopyContext(rows))
    everything = table(making, within.issues)
    found = _context(making, everything)
    made = made_list(making, found)
    return made._replace(title=found.actors.title) if len(everything.sides) > 1 else made


def _context(making: Making, everything: Table) -> PositionsContext:
    most_questions, most_actors = making.form.matrix
    order = [id for name in messages.GROUPS for id in _of_group(everything, name)]
    shown = order[:most_questions]
    few = len(everything.sides) <= MOST_SIDES
    whole = picture(making, everything, most=(most_questions, MOST_SIDES if few else 0))
    several = len(everything.sides) > 1
    return PositionsContext(
        picture=whole,
        actors=actors_picture(making, everything, (most_questions, most_actors)),
        questions=tuple(question(making, id, everything) for id in shown),
        beside=len(everything.sides) if several and len(everything.sides) <= _MOST_BESIDE else 0,
        folds=len(shown) > _MOST_UNFOLDED,
        unanswered=whole.unanswered,
        more_questions=len(order) - len(shown),
        as_of=_as_of(making),
    )


def _of_group(everything: Table, name: str) -> Sequence[EntityId]:
    rows = everything.questions.items()
    return [id for id, answers in rows if answers and group_of(answers) == name]


def _as_of(making: Making) -> DateView | None:
    articles = making.graph.of_kind("article")
    if len(articles) != 1:
        return None
    return making.locale.date(articles[0].entry.record_of(Article).as_of)


PAGE = PageType("positions", listed("positions/"), make)
