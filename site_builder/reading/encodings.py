"""Decodes UTF-8, and explains what is wrong with bytes and characters."""

from __future__ import annotations

import re
from collections.abc import Callable

from site_builder.diagnostics import Diagnostic, Location, Severity, note
from site_builder.reading.conflicts import without_conflicts
from site_builder.text import lazily
from site_builder.text.alike import named
from site_builder.values import NamedTuple

_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff]")
"""Control characters other than tabs and line breaks, and code points that are not characters."""
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
"""Line and page breaks of word processors, terminals and page layout programs."""
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""A byte order mark, which is left where two files were joined."""
_UNREAD = "\N{REPLACEMENT CHARACTER}"
"""What programs write in place of a character they could not read."""
_LINE_END_HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen at a line break."""

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


class Decoded(NamedTuple):
    """The text of a file, or None if it can't be decoded, and findings about its characters."""

    text: str | None
    problems: tuple[Diagnostic, ...] = ()


def decoded(path: str, data: bytes) -> Decoded:
    """Decodes a content file in UTF-8: line breaks become LF, and byte order marks are removed.

    Vertical tabs, page breaks and the line separators of Unicode become spaces. Control characters other
    than tab, line feed and carriage return are errors, as in YAML 1.2 (section 5.1), and are removed so
    that the rest can be read. `as_written` turns a place in the result into a place in the file.
    """
    return _decoded(path, data, _content)


def decoded_source(path: str, data: bytes) -> Decoded:
    """Decodes the text of a source in UTF-8. Somebody else wrote it, so its characters are never errors.

    Vertical tabs, page breaks and the line separators of Unicode become line breaks. Byte order marks are
    removed, and so are control characters, with a warning. U+FFFD, which another program wrote for a
    character it could not read, stays; there is one warning for each file.
    """
    return _decoded(path, data, _source)


def _decoded(path: str, data: bytes, cleaned: Callable[[str, str], Decoded]) -> Decoded:
    text = _text(path, data)
    if isinstance(text, Diagnostic):
        return Decoded(None, (text,))
    text, conflicts = without_conflicts(path, text)
    if not _ODD.search(text):
        return Decoded(text, conflicts)
    whole, problems = cleaned(path, text)
    return Decoded(whole, (*conflicts, *problems))


def _text(path: str, data: bytes) -> str | Diagnostic:
    """The text of UTF-8 bytes, with line breaks as LF, or a finding."""
    wrong = _kind_of_file(data)
    if wrong:
        message = f"this is {wrong}, not plain text"
        return Diagnostic("not-utf8", message, Location(path), "save the text as UTF-8")
    try:
        return _with_plain_line_ends(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)


def _content(path: str, text: str) -> Decoded:
    problems: list[Diagnostic] = []
    unread = ""
    for odd in _ODD.finditer(text):
        name = named(odd[0])
        if odd[0] in _BREAKS or odd[0] == _MARK or name == unread:
            continue
        if odd[0] == _UNREAD:
            unread = name
            message = f"another program could not read a character here: {name}{_more(text, odd)}"
            hint = "write the right character"
        else:
            message = f"this character is not allowed in a text: {name}"
            hint = "delete it"
        place = location_at(path, text, odd.start())
        note(problems, Diagnostic("control-character", message, place, hint))
    return Decoded(without_odd_characters(text), tuple(problems))


def _source(path: str, text: str) -> Decoded:
    problems: list[Diagnostic] = []
    told = {*_BREAKS, _MARK, _LINE_END_HYPHEN}
    for odd in _ODD.finditer(text):
        if odd[0] in told:
            continue
        told.add(odd[0])
        name = f"{named(odd[0])}{_more(text, odd)}"
        if odd[0] == _UNREAD:
            message = f"another program could not read a character here: {name}"
            hint = "compare it with the original; words that contain it can't be quoted"
        else:
            message, hint = f"a control character is removed from this text: {name}", "delete it"
        place = location_at(path, text, odd.start())
        problems.append(Diagnostic("control-character", message, place, hint, Severity.WARNING))
    return Decoded(_ODD.sub(_in_source, text), tuple(problems))


