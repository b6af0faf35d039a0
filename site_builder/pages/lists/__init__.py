"""The pages that list things, one module each."""

from __future__ import annotations

from site_builder.pages.lists import (
    actors,
    claims,
    issues,
    positions,
    sources,
    terms,
    timeline,
    updates,
)
from site_builder.pages.making import PageType

LISTS: tuple[PageType, ...] = (
    issues.PAGE,
    positions.PAGE,
    timeline.PAGE,
    actors.PAGE,
    claims.PAGE,
    sources.PAGE,
    terms.PAGE,
    updates.PAGE,
)
"""In the order of the navigation."""
