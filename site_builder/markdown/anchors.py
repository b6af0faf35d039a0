"""The ids of headings, and the ids reserved for parts of pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence

from site_builder.text import lazily
from site_builder.text.bounds import is_mark

RESERVED_ANCHORS = frozenset(
    (
        "main", "top", "below", "positions", "background", "claims", "events", "concerned", "related", "updates",
        "mentions", "notes", "relations", "key-points", "issues", "known-facts", "open-questions", "timeline",
        "actors", "terms", "passages", "text", "sources", "whole", "cite", "contents", "show",
        "site-search", "site-search-list",
    )
)  # fmt: skip
"""Ids of parts of pages; a heading with the same words gets a number."""
_KINDS = "actor|article|claim|event|issue|page|source|term|update"
_ON_EVERY_PAGE = lazily.pattern(
    rf"(?:cite|note|site-search|fn|fnref)-?\d+|card-(?:{_KINDS})-.+|(?:{'|'.join(sorted(RESERVED_ANCHORS))})-name"
)
_OF_ENTITIES = lazily.pattern(
    r"(?:position|row|cell|column|w)-.+|(?:on-)?q-[0-9a-f]{8}|(?:t|par)-\d.*"
    r"|(?:p|art|sec|para|rec|ch)-(?:\d.*|[ivxlcdm]+|[a-z]{1,3}-?\d.*)"
)
"""Ids of positions and their table; of quotations, and of pages, parts, times and paragraphs of sources."""


def is_page_part(anchor: str) -> bool:
    """Whether some kind of page uses this id for one of its parts."""
    return anchor in RESERVED_ANCHORS or _ON_EVERY_PAGE.fullmatch(anchor) is not None


def is_reserved(anchor: str) -> bool:
    """Whether an id is reserved for pages, so that headings and points can't have it."""
    return is_page_part(anchor) or _OF_ENTITIES.fullmatch(anchor) is not None


def free_anchor(wanted: str, taken: Container[str], numbers: dict[str, int]) -> str:
    """The wanted id, with a number after it if it is taken.

    An id that is reserved gets the prefix `section-`. `numbers` holds the last number used for each wanted
    id, and is updated.
    """
    for base in (wanted, f"section-{wanted}"):
        anchor, number = base, numbers.get(base, 1)
        while anchor in taken or anchor in RESERVED_ANCHORS:
            number += 1
            anchor = f"{base}-{number}"
        if not is_reserved(anchor):
            numbers[base] = number
            return anchor
    raise AssertionError(wanted)  # no reserved id begins with `section-`


def heading_slug(text: str, *, marks: bool = True) -> str:
    """The id of a heading, as on GitHub: lower case, words joined by hyphens.

    Vowel signs and other combining marks belong to words. Older ids lack them: `marks=False`.
    """
    words = text.casefold()
    if marks and not words.isascii():
        words = unicodedata.normalize("NFC", words)
        words = "".join(c for c in words if c.isalnum() or c in "-_" or c.isspace() or is_mark(c))
    else:
        words = re.sub(r"[^\w\s-]", "", words)
    return re.sub(r"[\s_]+", "-", words.strip()).strip("-") or "section"


def heading_anchors(headings: Sequence[str]) -> list[tuple[str, str]]:
    """The id of each heading of a text, and its older id, or "" if that is the same or taken."""
    now = _numbered([heading_slug(text) for text in headings])
    if all(text.isascii() for text in headings):
        return [(anchor, "") for anchor in now]
    before = _numbered([heading_slug(text, marks=False) for text in headings])
    taken = set(now)
    return [
        (anchor, "" if former in taken else former)
        for anchor, former in zip(now, before, strict=True)
    ]


def _numbered(slugs: Sequence[str]) -> list[str]:
    """Each slug, with a number after it if it is taken."""
    anchors: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for slug in slugs:
        anchors[free_anchor(slug, anchors, numbers)] = None
    return list(anchors)
