"""The picture: questions by sides, with a sentence made from the positions."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Callable, Iterable, Mapping, Sequence

from site_builder.content.models import EntityId, Issue
from site_builder.links.graph import PositionAt
from site_builder.links.sides import side_of
from site_builder.pages import messages
from site_builder.pages.briefs import Card
from site_builder.pages.making import Making
from site_builder.pages.site import StanceView
from site_builder.values import NamedTuple

_FRONT_QUESTIONS = 8
"""Questions of the picture on a front page, if there are more than `_MANY_QUESTIONS`."""
_MANY_QUESTIONS = 10
_FRONT_SIDES = 9
_PRINTED_SIDES = 16
"""Sides of the picture on a sheet of A4."""


class SquareView(NamedTuple):
    """What one side answers to one question."""

    side: Card
    anchor: str
    """The part of `positions/` that has it in words: `w-territory-russia`; "" if nothing is recorded."""
    stances: tuple[StanceView, ...]
    """The stances to draw, at most two; () if nothing is recorded."""
    label: str
    """All its stances with the names of who holds them: "For (Putin), Against (Kremlin)"."""


Squares = tuple[SquareView, ...]
"""What all sides answer to one question."""


class PictureRowView(NamedTuple):
    """A question."""

    issue: Card
    question: str
    squares: tuple[SquareView, ...]


class PictureGroupView(NamedTuple):
    """Questions on which the sides stand alike."""

    name: str
    """`divided`, `part`, `agreed`, `one` or `none`."""
    heading: str
    rows: tuple[PictureRowView, ...]


class PictureView(NamedTuple):
    """Questions by sides. Falsy if there are fewer than two sides."""

    title: str
    """How divided the sides are, in a sentence."""
    sides: tuple[Card, ...]
    """Those with most views come first."""
    groups: tuple[PictureGroupView, ...]
    key: tuple[StanceView, ...]
    """The stances that occur in it."""
    all_sides: int
    all_questions: int
    """How many questions there are, shown or not."""
    unanswered: tuple[Card, ...]
    """Questions without any position, which have no row."""
    has_gaps: bool = False
    """Whether somewhere nothing is recorded."""
    has_several: bool = False
    """Whether a square shows two stances."""

    def __bool__(self) -> bool:
        return len(self.sides) > 1

    @property
    def is_cut(self) -> bool:
        """Whether it leaves out sides or questions that have positions."""
        shown = sum(len(group.rows) for group in self.groups)
        return len(self.sides) < self.all_sides or shown + len(self.unanswered) < self.all_questions


class Answer(NamedTuple):
    """A position of a side: whose it is, where it stands, its stance."""

    actor: EntityId
    at: PositionAt
    stance: StanceView


Answers = Mapping[EntityId, Sequence[Answer]]
"""The positions on a question by side, in the order in which they are written."""


class Table(NamedTuple):
    """The positions on all questions, by side."""

    questions: Mapping[EntityId, Answers]
    """In their order, those without positions too."""
    sides: tuple[EntityId, ...]
    """Those with most views come first, then in the order of readers."""


def table(making: Making, issues: Iterable[EntityId]) -> Table:
    """The positions on these issues, by side."""
    questions = {id: answers_of(making, id) for id in issues}
    views: dict[EntityId, int] = {}
    for answers in questions.values():
        for side, held in answers.items():
            views[side] = views.get(side, 0) + any(row.stance.tone != "none" for row in held)
    ranked = sorted(views, key=lambda side: (-views[side], making.graph.place_of(side)))
    return Table(questions, tuple(ranked))


def answers_of(making: Making, issue: EntityId) -> dict[EntityId, list[Answer]]:
    """The positions on an issue by side."""
    linked = making.graph.linked[issue]
    rows = linked.entry.record_of(Issue).positions
    found: dict[EntityId, list[Answer]] = {}
    for number in linked.numbers_at("positions"):
        actor = linked.refs[("positions", number, "actor")]
        stance = making.pages.stances[rows[number].stance]
        answer = Answer(actor, PositionAt(issue, number), stance)
        found.setdefault(_side(making, actor), []).append(answer)
    return found


def _side(making: Making, actor: EntityId) -> EntityId:
    """The side of an actor, looked up once a page."""
    known: EntityId | None = making.memo.get(("side", actor))
    if known is None:
        known = making.memo[("side", actor)] = side_of(making.graph, actor)
    return known


def group_of(answers: Answers) -> str:
    """How the sides stand to each other on a question: see `PictureGroupView`.

    A silence is no view. Two who answer something else do not agree on it.
    """
    stated = [{row.stance.tone for row in held} - {"none"} for held in answers.values()]
    stated = [tones for tones in stated if tones]
    tones = set[str]().union(*stated)
    if not stated:
        return "none"
    if {"yes", "no"} <= tones:
        return "divided"
    if len(stated) == 1:
        return "one"
    return "agreed" if len(tones) == 1 and "other" not in tones else "part"


def front_picture(making: Making, issues: Sequence[EntityId]) -> PictureView:
    """As much of the picture of these issues as a front page shows."""
    everything = table(making, issues)
    answered = sum(map(bool, everything.questions.values()))
    most = answered if answered <= _MANY_QUESTIONS else _FRONT_QUESTIONS
    return picture(making, everything, (most, _FRONT_SIDES))


def picture(making: Making, everything: Table, most: tuple[int, int]) -> PictureView:
    """The picture of a table, with at most so many questions and sides."""
    sides = everything.sides[: most[1]]

    def squares(issue: EntityId) -> Squares:
        answers = everything.questions[issue]
        return tuple(square(making, issue, side, answers.get(side, ())) for side in sides)

    return _picture(making, everything, most[0], sides, squares)


def printed_pictures(making: Making, everything: Table) -> tuple[PictureView, ...]:
    """The picture of a table for paper: several, if a sheet is too narrow for all sides."""
    count, most = len(everything.sides), _PRINTED_SIDES
    if count < 2:
        return ()
    sheets = -(-count // most)
    each = -(-count // sheets)
    chosen = (everything.sides[start : start + each] for start in range(0, count, each))
    whole = len(everything.questions)
    return tuple(
        picture(making, Table(everything.questions, part), (whole, each)) for part in chosen
    )


def actors_picture(making: Making, everything: Table, most: tuple[int, int]) -> PictureView:
    """The picture of a table with a column for each actor, those of a side together."""
    of_sides: dict[EntityId, dict[EntityId, None]] = {side: {} for side in everything.sides}
    for answers in everything.questions.values():
        for side, held in answers.items():
            of_sides[side] |= dict.fromkeys(row.actor for row in held)
    actors = [actor for members in of_sides.values() for actor in members]
    shown = actors[: most[1]]

    def squares(issue: EntityId) -> Squares:
        held: dict[EntityId, list[Answer]] = {}
        sides: dict[EntityId, EntityId] = {}
        for side, answers in everything.questions[issue].items():
            for answer in answers:
                held.setdefault(answer.actor, []).append(answer)
                sides[answer.actor] = side
        return tuple(
            square(making, issue, actor, held.get(actor, ()), sides.get(actor)) for actor in shown
        )

    view = _picture(making, everything, most[0], shown, squares)
    return view._replace(all_sides=len(actors))


def _picture(
    making: Making,
    everything: Table,
    most_questions: int,
    columns: Sequence[EntityId],
    squares_of: Callable[[EntityId], Squares],
) -> PictureView:
    """The picture of a table, with at most so many questions; `squares_of` makes the row of one."""
    answered = [id for id, answers in everything.questions.items() if answers]
    groups: dict[str, list[EntityId]] = {name: [] for name in messages.GROUPS}
    for id in answered:
        groups[group_of(everything.questions[id])].append(id)
    left = most_questions
    views = []
    for name, ids in groups.items():
        shown, left = ids[:left], max(0, left - len(ids))
        rows = tuple(_row(making, id, squares_of(id)) for id in shown)
        if rows:
            heading = making.locale.translate(messages.GROUPS[name])
            views.append(PictureGroupView(name, heading, rows))
    unanswered = [id for id, answers in everything.questions.items() if not answers]
    squares = [square for group in views for row in group.rows for square in row.squares]
    occurring = {
        row.stance.slug
        for answers in everything.questions.values()
        for held in answers.values()
        for row in held
    }
    return PictureView(
        title=_title(making, groups, len(everything.questions)),
        sides=tuple(making.pages.cards.of(id) for id in columns),
        groups=tuple(views),
        key=tuple(view for slug, view in making.pages.stances.items() if slug in occurring),
        all_sides=len(everything.sides),
        all_questions=len(everything.questions),
        unanswered=tuple(making.pages.cards.of(id) for id in unanswered),
        has_gaps=any(not square.stances for square in squares),
        has_several=any(len(square.stances) > 1 for square in squares),
    )


def _row(making: Making, issue: EntityId, squares: Squares) -> PictureRowView:
    card = making.pages.cards.of(issue)
    return PictureRowView(card, card.line or card.name, squares)


def _empty(making: Making, side: EntityId) -> SquareView:
    """The square of a side of which nothing is recorded: most are, so each side has one for all questions."""
    known: SquareView | None = making.memo.get(("empty", side))
    if known is None:
        card = making.pages.cards.of(side)
        known = making.memo[("empty", side)] = SquareView(card, "", (), "")
    return known


def square(
    making: Making,
    issue: EntityId,
    side: EntityId,
    held: Sequence[Answer],
    words_of: EntityId | None = None,
) -> SquareView:
    """What one side, or one actor, answers to one question; `words_of` is the side that has it in words."""
    if not held:
        return _empty(making, side)
    names: dict[StanceView, list[str]] = {}
    for row in held:
        name = "" if row.actor == side else making.pages.cards.of(row.actor).short_name
        names.setdefault(row.stance, []).append(name)
    parts = []
    for stance, who in names.items():
        others = ", ".join(filter(None, who))
        parts.append(f"{stance.label} ({others})" if others else stance.label)
    return SquareView(
        making.pages.cards.of(side),
        words_anchor(making, issue, words_of or side),
        drawn(names),
        ", ".join(parts),
    )


def drawn(stances: Iterable[StanceView]) -> tuple[StanceView, ...]:
    """The stances that a square shows: one, or two if the side is not of one mind.

    A silence is shown only if nobody of the side speaks. Yes and no come before anything else.
    """
    rows = sorted(dict.fromkeys(stances), key=lambda row: _ORDER.index(row.tone))
    stated = [row for row in rows if row.tone != "none"]
    first = stated[:1] or rows[:1]
    return (*first, *_another(first, stated))


_ORDER = ("yes", "no", "part", "other", "none")


def _another(first: Sequence[StanceView], stated: Sequence[StanceView]) -> Sequence[StanceView]:
    """One more stance, of another tone if there is one."""
    rest = [row for row in stated if row not in first]
    return sorted(rest, key=lambda row: row.tone == first[0].tone)[:1]


def words_anchor(making: Making, issue: EntityId, side: EntityId) -> str:
    """The id of what a side answers to a question; a number tells 'a' on 'b-c' from 'c' on 'a-b'."""
    anchors: dict[tuple[EntityId, EntityId], str] = making.memo.setdefault("words", {})
    known = anchors.get((issue, side))
    if known is None:
        taken: set[str] = making.memo.setdefault("words taken", set())
        known = wanted = f"w-{issue.slug}-{side.slug}"
        number = 1
        while known in taken:
            number += 1
            known = f"{wanted}--{number}"
        taken.add(known)
        anchors[(issue, side)] = known
    return known


def _title(making: Making, groups: Mapping[str, Sequence[EntityId]], count: int) -> str:
    """The sentence above the picture."""
    locale = making.locale
    divided, agreed = len(groups["divided"]), len(groups["agreed"])
    silent = count - sum(len(ids) for name, ids in groups.items() if name != "none")
    numbers = {"divided": locale.number(divided), "all": locale.number(count)}
    whole = {divided: messages.ALL_DIVIDED, agreed: messages.ALL_AGREED, silent: messages.NO_VIEW}
    if count in whole:
        return locale.plural(*whole[count], count) % numbers + "."
    pair = messages.OPENLY_DIVIDED if divided else messages.NONE_DIVIDED
    clauses = [locale.plural(*pair, count) % numbers]
    for pair, number in ((messages.AGREED_ON, agreed), (messages.NO_VIEW_ON, silent)):
        if number:
            clauses.append(locale.plural(*pair, number) % {"count": locale.number(number)})
    return "; ".join(clauses) + "."
