"""The print edition: an article with everything that belongs to it, on one page.

What other pages tell in part, this one tells once and whole: each issue with its positions, each
actor with their card and what is written of them, every source numbered through.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup

from site_builder.content.models import Actor, Article, EntityId, Issue
from site_builder.links.graph import Graph, Linked
from site_builder.pages.contexts import BodyView, PrintActorView, PrintContext, PrintIssueView
from site_builder.pages.dates import date_view
from site_builder.pages.views import PageViews

MOST_ENTITIES = 200
"""Issues and actors of a print edition; a longer one nobody prints."""


class Story(NamedTuple):
    """An article and what belongs to it, in the order to show."""

    article: Linked
    issues: tuple[EntityId, ...]
    actors: tuple[EntityId, ...]
    claims: tuple[Linked, ...]
    events: tuple[Linked, ...]
    terms: tuple[Linked, ...]
    updates: tuple[Linked, ...]


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


def print_context(views: PageViews, story: Story, authors: tuple[str, ...]) -> PrintContext:
    """The print edition of a story; `authors` are the site's, where the article names none."""
    article = story.article
    record = article.entry.record
    assert isinstance(record, Article)
    as_of = date_view(record.as_of)
    return PrintContext(
        title=record.title,
        as_of=as_of,
        status=record.status or "",
        standfirst=views.prose(article, "standfirst"),
        authors=record.authors or authors,
        key_points=views.points(article, "key_points", len(record.key_points)),
        body=_body(views, article),
        claims=tuple(views.claim(row) for row in story.claims),
        open_questions=views.points(article, "open_questions", len(record.open_questions)),
        matrix=views.matrix(story.issues, story.actors, as_of),
        issues=tuple(_issue(views, views.graph.linked[id]) for id in story.issues),
        events=views.events(story.events),
        actors=tuple(_actor(views, views.graph.linked[id]) for id in story.actors),
        terms=tuple(views.term(row) for row in story.terms),
        updates=tuple(views.update(row) for row in story.updates),
    )


def _issue(views: PageViews, linked: Linked) -> PrintIssueView:
    record = linked.entry.record
    assert isinstance(record, Issue)
    return PrintIssueView(
        card=views.card(linked.entry.id),
        question=record.question or "",
        summary=views.prose(linked, "summary"),
        cites=views.cites_at(linked, "cite"),
        stakes=views.prose(linked, "stakes"),
        status=record.status or "",
        groups=views.stance_groups(linked.entry.id),
        body=_body(views, linked),
    )


def _actor(views: PageViews, linked: Linked) -> PrintActorView:
    assert isinstance(linked.entry.record, Actor)
    affiliation = linked.refs.get(("affiliation",))
    return PrintActorView(
        card=views.card(linked.entry.id),
        role=views.prose(linked, "role"),
        cites=views.cites_at(linked, "cite"),
        affiliation=views.card(affiliation) if affiliation else None,
        relations=views.relations(linked),
        body=_body(views, linked),
    )


_OWN_ID = re.compile(r'(?P<start> id="| href="#)(?!cite-\d)')


def _body(views: PageViews, linked: Linked) -> BodyView:
    """A body whose headings and footnotes can stand on one page with those of others."""
    body = views.body(linked)
    # Slugs have no two hyphens together, so an issue 'dam' and an issue 'dam-costs' are kept apart.
    prefix = f"{linked.entry.kind}-{linked.entry.slug}--"
    html = _OWN_ID.sub(lambda match: match["start"] + prefix, body.html)
    return BodyView(Markup(html), body.headings)  # noqa: S704  # finished HTML, with longer ids
