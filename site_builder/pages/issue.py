"""An issue: the question, how the sides stand on it, what is claimed. `issues/<slug>/`, `issue.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Issue
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.backlinks import BacklinkView, backlinks
from site_builder.pages.parts.board import ClaimLinesView, claim_lines
from site_builder.pages.parts.events import EventView, short_events
from site_builder.pages.parts.picture import group_of, table
from site_builder.pages.parts.positions import StanceGroupView, stance_groups
from site_builder.pages.parts.texts import BodyView, body
from site_builder.pages.parts.updates import UpdateView, updates_on
from site_builder.pages.parts.words import QuestionView, StanceCountView, question, tally
from site_builder.pages.routes import each
from site_builder.values import NamedTuple

_MOST_BESIDE = 4
"""Sides whose words stand in columns beside each other, where the page is wide enough."""


class IssueContext(NamedTuple):
    """`issues/<slug>/` (`issue.html`)."""

    card: Card
    title: str
    question: str
    summary: Text
    stakes: Text
    status: str
    rule: str
    """The rule beside the status: `disputed` if one of its claims is, `unknown` if no view is reported; else ""."""
    cites: tuple[CiteView, ...]
    answers: QuestionView
    """Its positions in words, by sides."""
    beside: int
    """How many columns the words stand in; 0 if there are too many sides for that."""
    tally: tuple[StanceCountView, ...]
    groups: tuple[StanceGroupView, ...]
    """The same positions by stance."""
    claims: ClaimLinesView
    body: BodyView
    events: tuple[EventView, ...]
    """Without texts and sources."""
    related: tuple[Card, ...]
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]


def make(making: Making) -> Made:
    """The page of an issue."""
    pages, id = making.pages, making.own
    linked = pages.graph.linked[id]
    record = linked.entry.record_of(Issue)
    everything = table(making, [id] if making.form.html else ())
    answers = everything.questions.get(id, {})
    making.card_list(everything.sides)  # whose names are links
    context = IssueContext(
        card=pages.cards.of(id),
        title=record.title,
        question=record.question or "",
        summary=making.prose(linked, "summary"),
        cites=making.cites_at(linked, "cite"),
        stakes=making.prose(linked, "stakes"),
        status=record.status or "",
        rule="",
        answers=question(making, id, everything),
        beside=len(answers) if len(answers) <= _MOST_BESIDE else 0,
        tally=tally(making, answers),
        groups=stance_groups(making, id),
        claims=(lines := claim_lines(making, pages.naming("claim.issues", id))),
        body=body(making, linked),
        events=short_events(making, pages.naming("event.issues", id)),
        related=_related(making, linked),
        updates=updates_on(making, id),
        backlinks=backlinks(making, id),
    )
    unknown = "unknown" if group_of(answers) == "none" else ""
    context = context._replace(rule="disputed" if lines.disputed else unknown)
    return Made("issue.html", record.title, pages.cards.of(id).line, context)


def _related(making: Making, linked: Linked) -> tuple[Card, ...]:
    """The issues that an issue names as related, then those that name it."""
    ids = linked.refs_at("related")
    if making.form.links_back:
        ids += making.graph.naming("issue.related", linked.entry.id)
    return making.card_list(ids)


PAGE = PageType("issue", each("issue"), make)
