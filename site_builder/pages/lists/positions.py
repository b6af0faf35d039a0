"""The matrix of positions: `positions/`, `positions.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from typing import NamedTuple

from site_builder.content.models import Article
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.matrix import MatrixView, matrix
from site_builder.pages.routes import listed


class PositionsContext(NamedTuple):
    """`positions/` (`positions.html`): the matrix."""

    matrix: MatrixView


def make(making: Making) -> Made:
    """The matrix of all issues and actors."""
    articles = making.graph.of_kind("article")
    as_of = None
    if len(articles) == 1:
        as_of = making.locale.date(articles[0].entry.record_of(Article).as_of)
    within = making.within
    context = PositionsContext(
        matrix(making, within.issues, within.actors, as_of, making.form.matrix, listed=True)
    )
    return made_list(making, context)


PAGE = PageType("positions", listed("positions/"), make)
