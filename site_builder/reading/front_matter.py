"""Splits a Markdown file into front matter and body.

Front matter is YAML between a first line `---` and the next line `---`, as in Jekyll, Hugo and
MkDocs. A file without it is all body.
"""

from __future__ import annotations

import re

from site_builder.diagnostics import Diagnostic, Location
from site_builder.reading.files import line_of
from site_builder.text import lazily
from site_builder.values import NamedTuple

_OPEN = lazily.pattern(r"---[ \t]*(?:\n|$)")
_CLOSE = lazily.pattern(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LATE = lazily.pattern(r"(?:[ \t]*\n)+---[ \t]*\n")
_LIKE_A_FENCE = lazily.pattern(
    r"^[ \t]*(?P<fence>-{2,}|[‐‑‒–—−]+-?|\+{3}|={3,}|_{3,}|\*{3,}|~{3,}|`{3}(?:ya?ml)?|;{3})[ \t]*$",
    re.MULTILINE,
)
_BURIED = lazily.pattern(
    r"^---[ \t]*\n[A-Za-z_][\w-]*:[^\n]*\n(?:[^\n]*\n)*?---[ \t]*$", re.MULTILINE
)
_FIELD = lazily.pattern(r"[A-Za-z_][\w-]*[ \t]*[:=](?:[ \t]|$)", re.MULTILINE)
_BURIED_WITHIN = 2_000
"""How far down, in characters, front matter is looked for; later lines of hyphens belong to the body."""
FENCE = "a line of exactly three hyphens (---)"


class Parts(NamedTuple):
    """The two parts of a file, each with the line, from 1, at which it begins."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(path: str, text: str) -> tuple[Parts, Diagnostic | None]:
    """The front matter and body of `text`, and a finding if the lines around the front matter are wrong.

    A file without front matter has `yaml_line` 1.
    """
    if not _OPEN.match(text):
        return Parts("", 1, text, 1), _opening_slip(path, text)
    start = text.find("\n") + 1
    close = _CLOSE.search(text, start) if start else None
    if close is None:
        return Parts("", 1, "", 1), _closing_slip(path, text, start)
    yaml = text[start : close.start()]
    body = text[close.end() + 1 :]
    return Parts(yaml, 2, body, text.count("\n", 0, close.end()) + 2), None


def fenced(yaml: str) -> str:
    """The text of a file that consists of front matter only."""
    return f"---\n{yaml}---\n"


def _opening_slip(path: str, text: str) -> Diagnostic | None:
    """A finding if the file seems to begin with front matter but is not read so."""
    late = _LATE.match(text)
    if late:
        line = text.count("\n", 0, late.end() - 1) + 1
        message = "front matter must begin on the first line of the file"
        return _problem(path, text, line, message, "delete the empty lines above it")
    first, _, rest = text.partition("\n")
    fence = _LIKE_A_FENCE.fullmatch(first)
    if fence and _FIELD.match(rest):
        message = f"front matter must begin with {FENCE}"
        hint = "front matter must be YAML, not TOML" if fence["fence"] == "+++" else ""
        return _problem(path, text, 1, message, hint)
    if first.startswith("---") and _FIELD.match(first.lstrip("- \t")):
        message = f"front matter must begin with {FENCE}, and its fields on the next line"
        return _problem(path, text, 1, message)
    buried = _BURIED.search(text[:_BURIED_WITHIN])
    if buried:
        line = text.count("\n", 0, buried.start()) + 1
        message = "front matter must begin on the first line of the file"
        return _problem(path, text, line, message, "move the text above it below the front matter")
    if _FIELD.match(first) and _CLOSE.search(text):
        message = f"front matter must begin with {FENCE}"
        return _problem(path, text, 1, message, "put the line above this one")
    return None


def _closing_slip(path: str, text: str, start: int) -> Diagnostic:
    near = _LIKE_A_FENCE.search(text, start) if start else None
    if near:
        line = text.count("\n", 0, near.start("fence")) + 1
        return _problem(path, text, line, f"front matter must end with {FENCE}")
    message = "front matter begins here, but does not end"
    return _problem(path, text, 1, message, f"put {FENCE} after its last field")


def _problem(path: str, text: str, line: int, message: str, hint: str = "") -> Diagnostic:
    shown = line_of(text, line)
    indent = len(shown) - len(shown.lstrip())
    location = Location(path, line, indent + 1, max(1, len(shown.strip())), shown)
    return Diagnostic("front-matter", message, location, hint)
