"""The pages of entities: those with a module, and the generic ones of all other kinds."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.pages import actor, article, free, issue, record, source
from site_builder.pages.making import PageType

ENTITIES: tuple[PageType, ...] = (article.PAGE, issue.PAGE, actor.PAGE, source.PAGE, free.PAGE)
"""In the order of the pages."""


def others(pages: Iterable[PageType]) -> tuple[PageType, ...]:
    """The pages of kinds that are not among these."""
    return record.page_types([page.name for page in pages])
