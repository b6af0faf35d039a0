"""Where values are written in a YAML text, to the character, and changes that leave all else as it is.

A change is a list of splices. `None` in place of one means that the text is written in a way in which
the change can't be made safely: an alias, a value over several lines, and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import yaml

from site_builder.reading.located_yaml import behind_anchor, tree_of
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple


class Splice(NamedTuple):
    """New text in place of a stretch of the old one."""

    start: int
    end: int
    new: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with all splices made. Raises `ValueError` if two of them overlap, unless both take out."""
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(set(splices)):
        if start < done and (new or pieces[-1]):
            raise ValueError(f"two changes overlap at {start}")
        pieces += (text[done:start], new)
        done = max(done, end)
    return "".join(pieces) + text[done:]


class Written(NamedTuple):
    """A scalar as it is written in `text`: from `start` to `end`, without its quotation marks."""

    text: str
    start: int
    end: int
    style: str
    """`'`, `"`, `|`, `>`, or "" for a plain scalar."""
    value: str

    @property
    def is_plain(self) -> bool:
        """Whether it has no quotation marks and stands on one line."""
        return not self.style and "\n" not in self.text[self.start : self.end]

    def part(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch of the value is written. It begins and ends with a character, not with a space.

        Characters are counted without white space, because folding changes nothing else.
        """
        value = self.value
        shown = [c for c in value if not c.isspace()]
        chars = _characters(self.text[self.start : self.end], self.style)
        if [char for char, _, _ in chars] != shown or start >= end:
            return None
        first = sum(not c.isspace() for c in value[:start])
        last = sum(not c.isspace() for c in value[:end]) - 1
        return self.start + chars[first][1], self.start + chars[last][2]

    def as_written(self, words: str) -> str | None:
        """Words as they stand within it; None if they can't."""
        if self.style == "'":
            return words.replace("'", "''")
        if self.style == '"':
            return words.replace("\\", "\\\\").replace('"', '\\"')
        if not self.style and re.search(r":(?:\s|$)|\s#|[\[\]{},]", words):
            return None
        return words


_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\n[ \t]*|.)", re.DOTALL)
_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", **dict.fromkeys("ntrvf_NLP \t", " ")}


def _characters(raw: str, style: str) -> list[tuple[str, int, int]]:
    """What a scalar says, without white space: each character, and from where to where it is written."""
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(raw):
        end, char = at + 1, raw[at]
        if style == "'" and raw.startswith("''", at):
            end = at + 2
        elif style == '"' and (escape := _ESCAPE.match(raw, at)):
            end, code = escape.end(), escape[0][1:]
            numeric = len(code) > 1 and code[0] in "xuU"
            char = chr(int(code[1:], 16)) if numeric else _ESCAPED.get(code, code)
        if not char.isspace():
            found.append((char, at, end))
        at = end
    return found


