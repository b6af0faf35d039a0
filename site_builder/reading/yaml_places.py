"""The places of YAML nodes in their file."""

from __future__ import annotations

from typing import Any

import yaml

from site_builder.diagnostics import Location
from site_builder.reading.files import line_of
from site_builder.values import NamedTuple


class Mark(NamedTuple):
    """A place as in PyYAML: line and column count from 0."""

    line: int
    column: int


AnyMark = Any
"""PyYAML's marks, libyaml's and ours have the same fields, but no common type."""


def location_of(path: str, text: str, first_line: int, node: yaml.Node | None) -> Location:
    """The place of a node; that of the whole text if the node is None."""
    if node is None:
        return Location(path, first_line)
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    column = start.column + 1
    shown = line_of(text, start.line + 1)
    if start.line > text.count("\n"):
        return _end(path, text, first_line)
    if length == 0 and shown[: start.column].rstrip().endswith("-"):
        column = len(shown[: start.column].rstrip())  # an empty list item is shown at its hyphen
    if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') and length > 2:
        column, length = column + 1, length - 2
    return Location(
        path=path,
        line=first_line + start.line,
        column=column,
        length=max(1, length),
        text=shown,
    )


def place_at(
    path: str, text: str, first_line: int, mark: AnyMark | None, length: int = 1
) -> Location:
    """The place of a mark; that of the whole text if the mark is None."""
    if mark is None:
        return Location(path, first_line)
    if mark.line > text.count("\n"):
        return _end(path, text, first_line)
    shown = line_of(text, mark.line + 1)
    return Location(path, first_line + mark.line, mark.column + 1, length, shown)


def _end(path: str, text: str, first_line: int) -> Location:
    """The end of a text: libyaml finds what is missing there on a line below it, which no editor has."""
    last = text.count("\n")
    shown = line_of(text, last + 1)
    return Location(path, first_line + last, len(shown.rstrip()) or 1, 1, shown)
