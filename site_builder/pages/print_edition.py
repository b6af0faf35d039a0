"""The print edition: an article with everything that belongs to it, on one page. `print.html`.

What other pages tell in part, this one tells once and whole: each issue with its positions, each
actor with their card and what is written of them, every source numbered through.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.content.models import Article, Issue
from site_builder.links.graph import Graph, Linked
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.bodies import BodyView, body
from site_builder.pages.parts.claims import ClaimView, claims
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.parts.matrix import MatrixView, matrix
from site_builder.pages.parts.points import PointView, points
from site_builder.pages.parts.positions import StanceGroupView, stance_groups
from site_builder.pages.parts.relations import RelationView, relations
from site_builder.pages.parts.terms import TermView, terms
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.routes import Route
from site_builder.pages.story import story_of

MOST_ENTITIES = 200
"""Issues and actors of a print edition; a longer one nobody prints."""


class PrintIssueView(NamedTuple):
    """An issue in the print edition."""

    card: Card
    question: str
    summary: Text
    stakes: Text
    status: str
    cites: tuple[CiteView, ...]
    groups: tuple[StanceGroupView, ...]
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
    body: BodyView
    claims: tuple[ClaimView, ...]
    open_questions: tuple[PointView, ...]
    matrix: MatrixView
    issues: tuple[PrintIssueView, ...]
    events: tuple[EventView, ...]
    actors: tuple[PrintActorView, ...]
    terms: tuple[TermView, ...]
    updates: tuple[UpdateView, ...]


def is_printed(graph: Graph, article: Linked) -> bool:
    """Whether an article has a print edition."""
    count = sum(
        len(article.refs_at(field) or graph.ids_of(kind))
        for field, kind in (("issues", "issue"), ("actors", "actor"))
    )
    return count <= MOST_ENTITIES


def print_path(graph: Graph, article: Linked) -> str:
    """Where an article's print edition stands: `print/` behind its own path."""
    return f"{graph.addresses.page_of(article.entry.id)}print/"


def routes(graph: Graph) -> Iterator[Route]:
    """The print edition of each article that is not too large for one."""
    for row in graph.of_kind("article"):
        if is_printed(graph, row):
            yield Route("print", print_path(graph, row), row.entry.id)


def make(making: Making) -> Made:
    """The print edition of an article."""
    pages = making.pages
    story = story_of(pages, making.own)
    article = story.article
    record = article.entry.record_of(Article)
    as_of = making.locale.date(record.as_of)
    context = PrintContext(
        title=record.title,
        as_of=as_of,
        status=record.status or "",
        standfirst=making.prose(article, "standfirst"),
        authors=record.authors or pages.graph.content.site.authors,
        key_points=points(making, article, "key_points", len(record.key_points)),
        body=_body(making, article),
        claims=claims(making, story.claims),
        open_questions=points(making, article, "open_questions", len(record.open_questions)),
        matrix=matrix(making, story.issues, story.actors, as_of, making.form.matrix),
        issues=tuple(_issue(making, pages.graph.linked[id]) for id in story.issues),
        events=events(making, story.events),
        actors=tuple(_actor(making, pages.graph.linked[id]) for id in story.actors),
        terms=terms(making, story.terms),
        updates=updates(making, story.updates),
    )
    return Made("print.html", record.title, pages.cards.of(making.own).line, context)


def _issue(making: Making, linked: Linked) -> PrintIssueView:
    record = linked.entry.record_of(Issue)
    return PrintIssueView(
        card=making.card(linked.entry.id),
        question=record.question or "",
        summary=making.prose(linked, "summary"),
        cites=making.cites_at(linked, "cite"),
        stakes=making.prose(linked, "stakes"),
        status=record.status or "",
        groups=stance_groups(making, linked.entry.id),
        body=_body(making, linked),
    )


def _actor(making: Making, linked: Linked) -> PrintActorView:
    affiliation = linked.refs.get(("affiliation",))
    return PrintActorView(
        card=making.card(linked.entry.id),
        role=making.prose(linked, "role"),
        cites=making.cites_at(linked, "cite"),
        affiliation=making.card(affiliation) if affiliation else None,
        relations=relations(making, linked),
        body=_body(making, linked),
    )


_OWN_ID = re.compile(r'(?P<start> id="| href="#)(?!cite-\d)')


def _body(making: Making, linked: Linked) -> BodyView:
    """A body whose headings and footnotes can stand on one page with those of others."""
    view = body(making, linked)
    # Slugs have no two hyphens together, so an issue 'dam' and an issue 'dam-costs' are kept apart.
    prefix = f"{linked.entry.kind}-{linked.entry.slug}--"
    html = _OWN_ID.sub(lambda match: match["start"] + prefix, view.html)
    text = Text.of(html, view.html.linked, names=view.html.names)
    return BodyView(text, view.headings)


PAGE = PageType("print", routes, make)
