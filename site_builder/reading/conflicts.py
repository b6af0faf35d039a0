"""What a version control system leaves in a file where two changes meet.

A conflict is told once, where it begins, and its first side is read on, so that its markers and its
second side bring no further findings. A marker that somebody forgot to delete is told, too, if it
can be nothing else: seven of its signs, a space and a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.diagnostics import Diagnostic, Location, note

_MARKER = re.compile(r"(?P<sign><{7}|\|{7}|={7}|>{7})(?: (?P<name>.*\S))?[ \t]*")
_SIGNS = ("<" * 7, ">" * 7, "|" * 7)
_NAME = re.compile(
    r"[^\s<>|=]+(?: \(.+\))?|Updated upstream|Stashed changes|merged common ancestors"
)
"""What git and Mercurial write behind the signs: a branch, a file, a commit with its subject."""
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")


class _Conflict(NamedTuple):
    """A conflict by the numbers of its lines, from 0; `second` is the first that is not read on."""

    first: int
    second: int
    last: int


def without_conflicts(path: str, text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """A text with empty lines for the markers and the second side of each conflict; and the conflicts."""
    if not any(sign in text for sign in _SIGNS):
        return text, ()
    lines = text.split("\n")
    kept = list(lines)
    found: list[Diagnostic] = []
    rest = 0
    for conflict in _conflicts(lines):
        kept[conflict.first] = ""
        for number in range(conflict.second, conflict.last + 1):
            kept[number] = ""
        rest = conflict.last + 1
        message = "two versions of this text meet here, and nobody chose: a merge conflict"
        hint = f"keep what is right, and delete its markers, to line {rest}"
        note(found, _finding(path, conflict.first, lines, message, hint))
    for number in _forgotten(kept, is_markdown=path.endswith(".md")):
        message = "a merge conflict left its marker here"
        note(found, _finding(path, number, lines, message, "delete the line"))
        kept[number] = ""
    return "\n".join(kept), tuple(found)


def _finding(path: str, number: int, lines: list[str], message: str, hint: str) -> Diagnostic:
    line = lines[number]
    place = Location(path, number + 1, 1, max(1, len(line.rstrip())), line)
    return Diagnostic("conflict-marker", message, place, hint)


def _conflicts(lines: list[str]) -> Iterator[_Conflict]:
    """The conflicts that are whole: an opening, a dividing and a closing marker."""
    first = second = middle = -1
    for number, line in enumerate(lines):
        marker = _MARKER.fullmatch(line)
        sign = marker["sign"][0] if marker else ""
        if sign == "<":
            first, second, middle = number, -1, -1
        elif sign and first >= 0:
            second = number if second < 0 else second
            if sign == "=":
                middle = number
            elif sign == ">" and middle > 0:
                yield _Conflict(first, second, number)
                first = -1


def _forgotten(lines: list[str], *, is_markdown: bool) -> Iterator[int]:
    """Markers without the others of their conflict. In a block of code they may be an example."""
    fence = ""
    for number, line in enumerate(lines):
        opening = _FENCE.match(line) if is_markdown else None
        if opening and (not fence or opening["fence"].startswith(fence)):
            fence = "" if fence else opening["fence"]
            continue
        marker = _MARKER.fullmatch(line)
        if fence or not marker or not marker["name"] or not _NAME.fullmatch(marker["name"]):
            continue
        beside = lines[max(0, number - 1) : number + 2]
        is_quoted = sum(row.startswith(">") for row in beside) > 1
        if marker["sign"][0] in "<|" or (marker["sign"][0] == ">" and not is_quoted):
            yield number
