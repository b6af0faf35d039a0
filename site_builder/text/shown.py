"""Text as it may be shown on a terminal or in an annotation: it can't steer what shows it.

Names of files, titles, and what other programs or a target say may hold anything: escape sequences
that move the cursor, line breaks that make a second message, signs that turn the direction of writing.
"""

from __future__ import annotations

_HARMLESS = "\u00a0\u202f\u200c\u200d"
"""Characters that languages, typography and emoji need, and that Python does not count as printable."""

_LONGEST = 1_500
"""Characters of a line of a message: more is shown of nothing that was written."""
_BEGINNING, _ENDING = 300, 200


def on_one_line(text: str) -> str:
    """The text with a sign in place of line breaks, tabs, controls, and what else does not show."""
    if text.isprintable():
        return text
    return "".join(c if _may_show(c) else "\N{REPLACEMENT CHARACTER}" for c in text)


def on_lines(text: str) -> str:
    """The same for each line of a text of our own that has several."""
    return text if text.isprintable() else "\n".join(map(on_one_line, text.split("\n")))


def in_message(text: str) -> str:
    """A message, or several lines of advice, so that it is harmless and short, whatever it quotes."""
    return "\n".join(on_one_line(_cut(line)) for line in text.split("\n"))


def _cut(line: str) -> str:
    """A line without its middle, if it is too long for anybody to read."""
    return line if len(line) <= _LONGEST else f"{line[:_BEGINNING]} … {line[-_ENDING:]}"


def _may_show(character: str) -> bool:
    return character.isprintable() or character in _HARMLESS
