"""Routes: the pages to make, and the files next to them."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Callable, Iterable, Iterator

from site_builder.content.models import EntityId
from site_builder.links.graph import Graph
from site_builder.values import NamedTuple

INDEX_FOLDER = "pagefind/"
"""The folder of the search index."""
OWN_TEMPLATES = "pages/"
"""The folder of the site's own templates that free pages ask for."""
NAMES_FILE = "search/names.js"
"""Everything by name, for the search field of each page."""


class Route(NamedTuple):
    """A page to make: its type, its path, and its entity if it is the page of one."""

    type: str
    path: str
    id: EntityId | None = None


class Copy(NamedTuple):
    """A file to make next to the pages, from the same content: its format, its path, its entity."""

    format: str
    path: str
    id: EntityId | None = None
    made_as: str = ""
    """If it stands at an earlier address: the path of the copy with the same bytes."""


Routes = Callable[[Graph], Iterable[Route]]
"""Lists the pages of a type."""


def each(kind: str) -> Routes:
    """A page for each entity of a kind that has one."""

    def routes(graph: Graph) -> Iterator[Route]:
        for id in graph.ids_of(kind):
            path = graph.addresses.page_of(id)
            if path:
                yield Route(kind, path, id)

    return routes


def listed(path: str) -> Routes:
    """A page that lists things, on a site that has any."""

    def routes(graph: Graph) -> Iterator[Route]:
        if path in graph.index_pages:
            yield Route(path.rstrip("/"), path)

    return routes


def exported(name: str) -> Routes:
    """A page that belongs to an export, on a site that has it."""

    def routes(graph: Graph) -> Iterator[Route]:
        if name in graph.exports:
            yield Route(name, f"{name}/")

    return routes
