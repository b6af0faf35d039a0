"""Going on behind a place where YAML can't be read.

What is wrong with one field says nothing of the others. The lines of the field are left out, and the
rest is read; where that does not help, the lines of the whole entry are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from site_builder.diagnostics import Diagnostic

_MOST = 20
"""Places of one text that are told. A text that has more is no YAML."""
_LONGEST = 200_000
"""Characters of a text that is read again as often as that."""
_TOP = re.compile(r"[\w\"'][^=#]*?[:：=]|[\w-]+:")
"""How a field or an entry of the text itself begins."""


class Rest(NamedTuple):
    """What can be read of a text: the same lines, some of them empty."""

    text: str
    problems: tuple[Diagnostic, ...]
    """What is wrong with the lines that were left out."""
    torn: frozenset[int]
    """The numbers of the lines, from 0, of entries that are not whole."""

    @property
    def has_part(self) -> bool:
        """Whether something could be read, and something could not."""
        return bool(self.problems) and bool(self.text.strip())


def rest_of(text: str, first_line: int, problem_of: Callable[[str], Diagnostic | None]) -> Rest:
    """The rest of a text; nothing of it if it has no part that can be read.

    `problem_of` says why a text can't be read, if it can't. `first_line` is the line of the file it
    begins at.
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
    """Whether a problem is the last one again, on the line below it."""
    if not before or before[-1].message != problem.message:
        return False
    between = lines[number - (problem.location.line - before[-1].location.line) : number]
    return number > 0 and not any(line.strip() for line in between)


def _block(lines: Sequence[str], number: int) -> range:
    """A line and those below it that are indented further."""
    indent = _indent(lines[number])
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    return range(number, end)


def _entry(lines: Sequence[str], number: int) -> range:
    """The lines of the entry of the text itself that a line belongs to."""
    start = number
    while start > 0 and not _TOP.match(lines[start]):
        start -= 1
    end = number + 1
    while end < len(lines) and not _TOP.match(lines[end]):
        end += 1
    return range(start, end)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
