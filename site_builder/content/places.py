"""Where in the files a value stands; worked out only when a message needs it.

YAML is imported only then, too.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.diagnostics import Location
from site_builder.reading.files import line_of
from site_builder.reading.front_matter import Parts, split
from site_builder.reading.yaml_path import YamlPath


class Places:
    """Finds places in content files.

    `text_of` gives the text of a content file by its path. The answer is from the text as it is now;
    a file that has changed since it was loaded gives a place nearby.
    """

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._parts: dict[str, tuple[str, Parts]] = {}

    def _yaml(self, path: str) -> tuple[str, int]:
        text = self._text_of(path)
        if path.endswith((".yaml", ".yml")):
            return text, 1
        known = self._parts.get(path)
        if known is None or known[0] is not text:
            known = self._parts[path] = text, split(path, text)[0]
        return known[1].yaml, known[1].yaml_line

    def _written(self, path: str, where: YamlPath) -> YamlPath:
        """A path in a record as a path in its file."""
        from site_builder.content.spreading import LIST, as_written

        if LIST not in where:
            return where
        from site_builder.reading.located_yaml import parse

        text, line = self._yaml(path)
        return as_written(where, parse(path, text, line)[0])

    def value(self, path: str, where: YamlPath) -> Location:
        """The place of a YAML value, or of the nearest thing above it."""
        from site_builder.reading.located_yaml import locate

        text, line = self._yaml(path)
        return locate(path, text, line, self._written(path, where))

    def key(self, path: str, where: YamlPath) -> Location:
        """The place of the key of a YAML value."""
        from site_builder.reading.located_yaml import locate

        text, line = self._yaml(path)
        return locate(path, text, line, self._written(path, where), key=True)

    def prose(self, path: str, where: YamlPath, column: int, length: int) -> Location:
        """The place of a stretch of prose in YAML: `column` counts from 1 within the value."""
        from site_builder.reading.located_yaml import locate_within

        text, line = self._yaml(path)
        return locate_within(path, text, line, self._written(path, where), (column - 1, length))

    def cite(self, path: str, where: YamlPath, index: int) -> Location:
        """The place of a citation, by its number, in a `cite` field."""
        from site_builder.content.citing import where_cited
        from site_builder.content.spreading import as_written
        from site_builder.reading.located_yaml import parse

        text, line = self._yaml(path)
        data = parse(path, text, line)[0]
        written = as_written(where, data)
        for step in written:
            if not isinstance(step, int) or isinstance(data, list):
                data = data[step]
        item, stretch = where_cited(data, index)
        where = where if item is None else (*where, item)
        if stretch is None:
            return self.value(path, (*where, "words"))
        return self.prose(path, where, stretch[0] + 1, stretch[1])

    def line(self, path: str, line: int, column: int, length: int) -> Location:
        """The place of a stretch of a Markdown body."""
        return Location(path, line, column, length, line_of(self._text_of(path), line))
