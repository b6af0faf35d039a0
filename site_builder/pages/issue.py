"""An issue: the question, why it matters, who wants what. `issues/<slug>/`, `issue.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Issue
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.backlinks import BacklinkView, backlinks
from site_builder.pages.parts.claims import ClaimView, claims
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.parts.positions import StanceGroupView, stance_groups
from site_builder.pages.parts.texts import BodyView, body
from site_builder.pages.parts.updates import UpdateView, updates_on
from site_builder.pages.routes import each
from site_builder.values import NamedTuple


class IssueContext(NamedTuple):
    """`issues/<slug>/` (`issue.html`)."""

    card: Card
    title: str
    question: str
    summary: Text
    stakes: Text
    status: str
    cites: tuple[CiteView, ...]
    groups: tuple[StanceGroupView, ...]
    body: BodyView
    claims: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    related: tuple[Card, ...]
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]


def make(making: Making) -> Made:
    """The page of an issue."""
    pages, id = making.pages, making.own
    linked = pages.graph.linked[id]
    record = linked.entry.record_of(Issue)
    context = IssueContext(
        card=pages.cards.of(id),
        title=record.title,
        question=record.question or "",
        summary=making.prose(linked, "summary"),
        cites=making.cites_at(linked, "cite"),
        stakes=making.prose(linked, "stakes"),
        status=record.status or "",
        groups=stance_groups(making, id),
        body=body(making, linked),
        claims=claims(making, pages.naming("claim.issues", id)),
        events=events(making, pages.naming("event.issues", id)),
        related=_related(making, linked),
        updates=updates_on(making, id),
        backlinks=backlinks(making, id),
    )
    return Made("issue.html", record.title, pages.cards.of(id).line, context)


def _related(making: Making, linked: Linked) -> tuple[Card, ...]:
    """The issues that an issue names as related, then those that name it."""
    ids = linked.refs_at("related")
    if making.form.links_back:
        ids += making.graph.naming("issue.related", linked.entry.id)
    return making.card_list(ids)


PAGE = PageType("issue", each("issue"), make)
