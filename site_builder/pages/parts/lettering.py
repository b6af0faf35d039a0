"""How wide a text will be, roughly and never too little.

Drawings are laid out at build time, where no font can be measured, and shown in the reader's own
sans serif. These are widths in ems that hold for the usual ones (Segoe UI, Roboto, Helvetica, DejaVu Sans).
"""

from __future__ import annotations

_NARROW = frozenset("iljftrI.,:;'’|!()[]- ")
_WIDE = frozenset("mwMWQ@%—")


def text_width(text: str, size: float) -> int:
    """The width of a text in a sans serif of `size` pixels, rounded up."""
    return -int(-sum(map(_width, text)) * size // 1)


def _width(letter: str) -> float:
    if letter in _NARROW:
        return 0.42
    if letter in _WIDE:
        return 0.98
    # Letters of scripts without case are as wide as a square.
    if letter.isalpha() and letter.lower() == letter.upper():
        return 1.0
    return 0.76 if letter.isupper() else 0.64