def _more(text: str, odd: re.Match[str]) -> str:
    """How often a character occurs in a text, in words; "" if once."""
    count = text.count(odd[0])
    return f", the first of {count:,}" if count > 1 else ""


def _in_source(found: re.Match[str]) -> str:
    """The replacement of a special character in a source."""
    odd, text = found[0], found.string
    if odd in _BREAKS:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        is_beside_another = before == "\n" or after in ("\n", "")
        return " " if is_beside_another else "\n\n" if odd == "\u2029" else "\n"
    if odd == _LINE_END_HYPHEN:
        return "-"
    return odd if odd == _UNREAD else ""


_COLOUR = r"\x1b\[[0-9;]*[A-Za-z]"
"""Escape sequences that colour a terminal."""
_LEFT_OUT = lazily.pattern(
    rf"^[{_BREAKS}]+(?=.)|{_COLOUR}|(?![{_BREAKS}{_UNREAD}]){_ODD.pattern}", re.MULTILINE
)
_AS_SPACES = lazily.pattern(f"[{_BREAKS}]")


def without_odd_characters(text: str) -> str:
    """An author's text with spaces in place of unusual line breaks, and without control characters.

    At the beginning of a line an unusual line break is removed, because a space would indent the line.
    """
    return _AS_SPACES.sub(" ", _LEFT_OUT.sub("", text)) if _ODD.search(text) else text


def lines_as_written(file: bytes) -> list[str]:
    """The lines of a content file, if `decoded` removes characters from it; else none."""
    try:
        text = _with_plain_line_ends(file.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return []
    return text.split("\n") if _LEFT_OUT.search(text) else []


def as_written(location: Location, line: str) -> Location:
    """A place in a decoded text as a place in its file, whose line also has the removed characters."""
    if location.text == line or location.text != without_odd_characters(line):
        return location
    gone = {at for found in _LEFT_OUT.finditer(line) for at in range(*found.span())}
    kept = [at for at in range(len(line) + 1) if at not in gone]
    first = kept[min(location.column, len(kept)) - 1]
    last = kept[min(location.column + location.length, len(kept)) - 1]
    return location._replace(column=first + 1, length=max(1, last - first), text=line)


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _kind_of_file(data: bytes) -> str:
    """The kind of file that these bytes are, if they are not text or are UTF-16 or UTF-32; else ""."""
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
        message = "this file ends in the middle of a character"
        return Diagnostic("not-utf8", message, location, "save it again as UTF-8")
    message = f"this is not UTF-8: byte 0x{data[error.start]:02X}"
    hint = "save the file as UTF-8"
    guess = data[error.start : error.start + 1].decode("cp1252", "replace")
    if guess.isprintable() and guess != _UNREAD:
        hint += f" (if it is Windows-1252 or Latin-1 now, this is '{guess}')"
    return Diagnostic("not-utf8", message, location, hint)


def location_at(path: str, text: str, offset: int, length: int = 1) -> Location:
    """The place of an offset, in characters, in a text."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return Location(
        path=path,
        line=text.count("\n", 0, offset) + 1,
        column=offset - start + 1,
        length=max(1, length),
        text=text[start : end if end >= 0 else len(text)].rstrip("\r"),
    )


def odd_character(name: str) -> str:
    """The first character that is not allowed in a file name, in words; or ""."""
    odd = _ODD.search(name)
    return named(odd[0]) if odd else ""


_FORBIDDEN = lazily.pattern(f"(?![{_BREAKS}{_MARK}]){_ODD.pattern}")


def forbidden_character(text: str) -> str:
    """The first character that is not allowed in a text and is not white space, in words; or ""."""
    odd = _FORBIDDEN.search(text)
    return named(odd[0]) if odd else ""
