"""An article, the front door of a story: `article.html`. With a single article it is the home page."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable
from typing import NamedTuple

from site_builder.content.models import Article, EntityId
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.claims import ClaimView, claims
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.parts.issues import IssueRowView, issue_rows
from site_builder.pages.parts.matrix import MatrixView, matrix
from site_builder.pages.parts.people import ActorGroupView, actor_groups
from site_builder.pages.parts.terms import TermView, terms
from site_builder.pages.parts.texts import BodyView, KnownView, PointView, body, known, points
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.routes import each
from site_builder.pages.story import is_printed, print_path, story_of


class ArticleContext(NamedTuple):
    """An article's page (`article.html`), which is the home page where there is but one."""

    card: Card
    title: str
    as_of: DateView
    status: str
    standfirst: Text
    authors: tuple[str, ...]
    key_points: tuple[PointView, ...]
    known: KnownView
    open_questions: tuple[PointView, ...]
    body: BodyView
    matrix: MatrixView
    issues: tuple[IssueRowView, ...]
    claims: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    actors: tuple[Card, ...]
    """Who takes part, in the article's order."""
    actor_groups: tuple[ActorGroupView, ...]
    """The same by kind."""
    terms: tuple[TermView, ...]
    updates: tuple[UpdateView, ...]
    sources: tuple[Card, ...]
    print_path: str = ""
    """Its print edition; "" if it has none."""


def make(making: Making) -> Made:
    """The page of an article."""
    pages, id = making.pages, making.own
    story = story_of(pages, id)
    linked = story.article
    record = linked.entry.record_of(Article)
    as_of = making.locale.date(record.as_of)
    context = ArticleContext(
        card=pages.cards.of(id),
        title=record.title,
        as_of=as_of,
        status=record.status or "",
        standfirst=making.prose(linked, "standfirst"),
        authors=record.authors or pages.graph.content.site.authors,
        key_points=points(making, linked, "key_points", len(record.key_points)),
        body=body(making, linked),
        known=known(making, linked),
        claims=claims(making, story.claims),
        open_questions=points(making, linked, "open_questions", len(record.open_questions)),
        matrix=matrix(
            making, story.issues, story.actors, as_of, making.form.front_matrix, listed=True
        ),
        issues=issue_rows(making, story.issues, making.form.story_issues),
        events=events(making, story.events),
        actors=tuple(pages.cards.of(id) for id in story.actors),
        actor_groups=actor_groups(making, story.actors),
        terms=terms(making, story.terms),
        updates=updates(making, story.updates),
        sources=_sources(making, linked.refs_at("sources")),
        print_path=print_path(pages.graph, linked) if is_printed(pages.graph, linked) else "",
    )
    return Made("article.html", record.title, pages.cards.of(id).line, context)


def _sources(making: Making, named: Iterable[EntityId]) -> tuple[Card, ...]:
    """The sources that an article names, else those that its page has cited so far."""
    cards = making.card_list(named)
    return cards or tuple(dict.fromkeys(note.source for note in making.notes()))


PAGE = PageType("article", each("article"), make)
