"""The content files that a change concerns: their texts, and where the values of their YAML are written."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from site_builder.content.library import Library
from site_builder.content.spreading import as_written
from site_builder.editing import Edit, respliced
from site_builder.reading.files import Found
from site_builder.reading.front_matter import split
from site_builder.reading.located_yaml import parse
from site_builder.reading.yaml_path import YamlPath
from site_builder.reading.yaml_spans import Spans, Splice, Written, spliced


class File:
    """One content file. Offsets of splices count in its text."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.splices: set[Splice] = set()

    @cached_property
    def _yaml(self) -> tuple[str, int]:
        if self.path.endswith((".yaml", ".yml")):
            return self.text, 0
        parts = split(self.path, self.text)[0]
        return parts.yaml, self.text.index("\n") + 1 if parts.yaml_line > 1 else 0

    @cached_property
    def spans(self) -> Spans:
        """Where the values of its YAML are written."""
        return Spans(self._yaml[0])

    @cached_property
    def _data(self) -> Any:
        return parse(self.path, self._yaml[0])[0]

    def written(self, where: YamlPath) -> YamlPath:
        """A path in a record as a path in its YAML."""
        return as_written(where, self._data)

    def value(self, where: YamlPath) -> Any:
        """The data at a path in its YAML."""
        data = self._data
        for step in where:
            if isinstance(step, int) and not isinstance(data, list):
                continue  # a single value is read as a list of one
            if isinstance(data, str):
                break  # a text in place of fields
            data = data.get(step) if isinstance(data, dict) else data[step]
        return data

    def fields(self, where: YamlPath) -> list[str]:
        """The names of the fields at a path in its YAML, in order."""
        return [*self.value(where)]

    def scalar(self, where: YamlPath) -> Written | None:
        """The scalar at a path in its YAML."""
        return self.spans.scalar(where)

    def add(self, splices: list[Splice] | None) -> bool:
        """Notes changes of its YAML; whether there are any."""
        start = self._yaml[1]
        self.splices.update(
            Splice(row.start + start, row.end + start, row.new) for row in splices or ()
        )
        return splices is not None

    def replace(self, stretch: tuple[int, int] | None, new: str) -> bool:
        """Notes new text for a stretch of its YAML; whether there is one."""
        return self.add(None if stretch is None else [Splice(*stretch, new)])

    @property
    def after(self) -> str:
        """Its text with all changes."""
        return spliced(self.text, self.splices)

    def difference(self, new_path: str = "") -> Iterator[str]:
        """The lines that change, as they are and as they will be."""
        old, new = self.text.split("\n"), self.after.split("\n")
        path = new_path or self.path
        return difflib.unified_diff(old, new, self.path, path, n=0, lineterm="")

    def line_of(self, offset: int) -> int:
        """The line of an offset in its text, from 1."""
        return self.text.count("\n", 0, offset) + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a place in its text; both count from 1."""
        start = 0
        for _ in range(line - 1):
            start = self.text.index("\n", start) + 1
        return start + column - 1


class Files:
    """All content files that were asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._files: dict[str, File] = {}

    def __getitem__(self, path: str) -> File:
        if path not in self._files:
            self._files[path] = File(path, self._library.text_of(path))
        return self._files[path]

    @property
    def changed(self) -> list[File]:
        """Those that change, by path."""
        return [file for _, file in sorted(self._files.items()) if file.splices]

    def edits(self, content: Mapping[str, Found]) -> dict[str, Edit]:
        """The changes to be written, by path; `content` has the files as they were found."""
        return {
            file.path: respliced(content[file.path], file.text, file.splices)
            for file in self.changed
        }


def new_path(path: str, slug: str) -> str:
    """The path of a file that holds one entity, when that gets another slug."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{slug.rpartition('/')[2]}.{name.rpartition('.')[2]}"
