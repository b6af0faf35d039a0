"""A story: an article and what belongs to it."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterator

from site_builder.content.models import Article, EntityId
from site_builder.links.graph import Graph, Linked
from site_builder.pages.dates import DateView
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.values import NamedTuple


class Story(NamedTuple):
    """An article and what belongs to it. Each list is in reading order, as in `site.Within`."""

    article: Linked
    issues: tuple[EntityId, ...]
    actors: tuple[EntityId, ...]
    claims: tuple[Linked, ...]
    events: tuple[Linked, ...]
    terms: tuple[Linked, ...]
    updates: tuple[Linked, ...]


def story_of(pages: Pages, id: EntityId) -> Story:
    """The story of an article: what bears on its issues and actors; with a single article, everything."""
    article = pages.graph.linked[id]
    only = len(pages.graph.ids_of("article")) == 1
    record = article.entry.record_of(Article)
    issues = article.refs_at("issues") if record.issues else pages.issues
    actors = article.refs_at("actors")
    if not record.actors:
        actors = pages.actors if only else _actors_of(pages, issues)
    wanted = set(issues)
    touched = {id, *issues, *actors}
    return Story(
        article,
        issues,
        actors,
        tuple(row for row in pages.claims if only or wanted & set(row.refs_at("issues"))),
        tuple(row for row in pages.events if only or wanted & set(row.refs_at("issues"))),
        pages.terms if only else (),
        tuple(row for row in pages.updates if only or touched & set(row.refs_at("touches"))),
    )


def _actors_of(pages: Pages, issues: tuple[EntityId, ...]) -> tuple[EntityId, ...]:
    """The actors who take a position on one of these issues."""
    wanted = set(issues)
    return tuple(
        actor
        for actor in pages.actors
        if any(at.issue in wanted for at in pages.graph.positions_of.get(actor, ()))
    )


def as_of(pages: Pages, id: EntityId | None) -> DateView | None:
    """The date that something is current as of: that of the only article, or of the first that names it."""
    articles = pages.graph.ids_of("article")
    if len(articles) > 1 and id is not None:
        articles = (id,) if id in articles else pages.graph.naming(f"article.{id.kind}s", id)
    elif len(articles) > 1:
        return None
    date = pages.cards.briefs[articles[0]].as_of if articles else None
    return pages.locale.date(date) if date else None


# --- the print edition of a story ---------------------------------------------------------------

MOST_PRINTED = 200
"""Issues and actors of a print edition. A longer one would not be printed."""


def is_printed(graph: Graph, article: Linked) -> bool:
    """Whether an article has a print edition."""
    count = sum(
        len(article.refs_at(field) or graph.ids_of(kind))
        for field, kind in (("issues", "issue"), ("actors", "actor"))
    )
    return count <= MOST_PRINTED


def print_path(graph: Graph, article: Linked) -> str:
    """The path of an article's print edition: its own path and `print/`."""
    return f"{graph.addresses.page_of(article.entry.id)}print/"


def printed(graph: Graph) -> Iterator[Route]:
    """The print edition of each article that is not too large for one."""
    for row in graph.of_kind("article"):
        if is_printed(graph, row):
            yield Route("print", print_path(graph, row), row.entry.id)
