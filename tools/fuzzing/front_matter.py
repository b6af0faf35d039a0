"""Front matter and YAML: findings lie in their file, and every text that stands there is kept, or a finding names it."""

from __future__ import annotations

import dataclasses
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from site_builder.content.kinds import BY_PLURAL
from site_builder.content.loading import load_file
from site_builder.markdown.document import USUAL
from site_builder.reading.encodings import without_odd_characters
from site_builder.reading.files import InputFile, decode
from site_builder.reading.front_matter import split
from site_builder.reading.located_yaml import locate, locate_within, parse
from tools.fuzzing.checking import LONGEST, hold, lies_within, limited

TOKENS = (
    "---\n", "---", "...\n", "\n", "\n  ", "\n    ", "title: Tea\n", "name: The Cook\n", "positions:\n  - actor: cook\n    stance: supports\n", "- ",
    "\n- ", ": ", ":", "key: value\n", "x: [a, b]\n", "x: {a: b}\n", "[", "]", "{", "}", ", ", " #", " # note", "#", "'", '"', "\"a\\tb\"", "\"\\x41\"", "'it''s'",
    "|\n  text\n  more\n", ">\n  folded\n  text\n", "|-\n", ">+\n", "&a ", "*a", "!tag ", "<<: *a\n", "? ", "~", "null", "no", "1.10", "12:30", "\t", "@x", "`x`",
    "%YAML 1.2\n", "\ufeff", "\u00a0", "\u2028", "\x07", "\r\n", "\r", "date: 2025-12-02\n", "cites: [a, b]\n", "- -", "* x", "“x”", "：", "a:b", "title:Tea\n",
    "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "draft: true\n", "aliases: [Cook, Chef]\n", "body @minutes text", "\u0301", "𝒳",
)  # fmt: skip

_PATHS = (
    "content/issues/tea.md",
    "content/actors/tea.yaml",
    "content/sources.yaml",
    "content/events.yaml",
    "content/claims/tea.md",
)
_NULLS = ("", "~", "null")
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")


def check(data: bytes) -> None:
    """Reads bytes as one or two kinds of files, and their YAML by itself."""
    data = data[:LONGEST]
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    with limited("files of content"):
        for path in {_PATHS[len(data) % len(_PATHS)], _PATHS[zlib.crc32(data) % len(_PATHS)]}:
            _check_file(path, data)
    parts, problem = split("a.md", text)
    lines = text.split("\n")
    if problem:
        lies_within(problem.location, lines)
    elif parts.yaml_line == 2:
        whole = "\n".join(lines[parts.body_line - 1 :])
        hold(parts.body == whole, "the text below front matter is cut", text, parts)
        hold(
            parts.yaml == "".join(f"{line}\n" for line in lines[1 : parts.body_line - 2]),
            "front matter is cut",
            text,
            parts,
        )
        hold(
            _FENCE.fullmatch(lines[parts.body_line - 2]),
            "front matter ends at no fence",
            text,
            parts,
        )
    else:
        hold(
            parts.body == text or not parts.body, "a text without front matter is cut", text, parts
        )
    plain = without_odd_characters(text)
    _check_yaml(plain, 1)
    if parts.yaml:
        _check_yaml(without_odd_characters(parts.yaml), 2)