class Spans:
    """Finds where the nodes of one YAML text are written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; both count from 0."""
        return min(self._starts[min(line, len(self.lines))] + column, len(self.text))

    def line_at(self, offset: int) -> int:
        """The number of the line of an offset, from 0."""
        return self.text.count("\n", 0, offset)

    def start(self, node: yaml.Node) -> int:
        """Where a node begins, with its anchor and quotation mark."""
        return self.offset(node.start_mark.line, node.start_mark.column)

    def end(self, node: yaml.Node) -> int:
        """Where a node ends, with its quotation mark."""
        return self.offset(node.end_mark.line, node.end_mark.column)

    def node(self, where: YamlPath) -> tuple[yaml.Node | None, yaml.Node | None]:
        """The node at a path and its key; what stands above a path that goes on in one scalar."""
        tree = tree_of(self.text)
        node, key = tree.root, None
        for step in where:
            if node is None or isinstance(node, yaml.ScalarNode):
                break
            if isinstance(step, int) and not isinstance(node, yaml.SequenceNode):
                continue  # a single value is read as a list of one
            deeper = tree.child(node, step)
            if deeper is None:
                return None, None
            node, key = deeper
        return node, key

    def scalar(self, where: YamlPath) -> Written | None:
        """The scalar at a path."""
        return self._written(self.node(where)[0])

    def key(self, where: YamlPath) -> Written | None:
        """The key of the value at a path."""
        return self._written(self.node(where)[1])

    def _written(self, node: yaml.Node | None) -> Written | None:
        if not isinstance(node, yaml.ScalarNode):
            return None
        line, column = behind_anchor(self.lines, node.start_mark.line, node.start_mark.column)
        style, value = node.style or "", node.value
        if style in ("|", ">"):
            return Written(self.text, self.offset(line + 1, 0), self.end(node), style, value)
        quote = len(style)
        start, end = self.offset(line, column) + quote, self.end(node) - quote
        return Written(self.text, start, end, style, value)

    # --- changes ---------------------------------------------------------------------------------

    def with_field(self, where: YamlPath, field: str, written: str) -> list[Splice] | None:
        """Adds a field with a value of one line to the mapping at a path, which does not have it."""
        mapping = self.node(where)[0]
        if not isinstance(mapping, yaml.MappingNode) or not mapping.value:
            return None
        if mapping.flow_style:
            end = self.end(mapping.value[-1][1])
            return [Splice(end, end, f", {field}: {written}")]
        indent = mapping.value[0][0].start_mark.column
        below = self._below(mapping.value[-1][0].start_mark.line, indent)
        return [self._inserted(below, f"{' ' * indent}{field}: {written}")]

    def with_items(self, where: YamlPath, field: str, items: Sequence[str]) -> list[Splice] | None:
        """Adds items to a list in the mapping at a path. A single value becomes a list."""
        mapping = self.node(where)[0]
        value, key = self.node((*where, field))
        written = items[0] if len(items) == 1 else f"[{', '.join(items)}]"
        if value is None or key is None:
            return self.with_field(where, field, written)
        colon = self.text.find(":", self.end(key))
        if self.start(value) < self.start(key) or self.text[self.start(value) :][:1] in "&*!|>":
            is_empty = isinstance(value, yaml.ScalarNode) and not value.value and not value.style
            return [Splice(colon + 1, colon + 1, f" {written}")] if is_empty else None
        if isinstance(value, yaml.SequenceNode):
            return self._with_items(value, items)
        if not isinstance(value, yaml.ScalarNode):
            return None
        if not value.value and not value.style:
            return [Splice(colon + 1, colon + 1, f" {written}")]
        return self._listed(mapping, key, value, items)

    def _listed(
        self, mapping: yaml.Node | None, key: yaml.Node, value: yaml.Node, items: Sequence[str]
    ) -> list[Splice] | None:
        """A list in place of a single value."""
        start, end = self.start(value), self.end(value)
        raw = self.text[start:end]
        if "\n" in raw or not isinstance(mapping, yaml.MappingNode):
            return None
        if mapping.flow_style:
            return [Splice(start, start, "["), Splice(end, end, f", {', '.join(items)}]")]
        colon = self.text.find(":", self.end(key))
        indent = " " * (key.start_mark.column + 2)
        lines = "\n".join(f"{indent}- {item}" for item in (raw, *items))
        return [
            Splice(colon + 1, end, ""),
            self._inserted(self.line_at(end) + 1, lines),
        ]

    def _with_items(self, value: yaml.SequenceNode, items: Sequence[str]) -> list[Splice] | None:
        start = self.start(value)
        if not value.value:
            return [Splice(start + 1, start + 1, ", ".join(items))]
        last = value.value[-1]
        end = self.end(last)
        if value.flow_style:
            return [Splice(end, end, f", {', '.join(items)}")]
        if not isinstance(last, yaml.ScalarNode) or last.style in ("|", ">"):
            return None
        indent = " " * value.start_mark.column
        lines = "\n".join(f"{indent}- {item}" for item in items)
        return [self._inserted(self.line_at(end) + 1, lines)]

    def with_record(self, where: YamlPath, field: str, lines: Sequence[str]) -> list[Splice] | None:
        """Adds a record, by its lines, to a list in block style in the mapping at a path."""
        mapping = self.node(where)[0]
        value, key = self.node((*where, field))
        if not isinstance(mapping, yaml.MappingNode) or mapping.flow_style or not mapping.value:
            return None
        if value is None or key is None:
            column = mapping.value[0][0].start_mark.column
            below = self._below(mapping.value[-1][0].start_mark.line, column)
            head = f"{' ' * column}{field}:\n"
            return [self._inserted(below, head + item_of(column + 2, lines))]
        if isinstance(value, yaml.ScalarNode) and not value.value and not value.style:
            below = key.start_mark.line + 1
            return [self._inserted(below, item_of(key.start_mark.column + 2, lines))]
        if not isinstance(value, yaml.SequenceNode) or value.flow_style or not value.value:
            return None
        column = value.start_mark.column
        if self.text[self.start(value)] != "-":
            return None
        last = self.line_at(self.text.rfind("-", 0, self.start(value.value[-1])))
        return [self._inserted(self._below(last, column, is_list=True), item_of(column, lines))]

    def without(self, where: YamlPath) -> list[Splice] | None:
        """Takes out an item of a list, or a field; a list that would be empty goes, too."""
        above, step = self.node(where[:-1])[0], where[-1]
        if isinstance(step, int) and not isinstance(above, yaml.SequenceNode):
            return self.without(where[:-1])
        if isinstance(above, yaml.SequenceNode):
            if len(above.value) == 1:
                return self.without(where[:-1])
            bounds = [(self.start(item), self.end(item)) for item in above.value]
            return self._cut(above, bounds, int(step), is_list=True)
        if not isinstance(above, yaml.MappingNode) or len(above.value) == 1:
            return None
        bounds = [(self.start(key), self.end(value)) for key, value in above.value]
        names = [key.value for key, _ in above.value]
        return self._cut(above, bounds, names.index(step), is_list=False)

    def _cut(
        self, above: yaml.Node, bounds: Sequence[tuple[int, int]], number: int, *, is_list: bool
    ) -> list[Splice] | None:
        start, end = bounds[number]
        if any(later[0] < earlier[0] for earlier, later in pairwise(bounds)):
            return None  # an alias is where its anchor is
        if above.flow_style:  # type: ignore[attr-defined]
            if number == 0:
                return [Splice(start, bounds[1][0], "")]
            return [Splice(bounds[number - 1][1], end, "")]
        if is_list:
            start = self.text.rfind("-", 0, start)
        line = self.line_at(start)
        before = self.text[self.offset(line, 0) : start]
        if before.strip():  # it stands behind the hyphen of an item above
            is_last = number + 1 == len(bounds)
            return None if is_list or is_last else [Splice(start, bounds[number + 1][0], "")]
        return [self._lines_out(line, self._below(line, len(before), is_list=is_list))]

    def lines_of(self, where: YamlPath) -> Splice | None:
        """The lines of a field in block style, taken out."""
        above, (_, key) = self.node(where[:-1])[0], self.node(where)
        if not isinstance(above, yaml.MappingNode) or above.flow_style or key is None:
            return None
        line = key.start_mark.line
        return self._lines_out(line, self._below(line, key.start_mark.column))

    def _lines_out(self, line: int, below: int) -> Splice:
        start, end = self.offset(line, 0), self.offset(below, 0)
        if end == len(self.text) and not self.text.endswith("\n") and start:
            start -= 1  # the last line had no end
        return Splice(start, end, "")

    def _inserted(self, below: int, lines: str) -> Splice:
        """New lines above the line of this number."""
        at = self.offset(below, 0)
        if at == len(self.text) and self.text and not self.text.endswith("\n"):
            return Splice(at, at, f"\n{lines}")
        return Splice(at, at, f"{lines}\n")

    def _below(self, line: int, indent: int, *, is_list: bool = False) -> int:
        return end_of_block(self.lines, line, indent, is_list=is_list)


def item_of(column: int, lines: Sequence[str]) -> str:
    """The lines of a record as an item of a list."""
    marks = ("- ", *["  "] * (len(lines) - 1))
    return "\n".join(f"{' ' * column}{mark}{line}" for mark, line in zip(marks, lines, strict=True))


def end_of_block(lines: Sequence[str], line: int, indent: int, *, is_list: bool = False) -> int:
    """The number of the line behind a field, or with `is_list` an item, and all that is indented below it."""
    end = line + 1
    for number in range(line + 1, len(lines)):
        shown = lines[number]
        if not shown.strip():
            continue
        deep = len(shown) - len(shown.lstrip(" "))
        is_item = shown.lstrip().startswith("- ") and not is_list
        if deep < indent or (deep == indent and not is_item):
            break
        end = number + 1
    return end
