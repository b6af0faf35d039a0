"""Front matter and body of a Markdown file.

Front matter is YAML between a first line `---` and the next line `---`, as in Jekyll, Hugo and
MkDocs. A file without it is all body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_builder.diagnostics import Diagnostic, Location
from site_builder.reading.files import line_of

_OPEN = re.compile(r"---[ \t]*(?:\n|$)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LATE = re.compile(r"\s*\n---[ \t]*\n")


@dataclass(frozen=True)
class Parts:
    """The two parts of a file, each with the line (from 1) it begins at."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(path: str, text: str) -> tuple[Parts, Diagnostic | None]:
    """Front matter and body of `text`, and what is wrong with the fence."""
    if not _OPEN.match(text):
        problem = None
        if _LATE.match(text):
            line = text.split("---", maxsplit=1)[0].count("\n") + 1
            problem = Diagnostic(
                "front-matter",
                "front matter must begin on the first line",
                Location(path, line, 1, 3, line_of(text, line)),
                hint="delete the empty lines before '---'",
            )
        return Parts("", 1, text, 1), problem
    start = text.find("\n") + 1
    close = _CLOSE.search(text, start) if start else None
    if close is None:
        return Parts("", 1, "", 1), Diagnostic(
            "front-matter",
            "front matter begins here and does not end",
            Location(path, 1, 1, 3, line_of(text, 1)),
            hint="put a line of three hyphens (---) after it",
        )
    yaml = text[start : close.start()]
    body = text[close.end() + 1 :]
    return Parts(yaml, 2, body, text.count("\n", 0, close.end()) + 2), None
