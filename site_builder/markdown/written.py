"""What the lines of a block say that its tokens do not: cells that are lost, ends that are missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_BAR = re.compile(r"(?<!\\)\|")
_CUT = re.compile(
    r"\[\[[^\[\]|]*(?<!\\)\|[^\[\]|]*\]\]|\[@[^\[\]|]*(?<!\\)\|[^\[\]]*\]"
)  # fmt: skip
"""A link or citation that a bar of its own cuts in two."""
_MARKERS = " \t>"
"""What may stand in a line before what a block within a quotation says."""


class Slip(NamedTuple):
    """Something wrong in a line: offset, length, what is wrong, and what to write."""

    start: int
    length: int
    message: str
    hint: str


def row_slip(line: str, columns: int) -> Slip | None:
    """What is wrong with a row of a table of that many columns."""
    row = line.lstrip(_MARKERS).rstrip()
    within = row.count("|") - row.startswith("|") - row.endswith("|")
    if within < columns and "[" not in row:
        return None
    cut = _CUT.search(line)
    if cut:
        hint = f"write: {_BAR.sub(lambda _: chr(92) + '|', cut[0])}"
        return Slip(cut.start(), len(cut[0]), "the '|' in it ends the cell of a table", hint)
    cells = _cells(line)
    lost = [cell for cell in cells[columns:] if cell[1].strip()]
    if not lost:
        return None
    at, text = lost[0]
    start = at + len(text) - len(text.lstrip())
    message = f"this row has {len(cells)} cells, and the table {columns} columns"
    hint = "what stands here would be left out; a '|' within a cell is written \\|"
    return Slip(start, len(text.strip()), message, hint)


def _cells(line: str) -> list[tuple[int, str]]:
    """Offset and text of each cell in a row."""
    start = len(line) - len(line.lstrip(_MARKERS))
    end = len(line.rstrip())
    bounds = [match.start() for match in _BAR.finditer(line, start, end)]
    if bounds and bounds[0] == start:
        start, bounds = start + 1, bounds[1:]
    if bounds and bounds[-1] == end - 1:
        end, bounds = end - 1, bounds[:-1]
    starts, ends = [start, *(bound + 1 for bound in bounds)], [*bounds, end]
    return [(first, line[first:last]) for first, last in zip(starts, ends, strict=True)]


def is_closed(lines: Sequence[str], first: int, last: int, mark: str) -> bool:
    """Whether a block that begins in line `first` ends, in line `last`, with its mark (or a longer one)."""
    if not first < last < len(lines):
        return False
    text = lines[last].strip(_MARKERS)
    return len(text) >= len(mark) and not text.strip(mark[0])
