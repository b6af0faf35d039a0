"""The types of pages, and the pages that a site has."""

from __future__ import annotations

from site_builder.links.graph import Graph
from site_builder.pages import (
    about,
    data,
    embed,
    home,
    not_found,
    print_edition,
    search,
)
from site_builder.pages.entities import ENTITIES, others
from site_builder.pages.lists import LISTS
from site_builder.pages.making import PageType
from site_builder.pages.routes import Route

_PAGES: tuple[PageType, ...] = (
    home.PAGE,
    *ENTITIES,
    *LISTS,
    about.PAGE,
    print_edition.PAGE,
    search.PAGE,
    data.PAGE,
    embed.PAGE,
    not_found.PAGE,
)
PAGES = (*_PAGES, *others(_PAGES))
"""A row a type of page, in the order of the pages. Kinds without a module have the pages of `record`."""


def plan(graph: Graph) -> tuple[Route, ...]:
    """All pages of a site, in a fixed order."""
    return tuple(route for page in PAGES for route in page.routes(graph))
