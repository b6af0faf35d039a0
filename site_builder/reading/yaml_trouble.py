"""Where and why libyaml stopped reading a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from site_builder.values import NamedTuple


class Slip(NamedTuple):
    """A mistake in the author's words, at a place in the text. Line and column count from 0."""

    message: str
    line: int
    column: int
    length: int = 1
    hint: str = ""


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader, or else PyYAML's own, which is slower and words some problems differently."""

LONGEST_SCANNED = 1_000_000
"""The longest text, in characters, that is scanned token by token."""


@dataclass(frozen=True)
class Trouble:
    """Where and why libyaml stopped. Lines and columns count from 0."""

    text: str
    lines: list[str]
    problem: str
    context: str
    line: int
    column: int
    began: tuple[int, int]
    """Line and column where the construct it was reading begins."""

    @property
    def here(self) -> str:
        """The line it stopped on."""
        return self.line_at(self.line)

    @property
    def character(self) -> str:
        """The character it stopped at, or ""."""
        return self.here[self.column : self.column + 1]

    def line_at(self, number: int) -> str:
        """A line, or "" where there is none."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def line_before(self, number: int) -> int:
        """The number of the nearest line above that is neither empty nor a comment, or -1."""
        number -= 1
        while number >= 0 and not says_something(self.line_at(number)):
            number -= 1
        return number

    @cached_property
    def tokens(self) -> list[Any]:
        """The tokens before the place; none if the text is longer than `LONGEST_SCANNED`."""
        found: list[Any] = []
        if len(self.text) > LONGEST_SCANNED:
            return found
        try:
            for token in yaml.scan(self.text, Loader=LOADER):
                start, end = token.start_mark, token.end_mark
                if (end.line, end.column) > (self.line, self.column):
                    break
                if (start.line, start.column) != (end.line, end.column):
                    found.append(token)
        except yaml.YAMLError:
            pass
        return found

    @property
    def last_token(self) -> Any:
        """The last token before the place, or None."""
        return self.tokens[-1] if self.tokens else None

    @property
    def open_bracket(self) -> tuple[int, int]:
        """Line and column of the innermost open bracket, or else `began`."""
        marks = []
        for token in self.tokens:
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                marks.append((token.start_mark.line, token.start_mark.column))
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)) and marks:
                marks.pop()
        return marks[-1] if marks else self.began


def says_something(line: str) -> bool:
    """Whether a line is neither empty nor a comment."""
    stripped = line.strip()
    return bool(stripped) and not stripped.startswith("#")
