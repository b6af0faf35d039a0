"""Comments that allow a finding, with a reason: `# allow one-sided: …` in YAML, `<!-- allow one-sided: … -->` in texts.

A comment allows what is found in the paragraph that it stands in or above, or in the field, item or entity that
begins on its line or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_builder.text import lazily
from site_builder.values import NamedTuple

_IN_YAML = lazily.pattern(
    r"(?:(?<=\s)|^)#+[ \t]*allow[ \t]+(?P<code>[\w-]+)[ \t]*(?::(?P<why>.*))?$", re.MULTILINE
)
_IN_TEXT = lazily.pattern(r"<!--\s*allow\s+(?P<code>[\w-]+)\s*(?::(?P<why>.*?))?\s*-->", re.DOTALL)
_FENCE = lazily.pattern(r"[ \t]{0,3}(`{3,}|~{3,})")
_CODE = lazily.pattern(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_ITEM = lazily.pattern(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")


class Comment(NamedTuple):
    """A comment: the code that it allows and why, its place, and the lines in which it allows it."""

    code: str
    reason: str
    line: int
    column: int
    length: int
    first: int
    last: int


def comments_in(path: str, text: str, body_line: int) -> tuple[Comment, ...]:
    """The comments in a file. `body_line` is the line at which the body of a Markdown file begins."""
    if "allow" not in text:
        return ()
    lines = text.split("\n")
    is_yaml = path.endswith((".yaml", ".yml"))
    end = len(lines) if is_yaml else body_line - 1
    found = [*_in_yaml(lines[:end])]
    if not is_yaml:
        found += _in_body(lines, end)
    return tuple(found)


def _in_yaml(lines: Sequence[str]) -> Iterator[Comment]:
    text = "\n".join(lines)
    if "allow" not in text:
        return
    literal = _literal_stretches(text)
    for pattern in (_IN_YAML, _IN_TEXT):
        for match in pattern.finditer(text):
            within = any(start <= match.start() < end for start, end in literal)
            if within != (pattern is _IN_TEXT):
                continue
            number = text.count("\n", 0, match.start())
            begin = text.rfind("\n", 0, match.start()) + 1
            alone = not lines[number][: match.start() - begin].strip()
            above = alone and pattern is _IN_YAML
            first = _next_line(lines, number + 1) if above else number
            block = first, block_end(lines, first)
            if pattern is _IN_TEXT:
                block = _scalar_around(lines, number)
            yield _comment(match, number, match.start() - begin, block)


def _comment(match: re.Match[str], line: int, column: int, block: tuple[int, int]) -> Comment:
    length = len(match[0].partition("\n")[0])
    reason = " ".join((match["why"] or "").split())
    return Comment(match["code"], reason, line + 1, column + 1, length, block[0] + 1, block[1] + 1)


def _literal_stretches(text: str) -> list[tuple[int, int]]:
    """Start and end of each value in quotes or of several lines, where a # is no comment."""
    import yaml

    from site_builder.reading.yaml_trouble import LOADER

    starts = [0]
    for row in text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    found = []
    try:
        for event in yaml.parse(text, Loader=LOADER):
            start, end = event.start_mark, event.end_mark
            if not isinstance(event, yaml.ScalarEvent) or start is None or end is None:
                continue
            if event.style or start.line != end.line:
                head = _HEAD if event.style in ("|", ">") else 0
                last = min(end.line, len(starts) - 1)
                found.append((starts[start.line] + start.column + head, starts[last] + end.column))
    except yaml.YAMLError:
        return found
    return found


_HEAD = 1
"""The mark of a block of text, behind which there may be a comment."""


def _next_line(lines: Sequence[str], number: int) -> int:
    """The next line that is neither empty nor a comment."""
    while number < len(lines) - 1 and (
        not lines[number].strip() or lines[number].lstrip().startswith("#")
    ):
        number += 1
    return min(number, len(lines) - 1)


def block_end(lines: Sequence[str], number: int) -> int:
    """The last line of what begins on a line of YAML: the lines below it that are indented more."""
    indent = _indent(lines[number])
    last = number
    for at in range(number + 1, len(lines)):
        row = lines[at]
        if not row.strip():
            continue
        is_own_list = _indent(row) == indent and row.lstrip().startswith("- ")
        begins_list = is_own_list and not lines[number].lstrip().startswith("- ")
        if _indent(row) <= indent and not begins_list:
            break
        last = at
    return last


def _scalar_around(lines: Sequence[str], number: int) -> tuple[int, int]:
    """The lines of the value that a line of YAML is part of."""
    first = number
    while first > 0 and not re.match(r"\s*(?:- +)*[\w-]+ *:(?:\s|$)|\s*- ", lines[first]):
        first -= 1
    return first, block_end(lines, first)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _in_body(lines: Sequence[str], start: int) -> Iterator[Comment]:
    masked = _without_code(lines, start)
    text = "\n".join(masked)
    for match in _IN_TEXT.finditer(text):
        number = text.count("\n", 0, match.start())
        begin = text.rfind("\n", 0, match.start()) + 1
        end = number + match[0].count("\n")
        row_end = text.find("\n", match.end())
        rest = text[match.end() : row_end if row_end >= 0 else len(text)]
        alone = (
            not masked[number][: match.start() - begin].strip()
            and not _IN_TEXT.sub("", rest).strip()
        )
        first = last = end
        if alone:
            first = end + 1
            while first < len(lines) - 1 and (
                not lines[first].strip() or lines[first].lstrip().startswith("<!--")
            ):
                first += 1
            last = first = min(first, len(lines) - 1)
        else:
            while first > start and lines[first - 1].strip():
                first -= 1
        while last < len(lines) - 1 and lines[last + 1].strip():
            last += 1
        yield _comment(match, number, match.start() - begin, (first, last))


def _without_code(lines: Sequence[str], start: int) -> list[str]:
    """The lines of a body with code replaced by spaces; those before it are empty."""
    rows = [""] * start
    fence = ""
    for number in range(start, len(lines)):
        row = lines[number]
        mark = _FENCE.match(row)
        if fence:
            rows.append("")
            if mark and mark[1].startswith(fence) and not row.strip(f" \t{fence[0]}"):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            rows.append("")
        elif row.startswith(("    ", "\t")) and not _goes_on(lines, number):
            rows.append("")
        else:
            rows.append(_CODE.sub(lambda code: " " * len(code[0]), row))
    return rows


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Whether an indented line belongs to a paragraph or list above it, rather than being code."""
    at = number - 1
    if at >= 0 and lines[at].strip() and not lines[at].startswith(("    ", "\t")):
        return True
    while at >= 0 and (not lines[at].strip() or lines[at].startswith((" ", "\t"))):
        at -= 1
    return at >= 0 and bool(_ITEM.match(lines[at]))
