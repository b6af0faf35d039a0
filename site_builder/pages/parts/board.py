"""The board: what is reported and not disputed, what is disputed, what is not known."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Sequence
from typing import TypeVar

from site_builder.content.models import Article, Claim
from site_builder.links.graph import Linked
from site_builder.links.sides import side_of
from site_builder.pages.making import Making
from site_builder.pages.parts.claims import ClaimView, claim, claims
from site_builder.pages.parts.known import KnownView, is_agreed, known
from site_builder.pages.parts.texts import PointView, points
from site_builder.pages.story import Story
from site_builder.values import NamedTuple

_MOST_DISPUTED = 4
"""Disputed claims; for more there is a link to all claims."""
_MOST_SAID = 4
"""Claims of one side; of more, all but three are folded."""
_MOST_OPEN = 5
"""Open questions; of more, all but four are folded."""

T = TypeVar("T")


class BoardView(NamedTuple):
    """What is reported, disputed and not known."""

    known: KnownView
    disputed: tuple[ClaimView, ...]
    more_disputed: int
    """How many more claims are disputed."""
    said: tuple[ClaimView, ...]
    """What is said and nobody contradicts."""
    more_said: tuple[ClaimView, ...]
    """The rest of it, folded."""
    by_one_side: bool
    """Whether each of these claims is made by actors of one side."""
    unknown: tuple[PointView, ...]
    more_unknown: tuple[PointView, ...]
    """The rest of it, folded."""

    def __bool__(self) -> bool:
        return bool(self.disputed or self.said or self.unknown or self.known)


class ClaimLinesView(NamedTuple):
    """Claims as lines, by how they stand. Falsy without claims."""

    disputed: tuple[ClaimView, ...] = ()
    said: tuple[ClaimView, ...] = ()
    """What is said and nobody contradicts."""
    by_one_side: bool = True
    """Whether each of these is made by actors of one side."""
    agreed: tuple[ClaimView, ...] = ()
    withdrawn: tuple[ClaimView, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def all(self) -> tuple[ClaimView, ...]:
        """All of them, in the order in which they are shown."""
        return (*self.disputed, *self.said, *self.agreed, *self.withdrawn)


def claim_lines(making: Making, rows: Sequence[Linked]) -> ClaimLinesView:
    """All of these claims as lines, numbered in the order in which the lines stand."""
    found: dict[str, list[Linked]] = {"disputed": [], "said": [], "agreed": [], "withdrawn": []}
    for row in rows:
        found[_standing(row)].append(row)
    views = {name: claims(making, group) for name, group in found.items()}
    alone = all(_is_of_one_side(making, row) for row in found["said"])
    return ClaimLinesView(**views, by_one_side=alone)


def _standing(row: Linked) -> str:
    """How a claim stands: the field of `ClaimLinesView` that has it."""
    record = row.entry.record_of(Claim)
    if record.known_status == "withdrawn":
        return "withdrawn"
    if record.contested_by:
        return "disputed"
    return "agreed" if is_agreed(row) else "said"


def board(making: Making, story: Story) -> BoardView:
    """The board of a story; empty without claims, questions and lines of `known`."""
    rows = [row for row in story.claims if _standing(row) != "withdrawn"]
    count = len(story.article.entry.record_of(Article).open_questions)
    facts = known(making, story)
    if not (rows or count or facts.is_written):
        return _NOTHING
    disputed = [row for row in rows if _standing(row) == "disputed"]
    said = [row for row in rows if _standing(row) == "said"]
    contested = tuple(claim(making, row) for row in disputed[:_MOST_DISPUTED])
    shown, folded = _folded([claim(making, row) for row in said], _MOST_SAID)
    return BoardView(
        facts,
        contested,
        max(0, len(disputed) - _MOST_DISPUTED),
        shown,
        folded,
        all(_is_of_one_side(making, row) for row in said),
        *_folded(points(making, story.article, "open_questions", count), _MOST_OPEN),
    )


def _folded(rows: Sequence[T], most: int) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Those that are always shown, and those that are folded."""
    shown = len(rows) if len(rows) <= most else most - 1
    return tuple(rows[:shown]), tuple(rows[shown:])


def _is_of_one_side(making: Making, claim: Linked) -> bool:
    """Whether a claim is made by actors who count together."""
    return len({side_of(making.graph, id) for id in claim.refs_at("made_by")}) < 2


_NOTHING = BoardView(KnownView("known", ""), (), 0, (), (), True, (), ())
