"""The ids of headings, and those that pages keep for their own parts."""

from __future__ import annotations

import re

RESERVED_ANCHORS = frozenset(
    (
        "main", "top", "positions", "background", "claims", "events", "related", "updates",
        "mentions", "notes", "relations", "key-points", "issues", "open-questions", "timeline",
        "actors", "terms", "passages", "text", "sources",
    )
)  # fmt: skip
"""Ids that the pages give their own parts; a heading of the same words gets a number."""


def heading_slug(text: str) -> str:
    """An id made from a heading as GitHub makes it: lower case, words joined by hyphens."""
    words = re.sub(r"[^\w\s-]", "", text.casefold())
    return re.sub(r"[\s_]+", "-", words.strip()).strip("-") or "section"
