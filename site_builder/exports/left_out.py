"""Notes for the author after a build: what the site does without."""

from __future__ import annotations

from site_builder.exports import cards
from site_builder.links.graph import Graph

_NEED_ADDRESS = {
    "feeds": "feeds",
    "sitemap": "site map",
    "cards": "cards for sharing",
    "embeds": "embed codes",
}
"""Exports that need full addresses: their names in words."""


def without_address(graph: Graph) -> str:
    """What is left out without a base address, in a line; "" with one."""
    if graph.content.site.base_url:
        return ""
    rows = ", ".join(name for export, name in _NEED_ADDRESS.items() if export in graph.exports)
    return (
        "note: without base_url in content/site.yaml there are no "
        f"{rows}{' or ' if rows else ''}canonical addresses, and 404.html has no links"
    )


def left_out(graph: Graph) -> str:
    """What is left out, and why, in a line; "" if nothing is."""
    return without_address(graph) or cards.left_out(graph)
