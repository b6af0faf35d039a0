"""Bytes to text: UTF-8, or why not, in words."""

from __future__ import annotations

import re
import unicodedata

from site_builder.diagnostics import Diagnostic, Location

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff]")

_NAMES = {
    "\x00": "NUL",
    "\x07": "bell",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    "\ufeff": "a byte order mark",
}

_KINDS_OF_FILES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)


def decoded(path: str, data: bytes) -> str | Diagnostic:
    """The text of UTF-8 bytes, its line ends as LF, without a byte order mark.

    A page break is white space. Other control characters than tab, line feed and carriage return
    are refused, as they are in YAML 1.2 (section 5.1) and mean nothing on a page.
    """
    wrong = _no_text(data)
    if wrong:
        message = f"this is {wrong}, not plain text"
        return Diagnostic("not-utf8", message, Location(path), "save its text as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)
    control = _CONTROL.search(text)
    if control:
        return _control_character(path, text, control.start())
    return _with_plain_line_ends(text).replace("\x0c", " ")


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _no_text(data: bytes) -> str:
    """What bytes are that are no text at all, or no text of one byte a Latin letter; else ""."""
    for sign, name in _KINDS_OF_FILES:
        if data.startswith(sign):
            return name
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    beginning = data[:1000]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or beginning.count(0) * 4 > len(beginning):
        return "UTF-16"
    return ""


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    offset = len(_with_plain_line_ends(data[: error.start].decode("utf-8-sig")))
    text = _with_plain_line_ends(data.decode("utf-8-sig", "replace"))
    location = location_at(path, text, offset)
    if error.reason == "unexpected end of data":
        message = "this file ends inside a character"
        return Diagnostic("not-utf8", message, location, "save it again as UTF-8")
    message = f"this is not UTF-8: byte 0x{data[error.start]:02X}"
    hint = "save the file as UTF-8"
    guess = data[error.start : error.start + 1].decode("cp1252", "replace")
    if guess.isprintable() and guess != "\N{REPLACEMENT CHARACTER}":
        hint += f" (if it is Windows-1252 or Latin-1 now, this is '{guess}')"
    return Diagnostic("not-utf8", message, location, hint)


def _control_character(path: str, text: str, offset: int) -> Diagnostic:
    before = _with_plain_line_ends(text[:offset])
    location = location_at(path, before + text[offset:], len(before))
    message = f"a character that no text needs stands here: {name_of(text[offset])}"
    return Diagnostic("control-character", message, location, hint="delete it")


def location_at(path: str, text: str, offset: int, length: int = 1) -> Location:
    """The place of a character offset in a text."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return Location(
        path=path,
        line=text.count("\n", 0, offset) + 1,
        column=offset - start + 1,
        length=max(1, length),
        text=text[start : end if end >= 0 else len(text)].rstrip("\r"),
    )


def forbidden_character(text: str) -> str:
    """The first character of a text that no text needs, by its name; or ""."""
    control = _CONTROL.search(text)
    return name_of(control[0]) if control else ""


def name_of(character: str) -> str:
    """A character by its name and number: `escape (U+001B)`."""
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return f"{name} ({code})" if name else code
