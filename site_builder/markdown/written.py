"""What only the lines of a block tell, not its tokens: lost table cells, missing ends."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.text import lazily
from site_builder.values import NamedTuple

_BAR = lazily.pattern(r"(?<!\\)\|")
_CUT = lazily.pattern(
    r"\[\[[^\[\]|]*(?<!\\)\|[^\[\]|]*\]\]|\[@[^\[\]|]*(?<!\\)\|[^\[\]]*\]"
)  # fmt: skip
"""A link or citation that its own bar cuts in two."""
_MARKERS = " \t>"
"""Characters before the text of a block inside a quotation."""


class Slip(NamedTuple):
    """A mistake in a line: its offset and length, what is wrong, and what to write."""

    start: int
    length: int
    message: str
    hint: str


def row_slip(line: str, columns: int) -> Slip | None:
    """The mistake in a row of a table with that many columns, or None."""
    row = line.lstrip(_MARKERS).rstrip()
    within = row.count("|") - row.startswith("|") - row.endswith("|")
    if within < columns and "[" not in row:
        return None
    cut = _CUT.search(line)
    if cut:
        hint = f"write: {_BAR.sub(lambda _: chr(92) + '|', cut[0])}"
        return Slip(cut.start(), len(cut[0]), "its '|' ends the table cell", hint)
    cells = _cells(line)
    lost = [cell for cell in cells[columns:] if cell[1].strip()]
    if not lost:
        return None
    at, text = lost[0]
    start = at + len(text) - len(text.lstrip())
    message = f"this row has {len(cells)} cells, but the table has {columns} columns"
    hint = "this would be left out; write a '|' within a cell as \\|"
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
    """Whether a block that begins in line `first` ends in line `last` with its mark or a longer one."""
    if not first < last < len(lines):
        return False
    text = lines[last].strip(_MARKERS)
    return len(text) >= len(mark) and not text.strip(mark[0])
