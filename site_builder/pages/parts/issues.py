"""Issues in a list."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence

from site_builder.content.models import EntityId
from site_builder.pages.briefs import Card
from site_builder.pages.inline import Text
from site_builder.pages.making import Making
from site_builder.pages.parts.positions import StanceGroupView, stance_groups
from site_builder.values import NamedTuple


class IssueRowView(NamedTuple):
    """An issue in a list, with its tally."""

    card: Card
    question: str
    summary: Text
    status: str
    groups: tuple[StanceGroupView, ...]
    """Its positions by stance; () in a list too long for that."""


def issue_rows(making: Making, ids: Sequence[EntityId], most: int) -> tuple[IssueRowView, ...]:
    """Issues in a list, with their positions unless there are more than `most` issues."""
    tallied = len(ids) <= most
    return tuple(issue_row(making, id, tallied=tallied) for id in ids)


def issue_row(making: Making, id: EntityId, *, tallied: bool) -> IssueRowView:
    """An issue in a list; `tallied` with its positions."""
    brief = making.pages.cards.briefs[id]
    return IssueRowView(
        card=making.card(id),
        question=brief.card.line or brief.card.name,
        summary=making.text(brief.summary, names=False),
        status=brief.card.detail,
        groups=stance_groups(making, id) if tallied else (),
    )
