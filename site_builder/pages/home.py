"""The home page: `home.html`, or the article's own page where there is but one."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Article
from site_builder.links.graph import Graph, Linked
from site_builder.pages import article
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.issues import IssueRowView, issue_rows
from site_builder.pages.parts.people import ActorGroupView, actor_groups
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.routes import Route
from site_builder.values import NamedTuple

_NEWEST = 5
"""Notes of changes that it shows."""


class ArticleRowView(NamedTuple):
    """An article in the list of a desk with several."""

    card: Card
    as_of: DateView
    status: str
    standfirst: Text


class HomeContext(NamedTuple):
    """The home page of a site with no article or several (`home.html`)."""

    articles: tuple[ArticleRowView, ...]
    issues: tuple[IssueRowView, ...]
    actor_groups: tuple[ActorGroupView, ...]
    """All actors on a site without an article; with articles, each has its own."""
    updates: tuple[UpdateView, ...]


def routes(graph: Graph) -> tuple[Route]:
    """The home page, which every site has."""
    articles = graph.ids_of("article")
    return (Route("home", "", articles[0] if len(articles) == 1 else None),)


def make(making: Making) -> Made:
    """The home page."""
    if making.route.id:
        return article.make(making)
    within = making.within
    articles = tuple(_article_row(making, row) for row in making.graph.of_kind("article"))
    context = HomeContext(
        articles=articles,
        issues=issue_rows(making, within.issues, making.form.listed_issues),
        actor_groups=() if articles else actor_groups(making, within.actors),
        updates=updates(making, within.updates[:_NEWEST]),
    )
    site = making.graph.content.site
    return Made("home.html", site.title, site.description or "", context)


def _article_row(making: Making, linked: Linked) -> ArticleRowView:
    record = linked.entry.record_of(Article)
    return ArticleRowView(
        card=making.card(linked.entry.id),
        as_of=making.locale.date(record.as_of),
        status=record.status or "",
        standfirst=making.prose(linked, "standfirst"),
    )


PAGE = PageType("home", routes, make)
