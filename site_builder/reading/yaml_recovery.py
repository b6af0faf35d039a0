"""Reads the rest of a YAML text that has syntax errors.

An error in one field says nothing about the others. So the lines of that field are blanked and the text
is read again; if that does not help, the lines of the whole entry are blanked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from site_builder.diagnostics import Diagnostic
from site_builder.values import NamedTuple

_MOST = 20
"""The most errors reported for one text. A text with more is not YAML."""
_LONGEST = 200_000
"""The longest text, in characters, that is read again that often."""
_TOP = re.compile(r"[\w\"'][^=#]*?[:：=]|[\w-]+:")
"""The start of a field or entry at the top level."""


class Rest(NamedTuple):
    """The readable part of a text: the same lines, some of them blanked."""

    text: str
    problems: tuple[Diagnostic, ...]
    """The errors in the blanked lines."""
    torn: frozenset[int]
    """The line numbers, from 0, of entries with blanked lines."""

    @property
    def has_part(self) -> bool:
        """Whether a part could be read and a part could not."""
        return bool(self.problems) and bool(self.text.strip())


def rest_of(text: str, first_line: int, problem_of: Callable[[str], Diagnostic | None]) -> Rest:
    """The readable part of a text; empty if no part of it can be read.

    `problem_of` returns the error in a text, or None. `first_line` is the line of the file, from 1, at
    which the text begins.
    """
    original = text.split("\n")
    lines = list(original)
    problems: list[Diagnostic] = []
    torn: set[int] = set()
    for _ in range(_MOST if len(text) <= _LONGEST else 2):
        problem = problem_of("\n".join(lines))
        if problem is None:
            return Rest("\n".join(lines), tuple(problems), frozenset(torn))
        number = max(0, min(problem.location.line - first_line, len(lines) - 1))
        entry = _entry(original, number)
        torn.update(entry)
        block: Sequence[int]
        if lines[number].strip():
            if not _follows(problem, problems, lines, number):
                problems.append(problem)
            block = _block(original, number)
        else:
            block = entry
        if problem.code != "yaml-syntax" or not any(lines[row].strip() for row in block):
            break
        for row in block:
            lines[row] = ""
    return Rest("", tuple(problems), frozenset(range(len(lines))))


def _follows(
    problem: Diagnostic, before: Sequence[Diagnostic], lines: Sequence[str], number: int
) -> bool:
    """Whether a problem repeats the last one on the next line."""
    if not before or before[-1].message != problem.message:
        return False
    between = lines[number - (problem.location.line - before[-1].location.line) : number]
    return number > 0 and not any(line.strip() for line in between)


def _block(lines: Sequence[str], number: int) -> range:
    """A line and the lines below it that are indented further."""
    indent = _indent(lines[number])
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    return range(number, end)


def _entry(lines: Sequence[str], number: int) -> range:
    """The lines of the top-level entry that a line belongs to."""
    start = number
    while start > 0 and not _TOP.match(lines[start]):
        start -= 1
    end = number + 1
    while end < len(lines) and not _TOP.match(lines[end]):
        end += 1
    return range(start, end)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
