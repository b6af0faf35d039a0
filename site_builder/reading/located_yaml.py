"""YAML with places, and without surprises.

`compose` (libyaml) gives the nodes with their places; our own walk makes plain data of them:
mappings, sequences, and scalars that stay the text that was written (`no`, `1.10`, `12:30`). A plain
`null`, `~` or nothing at all means that a field is absent. Refused, each with its place: duplicate
keys, tags, merge keys, keys that are not text, several documents, deep nesting, alias bombs.

Only what goes wrong needs places, so the walk does not collect them: `locate` finds the place
of a value by its path, from the same text, when a message is to be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from site_builder.diagnostics import Diagnostic, Location
from site_builder.reading.files import line_of

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: slower, the same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

YamlPath = tuple[str | int, ...]
"""The way to a value: keys and indexes from the top, as in `("positions", 2, "actor")`."""

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
    return data, walk.problems


def locate(
    path: str, text: str, first_line: int, where: YamlPath, *, key: bool = False
) -> Location:
    """The place of the value at `where`, or of its key; of the nearest thing above if it is absent."""
    node, problem = _compose(path, text, first_line)
    if node is None or problem:
        return Location(path, first_line, 1, 1, line_of(text, 1))
    found: tuple[yaml.Node, yaml.Node | None] = (node, None)
    for depth, step in enumerate(where):
        deeper = _child(found[0], step)
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


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node | None] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                return value, key
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], None
    return None


def _location(path: str, text: str, first_line: int, node: yaml.Node | None) -> Location:
    if node is None:
        return Location(path, first_line)
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    column = start.column + 1
    if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') and length > 2:
        column, length = column + 1, length - 2
    return Location(
        path=path,
        line=first_line + start.line,
        column=column,
        length=max(1, length),
        text=line_of(text, start.line + 1),
    )


_HINTS = (
    ("found character '\\t'", "indent with spaces, not tabs"),
    ("cannot start any token", "quote the value if it begins with a special character"),
    ("mapping values are not allowed", "quote a value that holds ': '"),
    ("could not find expected ':'", "a key needs a colon and a space after it: 'title: …'"),
    ("did not find expected key", "check the indentation; quote a value that begins with a quote"),
    ("while scanning an alias", "quote a value that begins with '*'"),
    ("while scanning an anchor", "quote a value that begins with '&'"),
    ("unexpected end of stream", "a quotation mark or bracket is not closed"),
    ("found unexpected document indicator", "a quotation mark is not closed"),
    (
        "unknown escape character",
        "in double quotes a backslash begins an escape; use single quotes",
    ),
    ("while scanning a directive", "quote a value that begins with '%'"),
)


def _compose(path: str, text: str, first_line: int) -> tuple[yaml.Node | None, Diagnostic | None]:
    if _may_be_deep(text):
        return None, Diagnostic(
            "yaml-too-deep",
            f"this YAML is nested more than {DEEPEST} levels deep",
            Location(path, first_line, 1, 1, line_of(text, 1)),
        )
    try:
        return yaml.compose(text, Loader=_Loader), None
    except yaml.MarkedYAMLError as error:
        return None, _syntax_problem(path, text, first_line, error)
    except yaml.YAMLError as error:
        return None, Diagnostic("yaml-syntax", str(error), Location(path, first_line))
    except (RecursionError, MemoryError):
        return None, Diagnostic(
            "yaml-too-deep", "this YAML is nested too deeply", Location(path, first_line)
        )


def _may_be_deep(text: str) -> bool:
    """Whether nesting goes past `DEEPEST`. The composer recurses in C, so this comes before it."""
    if text.count("[") + text.count("{") + text.count("- - ") + text.count("? ") < DEEPEST and (
        " " * (DEEPEST * 2) not in text
    ):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    return True
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.MarkedYAMLError as error:
        # libyaml has a bound of its own; any other error is told by the composer.
        return "maximum" in f"{error.problem} {error.context}"
    return False


def _syntax_problem(
    path: str, text: str, first_line: int, error: yaml.MarkedYAMLError
) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    words = " ".join(part for part in (error.context, error.problem) if part)
    hint = next((hint for sign, hint in _HINTS if sign in words), "")
    code = "yaml-syntax"
    problem = error.problem or "this YAML can't be read"
    if "expected a single document" in words:
        code = "yaml-feature"
        problem, hint = "a second YAML document begins here", "keep one document in a file"
    if error.context and error.context_mark and mark and error.context_mark.line != mark.line:
        line = first_line + error.context_mark.line
        hint = "\n".join(filter(None, (hint, f"{error.context} that began on line {line}")))
    if mark is None:
        return Diagnostic(code, f"YAML: {problem}", Location(path, first_line), hint)
    shown = line_of(text, mark.line + 1)
    location = Location(path, first_line + mark.line, mark.column + 1, 1, shown)
    return Diagnostic(code, f"YAML: {problem}", location, hint)


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
        location = _location(self.path, self.text, self.first_line, node)
        self.problems.append(Diagnostic(code, message, location, hint))

    def value(self, node: yaml.Node, depth: int) -> Any:
        """The data of a node; None for null."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST_VALUES:
            if not self.gave_up:
                self.gave_up = True
                self.report("yaml-too-deep", "this YAML repeats itself or nests too deeply", node)
            return None
        if isinstance(node, yaml.ScalarNode):
            if not node.style and node.value in _NULLS and node.tag not in (_STRING_TAG, "!"):
                return None
            if node.tag not in _PLAIN_TAGS and node.tag != "!":
                self._refuse_tag(node)
            return node.value
        if node.tag not in _PLAIN_TAGS:
            self._refuse_tag(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, depth + 1) for child in node.value]
        return self._mapping(node, depth)

    def _refuse_tag(self, node: yaml.Node) -> None:
        self.report("yaml-feature", f"YAML tags such as '{node.tag}' are not read", node,
                    "quote a value that begins with '!'")  # fmt: skip

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        seen: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report("yaml-feature", "a key must be plain text", key_node)
                continue
            key = key_node.value
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
            data[key] = self.value(value_node, depth + 1)
        return data


def without_absent(data: Any) -> Any:
    """The same data without the keys whose value is absent (null)."""
    if isinstance(data, dict):
        return {k: without_absent(v) for k, v in data.items() if v is not None}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [without_absent(item) for item in data]
    return data
