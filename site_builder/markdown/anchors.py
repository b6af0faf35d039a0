"""The ids of headings, and those that pages keep for their own parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from site_builder.text.bounds import is_mark

RESERVED_ANCHORS = frozenset(
    (
        "main", "top", "positions", "background", "claims", "events", "related", "updates",
        "mentions", "notes", "relations", "key-points", "issues", "open-questions", "timeline",
        "actors", "terms", "passages", "text", "sources",
    )
)  # fmt: skip
"""Ids that the pages give their own parts; a heading of the same words gets a number."""


def heading_slug(text: str, *, marks: bool = True) -> str:
    """An id made from a heading as GitHub makes it: lower case, words joined by hyphens.

    Vowel signs and other marks of letters belong to words; ids used to be made without them.
    """
    words = text.casefold()
    if marks and not words.isascii():
        words = unicodedata.normalize("NFC", words)
        words = "".join(c for c in words if c.isalnum() or c in "-_" or c.isspace() or is_mark(c))
    else:
        words = re.sub(r"[^\w\s-]", "", words)
    return re.sub(r"[\s_]+", "-", words.strip()).strip("-") or "section"


def heading_anchors(headings: Sequence[str]) -> list[tuple[str, str]]:
    """The id of each heading of a text, and the one it used to have, or "" if that is the same or taken."""
    now = _numbered([heading_slug(text) for text in headings])
    if all(text.isascii() for text in headings):
        return [(anchor, "") for anchor in now]
    before = _numbered([heading_slug(text, marks=False) for text in headings])
    taken = RESERVED_ANCHORS.union(now)
    return [
        (anchor, "" if former in taken else former)
        for anchor, former in zip(now, before, strict=True)
    ]


def _numbered(slugs: Sequence[str]) -> list[str]:
    """Each slug, with a number behind it where it is taken."""
    anchors: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for slug in slugs:
        anchor = slug
        number = numbers.get(slug, 1)
        while anchor in anchors or anchor in RESERVED_ANCHORS:
            number += 1
            anchor = f"{slug}-{number}"
        numbers[slug] = number
        anchors[anchor] = None
    return list(anchors)
