"""Findings about one Markdown text, and their places in its file."""

from __future__ import annotations

from site_builder.diagnostics import Diagnostic, Location, Severity, note


class Findings:
    """Collects findings about one text in `problems`.

    `first_line` is the line of the file, from 1, at which the text begins. It is 0 for prose in YAML, where
    places are columns of the value.
    """

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.first_line = first_line
        self.problems: list[Diagnostic] = []
        self.cell = (-1, 0)
        """In a table: the line of the current row, and the column from which to look for its next cell."""
        self.cut_row = -1
        """The line of a table row that has been reported as cut."""

    def pass_cell(self, line: int, content: str) -> None:
        """Moves on to the next cell of a table row."""
        end = self.cell[1]
        written = content.replace("|", "\\|")
        found = self.lines[line].find(written, end) if line == self.cell[0] else -1
        self.cell = (line, found + len(written) if found >= 0 else end)

    def is_cut(self, line: int) -> bool:
        """Whether a table row has been reported as cut; other problems in it are consequences."""
        return line == self.cut_row

    def place(self, content: str, line: int, start: int, end: int) -> tuple[int, int, int]:
        """Line, column and length in the file of a range of an inline text that begins at `line`."""
        if not self.first_line:
            return 0, start + 1, end - start
        line_start = content.rfind("\n", 0, start) + 1
        line_end = content.find("\n", start)
        text = content[line_start : line_end if line_end >= 0 else len(content)]
        number = line + content.count("\n", 0, start)
        source = self.lines[number] if number < len(self.lines) else ""
        # A continuation line may begin with spaces in the content, too: they are part of the indent.
        line_start += len(text) - len(text.lstrip())
        indent = self._indent(source, text.strip(), number)
        length = min(end, line_end if line_end >= 0 else end) - start
        if number == self.cell[0]:  # in a table, each bar of a text has a backslash
            indent += content.count("|", line_start, start)
            length += content.count("|", start, start + length)
        return self.first_line + number, max(0, indent + start - line_start) + 1, max(1, length)

    def line_place(self, line: int, found: str) -> tuple[int, int, int]:
        """Line, column and length in the file of the text `found` in a line, which counts from 0."""
        column = self.lines[line].find(found) + 1
        return self.first_line + line, max(1, column), len(found) if column else 1

    def _indent(self, source: str, text: str, number: int) -> int:
        """The column where inline text begins in its line of the file, after list and quotation markers."""
        if number == self.cell[0]:  # the cells of a row are on one line
            return max(source.find(text.replace("|", "\\|"), self.cell[1]), 0)
        stripped = source.rstrip()
        return len(stripped) - len(text) if stripped.endswith(text) else max(source.find(text), 0)

    def report(
        self, place: tuple[int, int, int], code: str, message: str, hint: str, severity: Severity
    ) -> None:
        """Adds a finding at a place: line, column and length in the file."""
        number = place[0] - self.first_line
        shown = self.lines[number] if 0 <= number < len(self.lines) else ""
        location = Location(self.path, *place, shown)
        note(self.problems, Diagnostic(code, message, location, hint, severity))
