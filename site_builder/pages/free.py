"""A free page, about whatever its authors like: `<slug>/`, `page.html` or a template of the site's own."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import FreePage
from site_builder.pages.briefs import Card
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.nesting import below
from site_builder.pages.parts.backlinks import BacklinkView, backlinks
from site_builder.pages.parts.texts import BodyView, body
from site_builder.pages.parts.updates import UpdateView, updates_on
from site_builder.pages.routes import OWN_TEMPLATES, each
from site_builder.values import NamedTuple


class FreePageContext(NamedTuple):
    """`<slug>/` (`page.html`, or the page's own template in `templates/pages/`)."""

    title: str
    description: str
    body: BodyView
    below: tuple[Card, ...]
    """The pages in its folder."""
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]


def make(making: Making) -> Made:
    """The page of a file in `content/pages/`."""
    id = making.own
    linked = making.graph.linked[id]
    record = linked.entry.record_of(FreePage)
    description = record.description or ""
    context = FreePageContext(
        title=record.title,
        description=description,
        body=body(making, linked),
        below=making.card_list(below(making.graph, id)),
        updates=updates_on(making, id),
        backlinks=backlinks(making, id),
    )
    template = f"{OWN_TEMPLATES}{record.template}" if record.template else "page.html"
    return Made(template, record.title, description, context)


PAGE = PageType("page", each("page"), make)
