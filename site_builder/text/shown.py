"""Makes text safe to show on a terminal or in an annotation.

File names, titles, and the output of other programs may contain anything: escape sequences that move
the cursor, line breaks that fake a second message, characters that reverse the writing direction.
"""

from __future__ import annotations

_HARMLESS = "\u00a0\u202f\u200c\u200d"
"""Characters that languages, typography and emoji need, though Python does not call them printable."""

_LONGEST = 1_500
"""The most characters shown of one line of a message."""
_BEGINNING, _ENDING = 300, 200


def on_one_line(text: str) -> str:
    """The text with U+FFFD in place of line breaks, tabs, controls and other invisible characters."""
    if text.isprintable():
        return text
    return "".join(c if _may_show(c) else "\N{REPLACEMENT CHARACTER}" for c in text)


def on_lines(text: str) -> str:
    """Like `on_one_line`, for each line of a text of ours; keeps its line breaks."""
    return text if text.isprintable() else "\n".join(map(on_one_line, text.split("\n")))


def in_message(text: str) -> str:
    """A message or hint of one or more lines, made safe and short whatever it quotes."""
    return "\n".join(on_one_line(_cut(line)) for line in text.split("\n"))


def _cut(line: str) -> str:
    """The line, without its middle if it is too long to read."""
    return line if len(line) <= _LONGEST else f"{line[:_BEGINNING]} … {line[-_ENDING:]}"


def _may_show(character: str) -> bool:
    return character.isprintable() or character in _HARMLESS
