"""Positions in words: what each side answers to a question, and whose word it is."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections import Counter
from collections.abc import Sequence

from site_builder.content.models import EntityId
from site_builder.pages import messages
from site_builder.pages.briefs import Card
from site_builder.pages.making import Making
from site_builder.pages.parts.picture import Answer, Answers, Table, group_of, words_anchor
from site_builder.pages.parts.positions import PositionView, position
from site_builder.pages.site import StanceView
from site_builder.values import NamedTuple


class AnswerView(NamedTuple):
    """What one side answers."""

    side: Card
    anchor: str
    """Its id on the page: `w-territory-russia`; "" if nothing is recorded."""
    positions: tuple[PositionView, ...]
    """Those of the side and of those who count with it, as they are written."""


class QuestionView(NamedTuple):
    """A question with the answers of all sides."""

    card: Card
    question: str
    group: str
    """How the sides stand to each other on it, in words."""
    answers: tuple[AnswerView, ...]
    """In the order of the picture; sides of whom nothing is recorded have no positions."""

    @property
    def given(self) -> tuple[AnswerView, ...]:
        """The answers of those sides of whom something is recorded."""
        return tuple(answer for answer in self.answers if answer.positions)


def question(making: Making, issue: EntityId, everything: Table) -> QuestionView:
    """A question in words."""
    answers = everything.questions.get(issue, {})
    card = making.pages.cards.of(issue)
    views = tuple(_answer(making, issue, side, answers.get(side, ())) for side in everything.sides)
    group = making.locale.translate(messages.GROUPS[group_of(answers)])
    return QuestionView(card, card.line or card.name, group, views)


def _answer(making: Making, issue: EntityId, side: EntityId, held: Sequence[Answer]) -> AnswerView:
    """What one side answers. Most answer nothing, so each side has one view of that for all questions."""
    if held:
        positions = tuple(position(making, row.at) for row in held)
        return AnswerView(making.pages.cards.of(side), words_anchor(making, issue, side), positions)
    known: AnswerView | None = making.memo.get(("no answer", side))
    if known is None:
        card = making.pages.cards.of(side)
        known = making.memo[("no answer", side)] = AnswerView(card, "", ())
    return known


class StanceCountView(NamedTuple):
    """How many sides hold a stance."""

    stance: StanceView
    sides: int


def tally(making: Making, answers: Answers) -> tuple[StanceCountView, ...]:
    """How many sides hold what, in the order of the vocabulary; a side that is not of one mind counts with each."""
    held = Counter(stance for rows in answers.values() for stance in {row.stance for row in rows})
    return tuple(
        StanceCountView(stance, held[stance])
        for stance in making.pages.stances.values()
        if stance in held
    )
