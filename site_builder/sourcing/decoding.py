"""Bytes of other people's files to text: UTF-8, UTF-16, what the file says of itself, else Windows-1252."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})|encoding=["']([\w-]{2,40})["']\s*\?>""",
    re.IGNORECASE,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(data: bytes, declared: str = "") -> str:
    """The text of a file, its line ends as LF. `declared` is what the file says of itself."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _plain(data.decode(name, "replace"))
    for name in ("utf-8", declared, "cp1252"):
        try:
            return _plain(data.decode(name))
        except (LookupError, UnicodeDecodeError):
            continue
    return _plain(data.decode("latin-1"))


def html_text_of(data: bytes) -> str:
    """The text of an HTML file."""
    declared = _CHARSET.search(data[:4_000])
    name = (declared[1] or declared[2]).decode("ascii") if declared else ""
    return text_of(data, name)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
