"""Slugs, and when two names are one."""

from __future__ import annotations

import re
import unicodedata

_SLUG = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
LONGEST_SLUG = 120
"""Characters."""


def slug_problem(slug: str) -> tuple[str, str] | None:
    """Why a text can't be a slug, and what to do; None if it can."""
    from slugify import slugify

    proposal = slugify(slug, max_length=LONGEST_SLUG)
    hint = f"call it '{proposal}'" if proposal and proposal != slug else ""
    if not _SLUG.fullmatch(slug):
        return f"'{slug}' can't be a slug: letters, digits and single hyphens only", hint
    if len(slug) > LONGEST_SLUG:
        return f"a slug has at most {LONGEST_SLUG} characters", hint
    return None


def same_address(slug: str) -> str:
    """What two slugs share if they would collide on some file system: case and Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", slug).casefold())


def folded(name: str) -> str:
    """A name without regard to case and Unicode form."""
    return unicodedata.normalize("NFKC", name).casefold()
