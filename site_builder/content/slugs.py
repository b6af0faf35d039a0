"""Slugs, and when two are one."""

from __future__ import annotations

import re
import unicodedata

from site_builder.text import lazily
from site_builder.text.bounds import is_mark
from site_builder.text.same import folded

_SLUG = lazily.pattern(r"[^\W_]+(?:[-_][^\W_]+)*")
_OF_WINDOWS = lazily.pattern(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
"""Names that Windows keeps for devices: no folder there can be called so."""
LONGEST_SLUG = 120
"""Characters."""


def slug_problem(slug: str, *, nested: bool = False) -> tuple[str, str] | None:
    """Why a text can't be a slug, and what to do; None if it can. A nested one may hold slashes."""
    if nested and len(slug) <= LONGEST_SLUG:
        return next(filter(None, map(slug_problem, slug.split("/"))), None)
    if not slug:
        return "a slug can't be empty", ""
    bare = slug if slug.isascii() else "".join(c for c in slug if not is_mark(c))
    if not _SLUG.fullmatch(bare):
        return f"'{slug}' can't be a slug: use only letters, digits and single hyphens", _proposal(
            slug
        )
    if len(slug) > LONGEST_SLUG:
        return f"a slug can have at most {LONGEST_SLUG} characters", _proposal(slug)
    if is_kept_by_windows(slug):
        return (
            f"'{slug}' can't be a slug: Windows reserves this name",
            f"call it 'the-{slug.lower()}'",
        )
    return None


def is_kept_by_windows(name: str) -> bool:
    """Whether Windows keeps a name for a device."""
    return _OF_WINDOWS.fullmatch(name) is not None


def _proposal(slug: str) -> str:
    from slugify import slugify

    proposal = slugify(slug, max_length=LONGEST_SLUG)
    return f"call it '{proposal}'" if proposal and proposal != slug else ""


def normal_slug(text: str) -> str:
    """A slug as it is known by: some systems hand out the names of files with letters decomposed."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def same_address(slug: str) -> str:
    """What two slugs share if they would collide on some file system: case and Unicode form."""
    return folded(slug)
