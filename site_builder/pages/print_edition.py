"""The print edition: an article with everything that belongs to it, on one page. `print.html`.

What other pages tell in part, this one tells once and whole: each issue with its positions, each
actor with their card and what is written of them, every source numbered through.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import re

from site_builder.content.models import Article, EntityId, Issue
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.claims import ClaimView, claims
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.parts.known import KnownView, known
from site_builder.pages.parts.picture import PictureView, Table, printed_pictures, table
from site_builder.pages.parts.relations import RelationView, relations
from site_builder.pages.parts.terms import TermView, terms
from site_builder.pages.parts.texts import BodyView, PointView, body, points
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.parts.words import QuestionView, question
from site_builder.pages.story import printed, story_of
from site_builder.values import NamedTuple


class PrintIssueView(NamedTuple):
    """An issue in the print edition."""

    card: Card
    question: str
    summary: Text
    stakes: Text
    status: str
    cites: tuple[CiteView, ...]
    answers: QuestionView
    """Its positions in words, by sides."""
    body: BodyView


class PrintActorView(NamedTuple):
    """An actor in the print edition: the whole of their card and what is written of them."""

    card: Card
    role: Text
    affiliation: Card | None
    cites: tuple[CiteView, ...]
    relations: tuple[RelationView, ...]
    body: BodyView


class PrintContext(NamedTuple):
    """The print edition of an article: the whole explainer on one page (`print.html`).

    Sources are numbered through. Ids in bodies begin with kind and slug of their entity.
    """

    title: str
    as_of: DateView
    status: str
    standfirst: Text
    authors: tuple[str, ...]
    key_points: tuple[PointView, ...]
    known: KnownView
    body: BodyView
    claims: tuple[ClaimView, ...]
    open_questions: tuple[PointView, ...]
    pictures: tuple[PictureView, ...]
    """Questions by sides: one, or several with as many sides as a sheet is wide enough for; () with fewer than two."""
    issues: tuple[PrintIssueView, ...]
    events: tuple[EventView, ...]
    actors: tuple[PrintActorView, ...]
    terms: tuple[TermView, ...]
    updates: tuple[UpdateView, ...]


def make(making: Making) -> Made:
    """The print edition of an article."""
    pages = making.pages
    story = story_of(pages, making.own)
    article = story.article
    record = article.entry.record_of(Article)
    as_of = making.locale.date(record.as_of)
    everything = table(making, story.issues)
    context = PrintContext(
        title=record.title,
        as_of=as_of,
        status=record.status or "",
        standfirst=making.prose(article, "standfirst"),
        authors=record.authors or pages.graph.content.site.authors,
        key_points=points(making, article, "key_points", len(record.key_points)),
        body=_body(making, making.own),
        known=known(making, story),
        claims=claims(making, story.claims),
        open_questions=points(making, article, "open_questions", len(record.open_questions)),
        pictures=printed_pictures(making, everything),
        issues=tuple(_issue(making, id, everything) for id in story.issues),
        events=events(making, story.events),
        actors=tuple(_actor(making, id) for id in story.actors),
        terms=terms(making, story.terms),
        updates=updates(making, story.updates),
    )
    return Made("print.html", record.title, pages.cards.of(making.own).line, context)


def _issue(making: Making, id: EntityId, everything: Table) -> PrintIssueView:
    linked = making.graph.linked[id]
    record = linked.entry.record_of(Issue)
    return PrintIssueView(
        card=making.card(id),
        question=record.question or "",
        summary=making.prose(linked, "summary"),
        cites=making.cites_at(linked, "cite"),
        stakes=making.prose(linked, "stakes"),
        status=record.status or "",
        answers=question(making, id, everything),
        body=_body(making, id),
    )


def _actor(making: Making, id: EntityId) -> PrintActorView:
    linked = making.graph.linked[id]
    affiliation = linked.refs.get(("affiliation",))
    return PrintActorView(
        card=making.card(id),
        role=making.prose(linked, "role"),
        cites=making.cites_at(linked, "cite"),
        affiliation=making.card(affiliation) if affiliation else None,
        relations=relations(making, linked),
        body=_body(making, id),
    )


_OWN_ID = re.compile(r'(?P<start> id="| href="#)(?!cite-\d)')


def _body(making: Making, id: EntityId) -> BodyView:
    """A body whose headings and footnotes can stand on one page with those of others."""
    linked = making.graph.linked[id]
    view = body(making, linked)
    # Slugs have no two hyphens together, so an issue 'dam' and an issue 'dam-costs' are kept apart.
    prefix = f"{id.kind}-{id.slug}--"
    html = _OWN_ID.sub(lambda match: match["start"] + prefix, view.html)
    text = Text.of(html, view.html.linked, names=view.html.names)
    return BodyView(text, view.headings, view.cited)


PAGE = PageType("print", printed, make)
