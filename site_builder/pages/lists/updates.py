"""All notes of changes: `updates/`, `updates.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple


class UpdatesContext(NamedTuple):
    """`updates/` (`updates.html`)."""

    updates: tuple[UpdateView, ...]
    """Newest first."""


def make(making: Making) -> Made:
    """The notes of changes."""
    return made_list(making, UpdatesContext(updates(making, making.within.updates)))


PAGE = PageType("updates", listed("updates/"), make)
