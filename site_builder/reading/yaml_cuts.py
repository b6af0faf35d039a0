"""Texts that YAML ends early: at a '#' after a space, and at a comma inside { } and [ ].

Each one is reported and then read as it was meant, so that half a text causes no further findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import yaml

from site_builder.diagnostics import MOST_OF_ONE_KIND
from site_builder.reading.yaml_places import AnyMark
from site_builder.reading.yaml_trouble import LOADER, LONGEST_SCANNED
from site_builder.values import NamedTuple


class Remark(NamedTuple):
    """A '#' that ends a text early; line and columns count from 0."""

    line: int
    column: int
    """The column of the '#'."""
    start: tuple[int, int]
    """Line and column where the text begins; those of the '#' if there is no text."""
    end: int
    """The column where the rest of the text ends."""


_MAY_HOLD_REMARK = re.compile(r"[ \t]#(?:[^\s#]|[ \t]*$)", re.MULTILINE)
_REMARK = re.compile(r"[ \t]+(?P<remark>#(?:[^\s#].*|[ \t]*$))")


def remarks(text: str) -> list[Remark]:
    """Each '#' that ends a text but is not written like a comment: `Tea #1`, `#tea`, `page #`."""
    if not _MAY_HOLD_REMARK.search(text) or len(text) > LONGEST_SCANNED:
        return []
    lines = text.split("\n")
    found: list[Remark] = []
    for token, following in pairwise(yaml.scan(text, Loader=LOADER)):
        is_text = isinstance(token, yaml.ScalarToken) and token.style not in ("|", ">")
        if not is_text and not _is_without_value(token, following):
            continue
        end = token.end_mark
        cut = _REMARK.match(lines[end.line], end.column) if end.line < len(lines) else None
        if cut is None:
            continue
        column = cut.start("remark")
        begin = (token.start_mark.line, token.start_mark.column) if is_text else (end.line, column)
        found.append(Remark(end.line, column, begin, end.column))
        if len(found) > MOST_OF_ONE_KIND:
            break
    return found


def _is_without_value(token: yaml.Token, following: yaml.Token) -> bool:
    """Whether a token is a colon or hyphen without a value, on its line or below."""
    if isinstance(token, yaml.ValueToken):
        # A list may be indented no further than its key.
        return isinstance(following, (yaml.KeyToken, yaml.BlockEndToken, yaml.StreamEndToken))
    return isinstance(token, yaml.BlockEntryToken) and isinstance(
        following, (yaml.BlockEntryToken, yaml.BlockEndToken, yaml.KeyToken)
    )


class Cut(NamedTuple):
    """A text that commas cut into pieces: the items from `first` to `last` of a collection."""

    first: int
    last: int
    text: str
    line: int
    column: int
    """The column of the first comma, from 0."""


def cut_fields(node: yaml.MappingNode, lines: Sequence[str]) -> Iterator[Cut]:
    """The values of a mapping in { } that are cut by commas: `{text: 5 per cent, it is 50.}`."""
    ends = [max(key.end_mark, value.end_mark, key=_order) for key, value in node.value]
    fields = [_has_colon(key, lines) for key, _ in node.value]
    at = 0
    while at < len(ends):
        value, last = node.value[at][1], at
        if isinstance(value, yaml.ScalarNode) and fields[at]:
            last = _closing(value, at, ends, lines)
            while last + 1 < len(ends) and not fields[last + 1]:
                last += 1
        if last > at:
            yield _cut(at, last, value, ends[last], lines)
        at = last + 1


def cut_items(node: yaml.SequenceNode, lines: Sequence[str]) -> Iterator[Cut]:
    """The items of a list in [ ] that can only be parts of one text, cut by commas."""
    rows = node.value
    ends = [row.end_mark for row in rows]
    at = 0
    while at < len(rows):
        last = at
        if isinstance(rows[at], yaml.ScalarNode):
            last = _closing(rows[at], at, ends, lines)
            while last + 1 < len(rows) and _goes_on(rows[last], rows[last + 1]):
                last += 1
        if last > at:
            yield _cut(at, last, rows[at], ends[last], lines)
        at = last + 1


def _closing(begin: yaml.ScalarNode, at: int, ends: Sequence[AnyMark], lines: Sequence[str]) -> int:
    """The number of the piece that closes a quotation or bracket opened by a text."""
    if begin.style or not _is_open(source(lines, begin.start_mark, ends[at])):
        return at
    return next(
        (
            last
            for last in range(at + 1, len(ends))
            if not _is_open(source(lines, begin.start_mark, ends[last]))
        ),
        at,
    )


def _cut(first: int, last: int, node: yaml.Node, end: AnyMark, lines: Sequence[str]) -> Cut:
    comma = node.end_mark
    line, column = comma.line, comma.column
    while line < end.line and "," not in lines[line][column:]:
        line, column = line + 1, 0
    column = max(column, lines[line].find(",", column))
    return Cut(first, last, source(lines, node.start_mark, end), line, column)


def source(lines: Sequence[str], start: AnyMark, end: AnyMark) -> str:
    """A part of the file, on one line."""
    if start.line == end.line:
        line: str = lines[start.line]
        return line[start.column : end.column].strip()
    rows = [lines[start.line][start.column :], *lines[start.line + 1 : end.line]]
    return " ".join(" ".join([*rows, lines[end.line][: end.column]]).split())


def _order(mark: AnyMark) -> tuple[int, int]:
    return mark.line, mark.column


def _has_colon(key: yaml.Node, lines: Sequence[str]) -> bool:
    line, column = key.end_mark.line, key.end_mark.column
    while line < len(lines):
        rest = lines[line][column:].strip()
        if rest and not rest.startswith("#"):
            return rest.startswith(":")
        line, column = line + 1, 0
    return False


def _is_open(text: str) -> bool:
    """Whether a text opens a quotation or bracket and does not close it."""
    pairs = (("(", ")"), ("“", "”"), ("«", "»"))
    return text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in pairs)


_CONJUNCTION = re.compile(r"(?:and|but|nor|or|so|which|who|whose|because|while|where) ")
_SENTENCE_END = re.compile(r"[a-z]\S*(?: \S+){2,}[.!?]")


def _goes_on(before: yaml.Node, node: yaml.Node) -> bool:
    """Whether an item continues the text of the one before it.

    It does if it is the rest of a number, begins unlike any name, or ends a sentence that it did not
    begin.
    """
    if not isinstance(node, yaml.ScalarNode) or not isinstance(before, yaml.ScalarNode):
        return False
    if node.style or before.style or not node.value or not before.value:
        return False
    end, start = before.end_mark, node.start_mark
    if (start.line, start.column) == (end.line, end.column + 1):
        is_number = before.value[-1].isdigit() and re.match(r"[0-9]{3}\b", node.value)
        return bool(is_number)
    return bool(_CONJUNCTION.match(node.value) or _SENTENCE_END.fullmatch(node.value))
