"""How like some words are to the nearest stretch of a source, and whether a text can have them at all."""

from __future__ import annotations

from site_builder.links.evidence import SourceText
from site_builder.text import lazily
from site_builder.text.bounds import UNSPACED
from site_builder.text.quoted import ELLIPSIS, compared

LEAST_LIKE = 75
"""Of 100: words that are at least so like a stretch of a source are meant to be quoted from it."""
_WORD = lazily.pattern(r"[^\W\d_]{4,}|\d+")
_UNSPACED = lazily.pattern(f"[{UNSPACED}]")
_MOST_WORDS = 12
_LEAST_SHARE = 0.6
"""Of the longer words of a quotation, those that a text must hold, whole, to be worth a look. A word may be broken there."""


_LEAST_SHARE_NEAR = 0.4
"""The same for a text that may have nearly such words."""


def likeness(words: str, text: SourceText) -> float:
    """How like the nearest stretch of a text is, of 100; of words with `…`, those stretches that are most unlike."""
    whole = _likeness(words, text)
    pieces = [piece.strip(" ()[]") for piece in compared(words).text.split(ELLIPSIS)]
    if whole >= LEAST_LIKE or len(pieces) < 2:
        return whole
    return max(whole, min((_likeness(piece, text) for piece in pieces if piece), default=0))


def _likeness(words: str, text: SourceText) -> float:
    from rapidfuzz.fuzz import ratio

    if not may_hold(text.written, words, _LEAST_SHARE_NEAR):
        return 0
    near = text.nearest(words)
    if near is None:
        return 0
    wanted = compared(words).text.strip().casefold()
    return ratio(wanted, compared(near.text).text.strip().casefold())


def may_hold(text: str, words: str, share: float = _LEAST_SHARE) -> bool:
    """Whether a text has enough of the longer words of a quotation to have it. It costs little, and needs no other form."""
    if _UNSPACED.search(words):
        return True
    longer = sorted(set(_WORD.findall(words)), key=lambda word: (-len(word), word))[:_MOST_WORDS]
    if not longer:
        return True
    held = sum(word in text or word.swapcase() in text or word[1:] in text for word in longer)
    return held >= share * len(longer)
