"""Text as it may be shown on a terminal or in an annotation: it can't steer what shows it.

Names of files, titles, and what other programs or a target say may hold anything: escape sequences
that move the cursor, line breaks that make a second message, signs that turn the direction of writing.
"""

from __future__ import annotations

_HARMLESS = "\u00a0\u202f\u200c\u200d"
"""Characters that languages, typography and emoji need, and that Python does not count as printable."""


def on_one_line(text: str) -> str:
    """The text with a sign in place of line breaks, tabs, controls, and what else does not show."""
    if text.isprintable():
        return text
    return "".join(c if _may_show(c) else "\N{REPLACEMENT CHARACTER}" for c in text)


def on_lines(text: str) -> str:
    """The same for each line of a text of our own that has several."""
    return text if text.isprintable() else "\n".join(map(on_one_line, text.split("\n")))


def _may_show(character: str) -> bool:
    return character.isprintable() or character in _HARMLESS
