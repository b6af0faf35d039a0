"""How the explainer is made: `about/`, `about.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.sources import SourceRowView, source_rows
from site_builder.pages.parts.texts import BodyView, body_of
from site_builder.pages.routes import listed
from site_builder.pages.site import StanceView
from site_builder.values import NamedTuple


class AboutContext(NamedTuple):
    """`about/` (`about.html`)."""

    body: BodyView
    sources: tuple[SourceRowView, ...]
    stances: tuple[StanceView, ...]


def make(making: Making) -> Made:
    """The about page: the author's text, else the sources and the vocabulary alone."""
    about = making.graph.content.about
    text = BodyView()
    if about:
        text = body_of(making, making.graph.about.body, about.body.headings)
    context = AboutContext(text, source_rows(making), tuple(making.pages.stances.values()))
    title = about.page.title if about else making.locale.title(making.path)
    return Made("about.html", title, making.locale.description(making.path), context)


PAGE = PageType("about", listed("about/"), make)
