"""The types of pages, and the pages that a site has."""

from __future__ import annotations

from site_builder.links.graph import Graph
from site_builder.pages import (
    about,
    actor,
    article,
    data,
    embed,
    home,
    issue,
    not_found,
    print_edition,
    search,
    source,
)
from site_builder.pages.lists import LISTS
from site_builder.pages.making import PageType
from site_builder.pages.routes import Route

PAGES: tuple[PageType, ...] = (
    home.PAGE,
    article.PAGE,
    issue.PAGE,
    actor.PAGE,
    source.PAGE,
    *LISTS,
    about.PAGE,
    print_edition.PAGE,
    search.PAGE,
    data.PAGE,
    embed.PAGE,
    not_found.PAGE,
)
"""A row a type of page. Their order is that of the pages."""


def plan(graph: Graph) -> tuple[Route, ...]:
    """All pages of a site, in a fixed order."""
    return tuple(route for page in PAGES for route in page.routes(graph))
