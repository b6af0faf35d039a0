"""Turns YAML nodes into plain data.

Scalars stay text as written. What the author can't have meant is reported.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from site_builder.diagnostics import MOST_OF_ONE_KIND, Diagnostic, Location, note
from site_builder.reading.encodings import forbidden_character, without_odd_characters
from site_builder.reading.files import line_of
from site_builder.reading.yaml_cuts import Cut, Remark, cut_fields, cut_items, remarks, source
from site_builder.reading.yaml_places import Mark, location_of, place_at
from site_builder.reading.yaml_quoting import in_quotes, quoted
from site_builder.reading.yaml_slips import slip_in_line
from site_builder.text.alike import named

_HIDDEN = re.compile(r"[\u00a0\u00ad\u2000-\u200f\u202a-\u202f\u2060-\u2064\u3000]")

DEEPEST = 40
MOST_VALUES = 200_000
_STRING_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {
    "tag:yaml.org,2002:" + name
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
}
_NULLS = frozenset(("", "~", "null"))


class Walk:
    """Turns nodes into plain data, and collects findings on the way."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path = path
        self.text = text
        self.first_line = first_line
        self.problems: list[Diagnostic] = []
        self.count = 0
        self.gave_up = False
        self.lines = text.split("\n")
        self.remarks = {row.line: row for row in remarks(text)}
        for row in self.remarks.values():
            self._report_remark(row)

    def _report(self, code: str, message: str, node: yaml.Node, hint: str = "") -> None:
        if len(self.problems) > MOST_OF_ONE_KIND:
            return
        location = location_of(self.path, self.text, self.first_line, node)
        note(self.problems, Diagnostic(code, message, location, hint))

    def value(self, node: yaml.Node, depth: int) -> Any:
        """The data of a node; None for null."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST_VALUES:
            if not self.gave_up:
                self.gave_up = True
                self._report(
                    "yaml-too-deep",
                    "this repeats itself too often through aliases, or endlessly",
                    node,
                )
            return None
        if node.tag not in _PLAIN_TAGS:
            self._refuse_tag(node)
        if isinstance(node, yaml.ScalarNode):
            remark = self.remarks.get(node.end_mark.line) if self.remarks else None
            if remark and self._is_cut(node, remark):
                return self._whole(remark)
            if not node.style and node.value in _NULLS and node.tag != _STRING_TAG:
                return None
            return self._escaped(node) if node.style == '"' else node.value
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, depth)
        assert isinstance(node, yaml.MappingNode)
        return self._mapping(node, depth)

    def _is_cut(self, node: yaml.ScalarNode, remark: Remark) -> bool:
        """Whether this value is what is left of a text before a '#'."""
        end = node.end_mark.column
        return end == remark.end or (not node.value and end <= remark.end)

    def _whole(self, remark: Remark) -> str:
        """A text that a '#' ended early, as it was probably meant."""
        line, column = remark.start
        start, end = Mark(line, column), Mark(remark.line, len(self.lines[remark.line]))
        return source(self.lines, start, end)

    def _report_remark(self, remark: Remark) -> None:
        line = self.lines[remark.line]
        written = line[remark.column :].rstrip()
        mark = Mark(remark.line, remark.column)
        place = place_at(self.path, self.text, self.first_line, mark, len(written))
        message = "from '#' on, this is a comment and not part of the value"
        hint = f"quote the value: {quoted(self._whole(remark))}; or put a space after '#'"
        if written == "#":
            hint = f"quote the value: {quoted(self._whole(remark))}; or delete the '#'"
        note(self.problems, Diagnostic("yaml-remark", message, place, hint))

    def _report_cut(self, cut: Cut, key: str, brackets: str) -> None:
        mark = Mark(cut.line, cut.column)
        place = place_at(self.path, self.text, self.first_line, mark)
        message = f"inside {brackets}, a comma ends the text"
        field = f"{key}: " if key else ""
        note(
            self.problems,
            Diagnostic("yaml-comma", message, place, f"quote it: {field}{in_quotes(cut.text)}"),
        )

    def _sequence(self, node: yaml.SequenceNode, depth: int) -> list[Any]:
        cuts = cut_items(node, self.lines) if node.flow_style and len(node.value) > 1 else ()
        whole = {cut.first: cut for cut in cuts}
        if not whole:
            return [self.value(child, depth + 1) for child in node.value]
        data: list[Any] = []
        rest = 0
        for at, child in enumerate(node.value):
            if at in whole:
                self._report_cut(whole[at], "", "[ ]")
                data.append(whole[at].text)
                rest = whole[at].last + 1
            elif at >= rest:
                data.append(self.value(child, depth + 1))
        return data

    def _refuse_tag(self, node: yaml.Node) -> None:
        start = node.start_mark
        line = line_of(self.text, start.line + 1)
        word = line[start.column :].split(maxsplit=1)[0] if line[start.column :].strip() else "!"
        place = Location(self.path, self.first_line + start.line, start.column + 1, len(word), line)
        hint = f"quote it if it is text: {quoted(line[start.column :].strip())}"
        message = f"'{word}' is a YAML tag, and tags are not supported"
        note(self.problems, Diagnostic("yaml-feature", message, place, hint))

    def _escaped(self, node: yaml.ScalarNode) -> str:
        """A text without the forbidden characters that its escape sequences bring in."""
        name = forbidden_character(node.value)
        if name:
            message = f"this text contains a character that is not allowed: {name}"
            self._report("control-character", message, node, "delete its escape sequence")
        return without_odd_characters(node.value)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        seen: dict[str, yaml.Node] = {}
        cuts = cut_fields(node, self.lines) if node.flow_style and len(node.value) > 1 else ()
        whole = {cut.first: cut for cut in cuts}
        rest = 0
        for at, (key_node, value_node) in enumerate(node.value):
            if at < rest:
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                hint = "quote a value that begins with '{' or '['"
                self._report(
                    "yaml-feature", "the name of a field must be plain text", key_node, hint
                )
                continue
            key = key_node.value
            self._check_key(key_node)
            if key == "<<" and not key_node.style:
                self._report("yaml-feature", "merge keys (<<) are not supported", key_node,
                            "write the fields out")  # fmt: skip
                continue
            if key in seen:
                line = self.first_line + seen[key].start_mark.line
                self._report(
                    "duplicate-key", f"'{key}' is given twice, first on line {line}", key_node
                )
                continue
            seen[key] = key_node
            self._check_item(key_node, value_node)
            if at in whole:
                rest = whole[at].last + 1
                self._report_cut(whole[at], key, "{ }")
                data[key] = whole[at].text
            else:
                data[key] = self.value(value_node, depth + 1)
        return data

    def _check_key(self, node: yaml.ScalarNode) -> None:
        """Reports unusual spaces and invisible characters in a key."""
        found = _HIDDEN.search(node.value) if not node.style else None
        if found:
            start = node.start_mark
            line, column = start.line, start.column
            while (
                at := self.lines[line].find(found[0], column)
            ) < 0:  # the key continues on the next line
                line, column = line + 1, 0
            mark = Mark(line, at)
            place = place_at(self.path, self.text, self.first_line, mark)
            message = f"this name contains a {named(found[0])}"
            hint = "retype the line with ordinary spaces"
            note(self.problems, Diagnostic("yaml-syntax", message, place, hint))

    def _check_item(self, key: yaml.ScalarNode, value: yaml.Node) -> None:
        """Reports a list of one item whose hyphen has no space after it, which YAML reads as text."""
        if not isinstance(value, yaml.ScalarNode) or value.style or value.value[:1] != "-":
            return
        start = value.start_mark
        if start.line == key.start_mark.line:
            return
        slip = slip_in_line(line_of(self.text, start.line + 1).rstrip(), start.line)
        if slip:
            place = place_at(self.path, self.text, self.first_line, Mark(slip.line, slip.column))
            note(self.problems, Diagnostic("yaml-syntax", slip.message, place, slip.hint))
