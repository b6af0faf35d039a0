"""YAML with places, and without surprises.

`compose` (libyaml) gives the nodes with their places; our own walk makes plain data of them:
mappings, sequences, and scalars that stay the text that was written (`no`, `1.10`, `12:30`). A plain
`null`, `~` or nothing at all means that a field is absent. Refused, each with its place: duplicate
keys, tags, merge keys, keys that are not text, several documents, deep nesting, alias bombs.

Only what goes wrong needs places, so the walk does not collect them: `locate` finds the place
of a value by its path, from the same text, when a message is to be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from site_builder.diagnostics import MOST_OF_ONE_KIND, Diagnostic, Location, Severity, note
from site_builder.reading.encodings import forbidden_character, name_of, without_odd_characters
from site_builder.reading.files import line_of
from site_builder.reading.yaml_path import YamlPath
from site_builder.reading.yaml_slips import (
    LOADER,
    LONGEST_SCANNED,
    explain,
    quoted,
    slip_in_line,
)


class Mark(NamedTuple):
    """A place as PyYAML has it: line and column from 0."""

    line: int
    column: int


_Mark = Any
"""PyYAML's marks, libyaml's and ours have these fields in common, and no type."""

_HIDDEN = re.compile(r"[\u00a0\u00ad\u2000-\u200f\u202a-\u202f\u2060-\u2064\u3000]")

DEEPEST = 40
MOST_VALUES = 200_000
_LIKELY_SHALLOW = 200
_STRING_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {
    "tag:yaml.org,2002:" + name
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
}
_NULLS = frozenset(("", "~", "null"))


def parse(path: str, text: str, first_line: int = 1) -> tuple[Any, list[Diagnostic]]:
    """The data of a YAML text, and what is wrong with it.

    `first_line` is the line of the file the text begins at. The data is None for an empty document
    and wherever the text can't be read at all.
    """
    node, problem = _compose(path, text, first_line)
    if problem:
        return None, [problem]
    if node is None:
        return None, []
    walk = _Walk(path, text, first_line)
    data = walk.value(node, 0)
    problems = [
        *walk.problems,
        *_unused_anchors(path, text, first_line),
        *_cut_values(path, text, first_line),
    ]
    return data, problems


def is_misread(problems: Iterable[Diagnostic]) -> bool:
    """Whether the data is not, or not wholly, what was written: it is no use to look at it then."""
    return any(problem.code in _MISREAD for problem in problems)


_MISREAD = frozenset(("yaml-syntax", "yaml-feature", "yaml-too-deep"))


def locate(
    path: str, text: str, first_line: int, where: YamlPath, *, key: bool = False
) -> Location:
    """The place of the value at `where`, or of its key; of the nearest thing above if it is absent."""
    tree = _tree(text)
    node = tree.root
    if node is None:
        return Location(path, first_line, 1, 1, line_of(text, 1))
    found: tuple[yaml.Node, yaml.Node | None] = (node, None)
    for depth, step in enumerate(where):
        if isinstance(step, int) and not isinstance(found[0], yaml.SequenceNode):
            continue  # one value stands for a list of one
        deeper = tree.child(found[0], step)
        if deeper is None:
            above = found[0] if isinstance(found[0], yaml.ScalarNode) else found[1] or found[0]
            return _location(path, text, first_line, above)
        found = deeper
        if depth == len(where) - 1 and key and found[1] is not None:
            return _location(path, text, first_line, found[1])
    value, value_key = found
    is_collection = isinstance(value, (yaml.MappingNode, yaml.SequenceNode))
    is_empty = isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style
    if value_key is not None and (is_collection or is_empty):
        return _location(path, text, first_line, value_key)
    return _location(path, text, first_line, value)


def locate_within(
    path: str, text: str, first_line: int, where: YamlPath, stretch: tuple[int, int]
) -> Location:
    """The place of a stretch of a text value: offset and length in characters of the value.

    A value that goes over several lines is followed by its characters that are no white space, for
    these are what folding leaves as they are (YAML 1.2, section 6.5). Where escapes stand in the
    way, the place is the value's.
    """
    whole = locate(path, text, first_line, where)
    tree = _tree(text)
    node = tree.root
    for step in where:
        if isinstance(step, int) and not isinstance(node, yaml.SequenceNode):
            continue
        deeper = tree.child(node, step) if node else None
        node = deeper[0] if deeper else None
    if not isinstance(node, yaml.ScalarNode) or (node.style == '"' and "\\" in whole.text):
        return whole
    offset, length = stretch
    line, column = node.start_mark.line, node.start_mark.column
    lines = text.split("\n")
    if node.style in ("|", ">"):
        line, column = line + 1, 0
    elif node.style:
        column += 1
    to_pass = sum(not c.isspace() for c in node.value.lstrip()[:offset])
    for number in range(line, min(node.end_mark.line + 1, len(lines))):
        shown = lines[number]
        for at in range(column, len(shown)):
            if shown[at].isspace() or (node.style == "'" and shown[at - 1 : at + 1] == "''"):
                continue
            if to_pass == 0:
                rest = max(1, min(length, len(shown.rstrip()) - at))
                return Location(path, first_line + number, at + 1, rest, shown)
            to_pass -= 1
        column = 0
    return whole


class _Tree:
    """The nodes of a text, found by their names."""

    def __init__(self, root: yaml.Node | None) -> None:
        self.root = root
        self._fields: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}

    def child(self, node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node | None] | None:
        """The value at one step below a node, and its key if it has one."""
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
def _tree(text: str) -> _Tree:
    """A file with many mistakes is not read again for each."""
    return _Tree(_compose("", text, 1)[0])


def _location(path: str, text: str, first_line: int, node: yaml.Node | None) -> Location:
    if node is None:
        return Location(path, first_line)
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    column = start.column + 1
    shown = line_of(text, start.line + 1)
    if length == 0 and shown[: start.column].rstrip().endswith("-"):
        column = len(shown[: start.column].rstrip())  # an empty item is shown by its hyphen
    if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') and length > 2:
        column, length = column + 1, length - 2
    return Location(
        path=path,
        line=first_line + start.line,
        column=column,
        length=max(1, length),
        text=shown,
    )


def _compose(path: str, text: str, first_line: int) -> tuple[yaml.Node | None, Diagnostic | None]:
    try:
        deep = _too_deep(text)
        if deep:
            message = f"this is nested more than {DEEPEST} levels deep"
            return None, Diagnostic("yaml-too-deep", message, _place(path, text, first_line, deep))
        return yaml.compose(text, Loader=LOADER), None
    except yaml.MarkedYAMLError as error:
        return None, _syntax_problem(path, text, first_line, error)
    except (yaml.YAMLError, RecursionError, MemoryError) as error:
        message = f"this YAML can't be read: {error}"
        return None, Diagnostic("yaml-syntax", message, Location(path, first_line))


def _too_deep(text: str) -> _Mark | None:
    """Where nesting goes past `DEEPEST`. The composer recurses in C, so this comes before it."""
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
        # libyaml has a bound of its own; any other error is told by the composer.
        return mark if "maximum" in f"{error.problem} {error.context}" else None
    return None


def _syntax_problem(
    path: str, text: str, first_line: int, error: yaml.MarkedYAMLError
) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    if "expected a single document" in f"{error.context}":
        message = "a second YAML document begins here"
        hint = "keep one document in a file"
        return Diagnostic("yaml-feature", message, _place(path, text, first_line, mark), hint)
    slip = explain(text, error)
    if slip:
        shown = line_of(text, slip.line + 1)
        place = Location(path, first_line + slip.line, slip.column + 1, max(1, slip.length), shown)
        return Diagnostic("yaml-syntax", slip.message, place, slip.hint)
    message = f"this YAML can't be read: {error.problem or error.context}"
    return Diagnostic("yaml-syntax", message, _place(path, text, first_line, mark))


def _place(path: str, text: str, first_line: int, mark: _Mark | None, length: int = 1) -> Location:
    if mark is None:
        return Location(path, first_line)
    shown = line_of(text, mark.line + 1)
    return Location(path, first_line + mark.line, mark.column + 1, length, shown)


_MAY_ANCHOR = re.compile(r"(?:^|[\s\[{,])&[^\s&]", re.MULTILINE)
_MAY_CUT = re.compile(r"[ \t]#[^\s#]")


def _unused_anchors(path: str, text: str, first_line: int) -> list[Diagnostic]:
    """Anchors that nothing repeats: `title: &Tea on the stove` would be read as `on the stove`."""
    found: list[Diagnostic] = []
    if "&" not in text or not _MAY_ANCHOR.search(text) or len(text) > LONGEST_SCANNED:
        return found
    marks: dict[str, _Mark] = {}
    for event in yaml.parse(text, Loader=LOADER):
        anchor = getattr(event, "anchor", None)
        if anchor and isinstance(event, yaml.AliasEvent):
            marks.pop(anchor, None)
        elif anchor:
            marks[anchor] = event.start_mark
    for anchor, mark in marks.items():
        place = _place(path, text, first_line, mark, len(anchor) + 1)
        message = f"'&{anchor}' names an anchor, and nothing repeats it"
        hint = f"quote it: {quoted(place.text[mark.column :].strip())}"
        note(found, Diagnostic("yaml-feature", message, place, hint))
    return found


def _cut_values(path: str, text: str, first_line: int) -> list[Diagnostic]:
    """Values that end at a `#` nobody meant as a remark: `title: Tea #1`, `title: #tea`."""
    if not _MAY_CUT.search(text) or len(text) > LONGEST_SCANNED:
        return []
    lines = text.split("\n")
    found: list[Diagnostic] = []
    for token in yaml.scan(text, Loader=LOADER):
        is_plain = isinstance(token, yaml.ScalarToken) and token.plain
        if not is_plain and not isinstance(token, yaml.ValueToken):
            continue
        if len(found) > MOST_OF_ONE_KIND:
            break
        mark = token.end_mark
        line = lines[mark.line] if mark.line < len(lines) else ""
        cut = _CUT.match(line, mark.column)
        if cut is None:
            continue
        column = cut.start("remark") + 1
        place = Location(path, first_line + mark.line, column, len(cut["remark"]), line)
        message = "from '#' on, this is a remark and not part of the value"
        start = token.start_mark.column if is_plain else cut.start("remark")
        hint = f"quote the value: {quoted(line[start:].strip())}; or put a space after '#'"
        note(found, Diagnostic("yaml-remark", message, place, hint, Severity.WARNING))
    return found


_CUT = re.compile(r"[ \t]+(?P<remark>#[^\s#].*)")


class _Walk:
    """Nodes to plain data, collecting what is wrong on the way."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path = path
        self.text = text
        self.first_line = first_line
        self.problems: list[Diagnostic] = []
        self.count = 0
        self.gave_up = False

    def report(self, code: str, message: str, node: yaml.Node, hint: str = "") -> None:
        if len(self.problems) > MOST_OF_ONE_KIND:
            return
        location = _location(self.path, self.text, self.first_line, node)
        note(self.problems, Diagnostic(code, message, location, hint))

    def value(self, node: yaml.Node, depth: int) -> Any:
        """The data of a node; None for null."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST_VALUES:
            if not self.gave_up:
                self.gave_up = True
                self.report(
                    "yaml-too-deep",
                    "this repeats itself too often through aliases, or without end",
                    node,
                )
            return None
        if node.tag not in _PLAIN_TAGS:
            self._refuse_tag(node)
        if isinstance(node, yaml.ScalarNode):
            if not node.style and node.value in _NULLS and node.tag != _STRING_TAG:
                return None
            return self._escaped(node) if node.style == '"' else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, depth + 1) for child in node.value]
        return self._mapping(node, depth)

    def _refuse_tag(self, node: yaml.Node) -> None:
        start = node.start_mark
        line = line_of(self.text, start.line + 1)
        word = line[start.column :].split(maxsplit=1)[0] if line[start.column :].strip() else "!"
        place = Location(self.path, self.first_line + start.line, start.column + 1, len(word), line)
        hint = f"quote it if it is text: {quoted(line[start.column :].strip())}"
        message = f"'{word}' is a YAML tag, and tags are not read"
        note(self.problems, Diagnostic("yaml-feature", message, place, hint))

    def _escaped(self, node: yaml.ScalarNode) -> str:
        """A text whose escapes can bring in characters that are odd where they stand as they are."""
        name = forbidden_character(node.value)
        if name:
            message = f"this text holds a character that no text needs: {name}"
            self.report("control-character", message, node, "delete the escape that stands for it")
        return without_odd_characters(node.value)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        seen: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                hint = "quote a value that begins with '{' or '['"
                self.report("yaml-feature", "the name of a field is plain text", key_node, hint)
                continue
            key = key_node.value
            self._check_key(key_node)
            if key == "<<" and not key_node.style:
                self.report("yaml-feature", "merge keys (<<) are not read", key_node,
                            "write the fields out")  # fmt: skip
                continue
            if key in seen:
                line = self.first_line + seen[key].start_mark.line
                self.report(
                    "duplicate-key", f"'{key}' stands twice, first on line {line}", key_node
                )
                continue
            seen[key] = key_node
            self._check_item(key_node, value_node)
            data[key] = self.value(value_node, depth + 1)
        return data

    def _check_key(self, node: yaml.ScalarNode) -> None:
        """Spaces that look like plain ones, and characters that do not show, hide in names."""
        found = _HIDDEN.search(node.value) if not node.style else None
        if found:
            start = node.start_mark
            mark = Mark(start.line, start.column + found.start())
            place = _place(self.path, self.text, self.first_line, mark)
            message = f"a {name_of(found[0])} hides in this name"
            hint = "type the line again with plain spaces"
            note(self.problems, Diagnostic("yaml-syntax", message, place, hint))

    def _check_item(self, key: yaml.ScalarNode, value: yaml.Node) -> None:
        """A list of one whose hyphen has no space after it would be a text."""
        if not isinstance(value, yaml.ScalarNode) or value.style or value.value[:1] != "-":
            return
        start = value.start_mark
        if start.line == key.start_mark.line:
            return
        slip = slip_in_line(line_of(self.text, start.line + 1).rstrip(), start.line)
        if slip:
            place = _place(self.path, self.text, self.first_line, Mark(slip.line, slip.column))
            note(self.problems, Diagnostic("yaml-syntax", slip.message, place, slip.hint))


def without_absent(data: Any) -> Any:
    """The same data without the keys whose value is absent (null)."""
    if isinstance(data, dict):
        return {k: without_absent(v) for k, v in data.items() if v is not None}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [without_absent(item) for item in data]
    return data
