"""Finds merge conflicts that a version control system left in a file.

Each conflict is reported once, where it begins. Only its first side is read, so that its markers and its
second side cause no further findings. A single marker that somebody forgot to delete is also reported if
it can be nothing else: seven signs, a space and a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.diagnostics import Diagnostic, Location, note
from site_builder.text import lazily
from site_builder.values import NamedTuple

_MARKER = lazily.pattern(r"(?P<sign><{7}|\|{7}|={7}|>{7})(?: (?P<name>.*\S))?[ \t]*")
_SIGNS = ("<" * 7, ">" * 7, "|" * 7)
_NAME = lazily.pattern(
    r"[^\s<>|=]+(?: \(.+\))?|Updated upstream|Stashed changes|merged common ancestors"
)
"""What git and Mercurial write after the signs: a branch, a file, a commit with its subject."""
_FENCE = lazily.pattern(r" {0,3}(?P<fence>`{3,}|~{3,})")


class _Conflict(NamedTuple):
    """A conflict by the numbers of its lines, from 0; `second` is the first line that is not read."""

    first: int
    second: int
    last: int


def without_conflicts(path: str, text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text with the markers and the second side of each conflict blanked, and a finding for each."""
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
        message = "this is a merge conflict: the file contains two versions of the text below"
        hint = f"keep the right version and delete the rest and the markers, up to line {rest}"
        note(found, _finding(path, conflict.first, lines, message, hint))
    for number in _forgotten(kept, is_markdown=path.endswith(".md")):
        message = "this is a marker left over from a merge conflict"
        note(found, _finding(path, number, lines, message, "delete the line"))
        kept[number] = ""
    return "\n".join(kept), tuple(found)


def _finding(path: str, number: int, lines: list[str], message: str, hint: str) -> Diagnostic:
    line = lines[number]
    place = Location(path, number + 1, 1, max(1, len(line.rstrip())), line)
    return Diagnostic("conflict-marker", message, place, hint)


def _conflicts(lines: list[str]) -> Iterator[_Conflict]:
    """The complete conflicts: an opening, a dividing and a closing marker."""
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
    """Line numbers of single markers. Those in a block of code may be examples and are left out."""
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
