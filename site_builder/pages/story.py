"""A story: an article and what belongs to it."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterator

from site_builder.content.kinds import FRONT, KINDS
from site_builder.content.models import EntityId
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
    """The story of an article. With one story it has everything; lists of its article say what is shown."""
    graph = pages.graph
    article = graph.linked[id]
    whole = graph.stories.site.whole_of(id)
    lists = article if not graph.stories.several or whole != id else None

    def members(kind: str) -> tuple[EntityId, ...]:
        plural = KINDS[kind].plural
        if lists and getattr(lists.entry.record, plural):
            return lists.refs_at(plural)
        return graph.stories.members(whole, kind)

    return Story(
        article,
        members("issue"),
        members("actor"),
        *(
            tuple(graph.linked[row] for row in graph.stories.members(whole, kind))
            for kind in ("claim", "event", "term", "update")
        ),
    )


def as_of(pages: Pages, id: EntityId | None) -> DateView | None:
    """The date that something is current as of: that of its story, of the only one if it is no entity."""
    stories = pages.graph.stories
    found = stories.of(id) if id is not None else () if stories.several else stories.ids
    if id is not None and id.kind == FRONT:
        found = (id,)
    date = pages.cards.briefs[found[0]].as_of if found else None
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
