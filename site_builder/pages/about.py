"""How the explainer is made: `about/`, `about.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterator

from site_builder.links.graph import NOBODY, Graph
from site_builder.pages.briefs import Card
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.nesting import below
from site_builder.pages.parts.sources import SourceRowView, source_rows
from site_builder.pages.parts.texts import BodyView, body_of
from site_builder.pages.routes import Route, listed
from site_builder.pages.site import StanceView
from site_builder.values import NamedTuple

_PATH = "about/"


class AboutContext(NamedTuple):
    """`about/` (`about.html`)."""

    body: BodyView
    sources: tuple[SourceRowView, ...]
    stances: tuple[StanceView, ...]
    below: tuple[Card, ...] = ()
    """The free pages in its folder, `content/pages/about/`."""


def make(making: Making) -> Made:
    """The about page: the author's text, else the sources and the vocabulary alone."""
    about = making.graph.content.about
    text = BodyView()
    if about:
        text = body_of(making, making.graph.about.body, about.body.headings)
    context = AboutContext(
        text,
        source_rows(making),
        tuple(making.pages.stances.values()),
        making.card_list(below(making.graph, NOBODY)),
    )
    title = about.page.title if about else making.locale.title(making.path)
    return Made("about.html", title, making.locale.description(making.path), context)


def _routes(graph: Graph) -> Iterator[Route]:
    """Its route, unless a free page has its address."""
    if all(graph.addresses.of(id) != _PATH for id in graph.ids_of("page")):
        yield from listed(_PATH)(graph)


PAGE = PageType("about", _routes, make)
