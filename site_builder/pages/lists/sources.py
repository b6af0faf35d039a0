"""All sources: `sources/`, `sources.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.pages.evidence import evidence_in_words
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.sources import SourceRowView, source_rows
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple


class SourcesContext(NamedTuple):
    """`sources/` (`sources.html`)."""

    sources: tuple[SourceRowView, ...]
    evidence: str
    """What the site quotes of them, and of which it has no text, in a sentence or two."""


def make(making: Making) -> Made:
    """The list of sources."""
    context = SourcesContext(source_rows(making), evidence_in_words(making.graph))
    return made_list(making, context)


PAGE = PageType("sources", listed("sources/"), make)
