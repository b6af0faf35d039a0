"""What can be taken away: data, feeds, parts to embed, and how to cite it. `data/`, `data.html`."""

from __future__ import annotations

from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.reuse import DataContext
from site_builder.pages.routes import exported


def make(making: Making) -> Made:
    """The page of the data; its context is the describer's `DataContext`."""
    describer = making.pages.describer
    return made_list(making, describer.data(making.pages) if describer else DataContext())


PAGE = PageType("data", exported("data"), make)
