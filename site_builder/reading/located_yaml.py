"""Reads YAML strictly, and finds the place of a value in its file.

libyaml composes nodes with their places, and `yaml_data` turns them into plain data: mappings,
sequences, and scalars as text exactly as written (`no`, `1.10`, `12:30`). A plain `null`, `~` or an
empty value means that the field is missing. Errors, each with its place, are duplicate keys, tags, merge
keys, keys that are not text, several documents, deep nesting and alias bombs.

Only messages need places, so they are not kept: `locate` reads the text again to find the place of a
value by its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import yaml

from site_builder.diagnostics import Diagnostic, Location, note
from site_builder.reading.files import line_of
from site_builder.reading.yaml_data import DEEPEST, Walk
from site_builder.reading.yaml_path import YamlPath
from site_builder.reading.yaml_places import AnyMark, location_of, place_at
from site_builder.reading.yaml_quoting import quoted
from site_builder.reading.yaml_recovery import Rest, rest_of
from site_builder.reading.yaml_slips import explain
from site_builder.reading.yaml_trouble import LOADER, LONGEST_SCANNED
from site_builder.text import lazily


def parse(path: str, text: str, first_line: int = 1) -> tuple[Any, list[Diagnostic]]:
    """The data of a YAML text, and findings about it.

    `first_line` is the line of the file, from 1, at which the text begins. The data is None if the
    document is empty or can't be read at all.
    """
    node, problem = _compose(path, text, first_line)
    if problem:
        rest = readable_rest(path, text, first_line)
        return None, [*rest.problems] or [problem]
    if node is None:
        return None, []
    walk = Walk(path, text, first_line)
    data = walk.value(node, 0)
    problems = [
        *walk.problems,
        *_unused_anchors(path, text, first_line),
    ]
    return data, problems


@lru_cache(maxsize=2)
def readable_rest(path: str, text: str, first_line: int = 1) -> Rest:
    """The readable part of a text with syntax errors, and a finding for each error."""
    return rest_of(text, first_line, lambda rest: _compose(path, rest, first_line)[1])


def is_misread(problems: Iterable[Diagnostic]) -> bool:
    """Whether the data may differ from what the author wrote, so that checking it further is useless."""
    return any(problem.code in _MISREAD for problem in problems)


_ANCHOR = lazily.pattern(r"[&!]\S*\s*")
_MISREAD = frozenset(("yaml-syntax", "yaml-feature", "yaml-too-deep"))


def locate(
    path: str, text: str, first_line: int, where: YamlPath, *, key: bool = False
) -> Location:
    """The place of the value at `where`, or of its key; if it is missing, that of the nearest parent."""
    tree = tree_of(text)
    node = tree.root
    if node is None:
        return Location(path, first_line, 1, 1, line_of(text, 1))
    found: tuple[yaml.Node, yaml.Node | None] = (node, None)
    for depth, step in enumerate(where):
        if isinstance(step, int) and not isinstance(found[0], yaml.SequenceNode):
            continue  # a single value is read as a list of one
        deeper = tree.child(found[0], step)
        if deeper is None:
            above = found[0] if isinstance(found[0], yaml.ScalarNode) else found[1] or found[0]
            return location_of(path, text, first_line, above)
        found = deeper
        if depth == len(where) - 1 and key and found[1] is not None:
            return location_of(path, text, first_line, found[1])
    value, value_key = found
    is_collection = isinstance(value, (yaml.MappingNode, yaml.SequenceNode))
    is_empty = isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style
    if value_key is not None and (is_collection or is_empty):
        return location_of(path, text, first_line, value_key)
    return location_of(path, text, first_line, value)


def locate_within(
    path: str, text: str, first_line: int, where: YamlPath, stretch: tuple[int, int]
) -> Location:
    """The place of a part of a text value; `stretch` is its offset and length in characters.

    In a value of several lines, characters are counted without white space, because folding changes
    nothing else (YAML 1.2, section 6.5). If escape sequences make that impossible, returns the place of
    the whole value.
    """
    whole = locate(path, text, first_line, where)
    tree = tree_of(text)
    node = tree.root
    for step in where:
        if isinstance(step, int) and not isinstance(node, yaml.SequenceNode):
            continue
        deeper = tree.child(node, step) if node else None
        node = deeper[0] if deeper else None
    if not isinstance(node, yaml.ScalarNode) or (node.style == '"' and "\\" in whole.text):
        return whole
    offset, length = stretch
    lines = text.split("\n")
    line, column = behind_anchor(lines, node.start_mark.line, node.start_mark.column)
    if node.style in ("|", ">"):
        line, column = line + 1, 0
    elif node.style:
        column += 1
    is_second = True  # '' is one apostrophe in a single-quoted text
    to_pass = sum(not c.isspace() for c in node.value.lstrip()[:offset])
    for number in range(line, min(node.end_mark.line + 1, len(lines))):
        shown = lines[number]
        for at in range(column, len(shown)):
            if node.style == "'" and shown[at] == "'":
                is_second = not is_second
            if shown[at].isspace() or not is_second:
                continue
            if to_pass == 0:
                rest = max(1, min(length, len(shown.rstrip()) - at))
                return Location(path, first_line + number, at + 1, rest, shown)
            to_pass -= 1
        column = 0
    return whole


def behind_anchor(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Where a value begins after its anchor and tag, perhaps on a line below."""
    while found := _ANCHOR.match(lines[line], column):
        column = found.end()
        while column == len(lines[line]) and line + 1 < len(lines):
            line += 1
            column = len(lines[line]) - len(lines[line].lstrip())
    return line, column


