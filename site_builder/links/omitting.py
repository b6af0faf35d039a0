"""What of a source's file is not the document's: `omit`."""

from __future__ import annotations

import re

from site_builder.sources.text_form import read
from site_builder.text import lazily
from site_builder.text.bounds import is_bound
from site_builder.text.same import APOSTROPHES, DASHES, DOUBLE_MARKS, HYPHENS, same

_MARK_LINE = r"(?<=\n)[ \t]*\[(?:omit\][^\n]*\n|[^\[\]\n]{1,120}\][ \t]*\n?)"
"""What looks like a mark at the beginning of a line, with its line if nothing else is on it."""
_CHOICES = {
    " ": rf"\s+(?:{_MARK_LINE}\s*)*",
    "'": f"['{APOSTROPHES}]",
    '"': f'["{DOUBLE_MARKS}]',
    "-": f"[-{HYPHENS}{DASHES}]",
}
_NUMBER = r"\d+(?:[.,]\d+)*"
_ANYTHING = r"[^\n]{0,200}?"


def without(text: str, omit: str) -> str | None:
    """A text without a stretch, wherever it stands, or without the lines of a form; None if it has none such.

    A stretch may go on behind a mark, as on the next page; the mark stays. With `#`, a number, or `*`, anything, the whole line has to be of this form; else the words
    have to be whole words.
    """
    wanted = same(omit)
    if not wanted:
        return None
    is_line = "#" in wanted or ("*" in wanted and any(c.isalnum() for c in wanted))
    pieces = [_of(character, is_line=is_line) for character in wanted]
    pattern = "".join(pieces)
    if is_line:
        pattern = rf"^[^\S\n]*{pattern}[^\S\n]*$"
    kept: list[str] = []
    done = 0
    for match in lazily.pattern(pattern, re.MULTILINE).finditer(text):
        start, end = match.span()
        if not is_line and not (is_bound(text, start) and is_bound(text, end)):
            continue
        inner = re.findall(_MARK_LINE, text[start:end])
        if not all(map(_is_mark, inner)):
            continue
        start, end = _with_its_line(text, start, end)
        kept.append(text[done:start])
        if inner:
            begins = "" if text[:start].endswith("\n") or not start else "\n"
            kept.append(begins + "".join(f"{mark.strip()}\n" for mark in inner))
        done = end
    if not kept:
        return None
    kept.append(text[done:])
    return "".join(kept)


def _is_mark(line: str) -> bool:
    form = read(line.strip())
    return bool(form.marks) or not form.words.strip()


def _of(character: str, *, is_line: bool) -> str:
    if is_line and character == "#":
        return _NUMBER
    if is_line and character == "*":
        return _ANYTHING
    if is_line and character == " ":
        return r"\s+"
    return _CHOICES.get(character) or re.escape(character)


def _with_its_line(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that has its lines for itself, with the end of the last one."""
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    after = len(text) if after < 0 else after
    if text[before:start].strip() or text[end:after].strip():
        return start, end
    return before, min(after + 1, len(text))