def _check_file(path: str, data: bytes) -> None:
    file = InputFile(path, data)
    text, _ = decode(file)
    loaded = load_file(file, BY_PLURAL[path.split("/")[1].removesuffix(".yaml")], USUAL)
    if text is None:
        hold(
            any(row.is_error for row in loaded.diagnostics),
            "a file that can't be read, and no error",
            data,
        )
        return
    written = (
        data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    lines = text.split("\n")
    for row in loaded.diagnostics:
        hold(row.location.path == path, "a finding in another file", row)
        hold(row.message.strip(), "a finding without words", row)
        number = row.location.line - 1
        # Findings of characters and conflicts show lines as they were before these were taken out.
        is_raw = 0 <= number < len(written) and row.location.text == written[number]
        lies_within(row.location, written if is_raw else lines)
    told = any(row.is_error for row in loaded.diagnostics)
    if not told and not loaded.entries:
        hold(
            any(row.code == "empty-file" for row in loaded.diagnostics)
            or path in ("content/sources.yaml", "content/events.yaml"),
            "nothing is read, and nothing told",
            path,
            text,
        )
    if told or loaded.broken:
        return
    parts = split(path, text)[0] if path.endswith(".md") else None
    data_read = parse(path, parts.yaml if parts else text)[0]
    kept = _letters("".join(row for entry in loaded.entries for row in _strings(entry.record)))
    for scalar in _texts(data_read):
        wanted = _letters(scalar)
        hold(
            wanted in kept or wanted in ("true", "false", "yes", "no", "on", "off", "y", "n"),
            "a value is lost on its way to a record",
            path,
            scalar,
        )


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _strings(value: Any) -> Iterator[str]:
    """All texts within a record."""
    if dataclasses.is_dataclass(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        value = value.items()
    if isinstance(value, str) or not isinstance(value, Iterable):
        yield str(value)
    else:
        for row in value:
            yield from _strings(row)


def _texts(data: Any) -> Iterator[str]:
    """The values of data, without the names of fields."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (list, dict)):
        for value in data if isinstance(data, list) else data.values():
            yield from _texts(value)


# --- YAML ----------------------------------------------------------------------------------------


def _check_yaml(text: str, first_line: int) -> None:
    """Reads a text as YAML, and compares it with what PyYAML reads of it."""
    lines = text.split("\n")
    with limited("YAML"):
        data, problems = parse("a.yaml", text, first_line)
    for row in problems:
        lies_within(row.location, lines, first_line)
    moved, others = parse("a.yaml", text, first_line + 7)
    hold(moved == data, "YAML further down is read otherwise", text)
    places = [(row.code, row.location.line, row.location.column) for row in problems]
    hold(
        places == [(row.code, row.location.line - 7, row.location.column) for row in others],
        "findings do not move with their text",
        text,
        places,
    )
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        hold(problems, "YAML that can't be read, and nothing is told", text)
        return
    if any(
        row.code in ("yaml-too-deep", "yaml-syntax", "too-many-problems") for row in problems
    ) or (data is None and problems):
        return
    named = {row.location.line - first_line for row in problems}
    if root is not None:
        _compare(root, data, named, text)
        if not problems:
            _check_places(root, text, first_line, (), 0)


def _compare(node: yaml.Node, data: Any, named: set[int], text: str) -> None:
    """Checks that data is what a node holds, but where a finding names one of its lines."""
    whole = set(range(node.start_mark.line, node.end_mark.line + 1))
    if isinstance(node, yaml.CollectionNode) and node.flow_style and named & whole:
        return  # a comma that ends a text may stand on another line than the text
    if named & set(range(node.start_mark.line, node.end_mark.line + 1)) and isinstance(
        node, yaml.ScalarNode
    ):
        return
    if isinstance(node, yaml.ScalarNode):
        is_null = not node.style and node.value in _NULLS and node.tag != "tag:yaml.org,2002:str"
        value = without_odd_characters(node.value) if node.style == '"' else node.value
        hold(data == (None if is_null else value), "a text of YAML is lost", text, node.value, data)
    elif isinstance(node, yaml.SequenceNode):
        if named & set(range(node.start_mark.line, node.end_mark.line + 1)) and len(
            data or ()
        ) != len(node.value):
            return
        hold(
            isinstance(data, list) and len(data) == len(node.value),
            "items of a list are lost",
            text,
            data,
        )
        for child, value in zip(node.value, data, strict=True):
            _compare(child, value, named, text)
    elif isinstance(node, yaml.MappingNode):
        hold(isinstance(data, dict), "fields are lost", text, data)
        seen: set[str] = set()
        for key, value in node.value:
            is_named = named & set(
                range(key.start_mark.line, max(key.end_mark.line, value.end_mark.line) + 1)
            )
            if not isinstance(key, yaml.ScalarNode) or key.value in seen or key.value not in data:
                hold(
                    is_named or (node.flow_style and named & whole),
                    "a field is lost, and nothing is told",
                    text,
                    data,
                )
                continue
            seen.add(key.value)
            _compare(value, data[key.value], named, text)
        hold(seen >= data.keys() or named, "fields from nowhere", text, data)


def _check_places(
    node: yaml.Node, text: str, first_line: int, where: tuple[str | int, ...], depth: int
) -> None:
    """Checks that places of values are found again by their names."""
    if depth > 6:
        return
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value[:8]):
            _check_places(child, text, first_line, (*where, number), depth + 1)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value[:8]:
            place = locate("a.yaml", text, first_line, (*where, key.value), key=True)
            _is_at(place.line - first_line, place.column, key, text)
            _check_places(child, text, first_line, (*where, key.value), depth + 1)
    elif isinstance(node, yaml.ScalarNode) and node.value and where:
        place = locate("a.yaml", text, first_line, where)
        _is_at(place.line - first_line, place.column, node, text)
        if node.style != '"' or "\\" not in text:
            _check_words(node, text, first_line, where)


def _is_at(line: int, column: int, node: yaml.ScalarNode, text: str) -> None:
    start = node.start_mark
    is_quoted = (
        node.style in ("'", '"') and node.end_mark.line == start.line and len(node.value) > 0
    )
    hold(line == start.line, "a place is on another line", text, node.value, line)
    hold(
        column - 1 in (start.column, start.column + 1 if is_quoted else start.column),
        "a place is in another column",
        text,
        node.value,
        column,
    )


def _check_words(
    node: yaml.ScalarNode, text: str, first_line: int, where: Sequence[str | int]
) -> None:
    """Checks that words of a value are found in its lines."""
    for word in list(re.finditer(r"\w+", node.value.lstrip()))[:6]:
        place = locate_within(
            "a.yaml", text, first_line, tuple(where), (word.start(), len(word[0]))
        )
        lies_within(place, text.split("\n"), first_line)
        found = place.text[place.column - 1 :]
        hold(found.startswith(word[0]), "a word stands elsewhere", text, word[0], place)