class Tree:
    """The nodes of a text, found by their keys."""

    def __init__(self, root: yaml.Node | None) -> None:
        self.root = root
        self._fields: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}

    def child(self, node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node | None] | None:
        """The value one step below a node, and its key if it has one."""
        if isinstance(node, yaml.MappingNode):
            return self._fields_of(node).get(str(step))
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            return (node.value[step], None) if step < len(node.value) else None
        return None

    def _fields_of(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        known = self._fields.get(id(node))
        if known is None:
            known = self._fields[id(node)] = {}
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    known.setdefault(key.value, (value, key))
        return known


@lru_cache(maxsize=8)
def tree_of(text: str) -> Tree:
    """The nodes of a text; cached, because a file with many mistakes needs them often."""
    return Tree(_compose("", text, 1)[0])


def _compose(path: str, text: str, first_line: int) -> tuple[yaml.Node | None, Diagnostic | None]:
    try:
        deep = _too_deep(text)
        if deep:
            message = f"this is nested more than {DEEPEST} levels deep"
            return None, Diagnostic(
                "yaml-too-deep", message, place_at(path, text, first_line, deep)
            )
        return yaml.compose(text, Loader=LOADER), None
    except yaml.MarkedYAMLError as error:
        return None, _syntax_problem(path, text, first_line, error)
    except (yaml.YAMLError, RecursionError, MemoryError) as error:
        message = f"this YAML can't be read: {error}"
        return None, Diagnostic("yaml-syntax", message, Location(path, first_line))


def _too_deep(text: str) -> AnyMark | None:
    """Where nesting exceeds `DEEPEST`. Checked before composing, because libyaml's composer recurses."""
    if text.count("[") + text.count("{") + text.count("- - ") + text.count("? ") < DEEPEST and (
        " " * (DEEPEST * 2) not in text
    ):
        return None
    depth = 0
    mark = None
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                mark = event.start_mark
                if depth > DEEPEST:
                    return mark
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.MarkedYAMLError as error:
        # libyaml has its own limit; the composer reports any other error.
        return mark if "maximum" in f"{error.problem} {error.context}" else None
    return None


def _syntax_problem(
    path: str, text: str, first_line: int, error: yaml.MarkedYAMLError
) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    if "expected a single document" in f"{error.context}":
        message = "a second YAML document begins here"
        hint = "keep only one document in a file"
        return Diagnostic("yaml-feature", message, place_at(path, text, first_line, mark), hint)
    slip = explain(text, error)
    if slip:
        shown = line_of(text, slip.line + 1)
        length = max(1, min(slip.length, len(shown) - slip.column))
        place = Location(path, first_line + slip.line, slip.column + 1, length, shown)
        return Diagnostic("yaml-syntax", slip.message, place, slip.hint)
    message = f"this YAML can't be read: {error.problem or error.context}"
    return Diagnostic("yaml-syntax", message, place_at(path, text, first_line, mark))


_MAY_ANCHOR = lazily.pattern(r"(?:^|[\s\[{,])&[^\s&]", re.MULTILINE)


def _unused_anchors(path: str, text: str, first_line: int) -> list[Diagnostic]:
    """Anchors that are never used: `title: &Tea on the stove` would be read as `on the stove`."""
    found: list[Diagnostic] = []
    if "&" not in text or not _MAY_ANCHOR.search(text) or len(text) > LONGEST_SCANNED:
        return found
    marks: dict[str, AnyMark] = {}
    for event in yaml.parse(text, Loader=LOADER):
        anchor = getattr(event, "anchor", None)
        if anchor and isinstance(event, yaml.AliasEvent):
            marks.pop(anchor, None)
        elif anchor:
            marks[anchor] = event.start_mark
    for anchor, mark in marks.items():
        place = place_at(path, text, first_line, mark, len(anchor) + 1)
        message = f"'&{anchor}' defines a YAML anchor that is never used"
        hint = f"quote it: {quoted(place.text[mark.column :].strip())}"
        note(found, Diagnostic("yaml-feature", message, place, hint))
    return found
