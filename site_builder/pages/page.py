"""Makes pages. A page depends on the graph alone, so pages can be made in any order and in any process."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from typing import Any

from site_builder.pages.briefs import Card
from site_builder.pages.frame import PageView, frame
from site_builder.pages.making import Made, Making, NoteView
from site_builder.pages.paths import file_of
from site_builder.pages.plan import PAGES
from site_builder.pages.redirects import Redirect
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages, SiteView
from site_builder.values import NamedTuple


class Page(NamedTuple):
    """A page to render. `file` is its path in the output: `issues/territory/index.html`."""

    file: str
    template: str
    site: SiteView
    view: PageView
    content: Any
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class RedirectContext(NamedTuple):
    """The page at an address that something had before (`redirect.html`)."""

    card: Card
    target: str
    """The path to go to."""


_TYPES = {page.name: page for page in PAGES}


def make_content(making: Making) -> Made:
    """The context of a page, in the form that is made."""
    return _TYPES[making.route.type].make(making)


def make_page(pages: Pages, route: Route) -> Page:
    """The page at a route."""
    making = Making(pages, route)
    made = make_content(making)
    return Page(
        file=file_of(route.path),
        template=made.template,
        site=pages.site,
        view=frame(pages, route, made.title, made.description),
        content=made.content,
        notes=making.notes(),
        cards=making.cards(),
    )


def make_redirect(pages: Pages, redirect: Redirect) -> Page:
    """The page at an old path, which sends readers on."""
    route = Route("redirect", redirect.old, redirect.id)
    card = pages.cards.of(redirect.id)
    return Page(
        file=file_of(redirect.old),
        template="redirect.html",
        site=pages.site,
        view=frame(pages, route, card.name, ""),
        content=RedirectContext(card, redirect.new),
    )
