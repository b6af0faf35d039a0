"""The page that hosts serve at unknown addresses: `404.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.links.graph import Graph
from site_builder.pages.alone import ALONE
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.routes import Route
from site_builder.values import NamedTuple


class NotFoundContext(NamedTuple):
    """`404.html` (`404.html`)."""

    style: str = ""
    """For a site without `base_url`: the style of this page, which then can't link to a style sheet."""


def routes(_: Graph) -> tuple[Route]:
    """The page, which every site has."""
    return (Route("404", "404.html"),)


def make(making: Making) -> Made:
    """The page; without a base address it carries its style."""
    style = "" if making.pages.site.base_url else ALONE
    return Made("404.html", making.locale.translate("Page not found"), "", NotFoundContext(style))


PAGE = PageType("404", routes, make)
