"""The glossary: `terms/`, `terms.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.terms import TermView, terms
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple


class TermsContext(NamedTuple):
    """`terms/` (`terms.html`)."""

    terms: tuple[TermView, ...]


def make(making: Making) -> Made:
    """The glossary, in alphabetical order."""
    rows = making.within.terms
    if not making.form.as_written:
        rows = tuple(sorted(rows, key=lambda row: making.locale.order(row.entry.title)))
    return made_list(making, TermsContext(terms(making, rows)))


PAGE = PageType("terms", listed("terms/"), make)
