"""Where in the files a value stands; worked out only when a message needs it.

YAML is imported only then, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from site_builder.diagnostics import Diagnostic, Location
from site_builder.reading.files import line_of
from site_builder.reading.front_matter import Parts, split
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple

_MOST_LINES = 500
"""Lines of a paragraph in which words are looked for."""


class Places:
    """Finds places in content files.

    `text_of` gives the text of a content file by its path. The answer is from the text as it is now;
    a file that has changed since it was loaded gives a place nearby.
    """

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._parts: dict[str, tuple[str, Parts]] = {}
        self._known: Mapping[str, Mapping[Late, Location]] = {}
        self.found: dict[str, dict[Late, Location]] = {}
        """By path: the late places that were found."""

    def recall(self, known: Mapping[str, Mapping[Late, Location]]) -> None:
        """Takes over what was found before in files that have not changed."""
        self._known = known

    def find(self, late: Late) -> Location:
        """A late place as the file is now."""
        found = self.found.setdefault(late.path, {})
        if late not in found:
            found[late] = self._known.get(late.path, {}).get(late) or late.found(self)
        return found[late]

    def text_of(self, path: str) -> str:
        """The text of a content file."""
        return self._text_of(path)

    def _yaml(self, path: str) -> tuple[str, int]:
        if path.endswith((".yaml", ".yml")):
            return self._text_of(path), 1
        parts = self._split(path)
        return parts.yaml, parts.yaml_line

    def _split(self, path: str) -> Parts:
        text = self._text_of(path)
        known = self._parts.get(path)
        if known is None or known[0] is not text:
            known = self._parts[path] = text, split(path, text)[0]
        return known[1]

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

    def cite(self, path: str, where: YamlPath, index: int, part: str = "words") -> Location:
        """The place of a citation, by its number, in a `cite` field; with `at`, that of what says where it stands."""
        from site_builder.content.citing import where_cited
        from site_builder.content.spreading import as_written
        from site_builder.reading.located_yaml import parse

        text, line = self._yaml(path)
        data = parse(path, text, line)[0]
        written = as_written(where, data)
        for step in written:
            if not isinstance(step, int) or isinstance(data, list):
                data = data[step]
        item, stretch = where_cited(data, index, part)
        where = where if item is None else (*where, item)
        if stretch is None:
            return self.value(path, (*where, part))
        return self.prose(path, where, stretch[0] + 1, stretch[1])

    def line(self, path: str, line: int, column: int, length: int) -> Location:
        """The place of a stretch of a Markdown body."""
        return Location(path, line, column, length, line_of(self._text_of(path), line))

    def words(self, path: str, line: int, words: str, number: int) -> Location:
        """The place of words of a Markdown body that stand in one line, the first one at `line` or below.

        `number` says how many times they stand there before. Words with markup in them are found by the first of them.
        """
        lines = self._text_of(path).split("\n")[line - 1 : line - 1 + _MOST_LINES]
        text = "\n".join(lines)
        at, length = place_of(text, words, number)
        below = text.count("\n", 0, at)
        return self.line(path, line + below, at - text.rfind("\n", 0, at), length)

    def words_in_body(self, path: str, line: int, words: str, number: int) -> Location:
        """As `words`, with a line that counts from 0 at the beginning of the body."""
        return self.words(path, self.body_line(path) + line, words, number)

    def body_line(self, path: str) -> int:
        """The line at which the Markdown body of a file begins."""
        return self._split(path).body_line

    def in_body(self, path: str, line: int, column: int, length: int) -> Location:
        """As `line`, which here counts from 0 at the beginning of the body."""
        return self.line(path, self.body_line(path) + line, column, length)


def place_of(text: str, words: str, number: int) -> tuple[int, int]:
    """Offset and length of words that stand in a text so many times before; of the first of them, if it has markup there."""
    for wanted in (words, " ".join(words.split(" ")[:3]), words.split(" ", 1)[0]):
        at = -1
        for _ in range(number + 1):
            at = text.find(wanted, at + 1)
            if at < 0:
                break
        if at >= 0:
            return at, len(wanted)
    return 0, 1


class Late(NamedTuple):
    """A place as it is kept from build to build: how to find it. Lines move when others are edited."""

    path: str
    method: str
    """Of `Places`."""
    arguments: tuple[Any, ...]
    length: int = 0
    """The length of what is underlined, if it is another than what is found."""

    def found(self, places: Places) -> Location:
        """The place as the file is now."""
        location: Location = getattr(places, self.method)(self.path, *self.arguments)
        return location._replace(length=self.length) if self.length else location


class LatePlaces(Places):
    """Places that are found only when they are shown: each is a `Late` for a location."""

    def __init__(self, places: Places) -> None:
        super().__init__(places._text_of)  # noqa: SLF001  # of the same class
        self._parts = places._parts  # noqa: SLF001

    def value(self, path: str, where: YamlPath) -> Location:
        """As in `Places`, but late."""
        return _late(path, "value", where)

    def key(self, path: str, where: YamlPath) -> Location:
        """As in `Places`, but late."""
        return _late(path, "key", where)

    def prose(self, path: str, where: YamlPath, column: int, length: int) -> Location:
        """As in `Places`, but late."""
        return _late(path, "prose", where, column, length)

    def cite(self, path: str, where: YamlPath, index: int, part: str = "words") -> Location:
        """As in `Places`, but late."""
        return _late(path, "cite", where, index, part)

    def words(self, path: str, line: int, words: str, number: int) -> Location:
        """As in `Places`, but late."""
        return _late(path, "words_in_body", line - self.body_line(path), words, number)

    def line(self, path: str, line: int, column: int, length: int) -> Location:
        """As in `Places`, but late."""
        return _late(path, "in_body", line - self.body_line(path), column, length)


def _late(path: str, method: str, *arguments: Any) -> Location:
    return cast("Location", Late(path, method, arguments))


def placed(findings: Iterable[Diagnostic], places: Places) -> list[Diagnostic]:
    """The findings with their places, those that are late found now."""
    return [
        row._replace(location=places.find(late)) if isinstance(late, Late) else row
        for row in findings
        for late in (cast("Late | Location", row.location),)
    ]
