"""The lines of a page of a PDF, from where its characters stand."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from math import sin
from statistics import median
from typing import Any

from site_builder.values import NamedTuple

RAISED, LOWERED = "\x0e", "\x0f"
"""What stands before and behind a number in small type above the line."""
_RAISED_NUMBER = re.compile(
    rf" ?\( ?{RAISED}([^{LOWERED}]*){LOWERED} ?\)| ?{RAISED}([^{LOWERED}]*){LOWERED}"
)
"""A raised number; that of a footnote may stand in brackets, as in laws of the European Union."""
_LINE_END_HYPHENS = "\ufffe\x02\xad"
_UNREAD = "\N{REPLACEMENT CHARACTER}"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Characters that only their own type shows, such as those for bullets."""
_ACCENTS = {
    "¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303",
    "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327",
    "˛": "\u0328",
}  # fmt: skip
"""Accents that stand by themselves, and what joins them to a letter."""
_UNITS = {"km", "m", "cm", "mm", "dm", "hm", "ft", "yd", "mi", "nm", "µm", "in"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALL = 0.82
"""The height of a raised number, as a share of its line's."""
_SIDEWAYS = 0.5
_INVISIBLE = 3
"""The mode of type that is neither filled nor drawn (ISO 32000-1, table 106)."""
_WIDEST_GAP = 3.0
"""The gap within a line, in heights of it; what stands further apart is in another column."""


class Character(NamedTuple):
    """A character and its box, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """The height of its type."""
        return self.top - self.bottom


class Line(NamedTuple):
    """A line of text and its box. `size` is the height of its type."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def lines_of(page: Any) -> list[Line]:
    """The lines of a page of pdfium, in the order in which they stand in the file."""
    pieces = _pieces(_characters(page))
    joined: list[list[Character]] = []
    for piece in pieces:
        if joined and _goes_on(joined[-1], piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    lines = (_line(piece) for piece in joined)
    return [line for line in lines if line.text.strip()]


def is_read_by_ocr(page: Any) -> bool:
    """Whether the first character of a page is set in invisible type, as OCR puts it over a scan."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        if not text.count_chars():
            return False
        found = pdfium.FPDFText_GetTextObject(text, 0)
        return bool(found) and pdfium.FPDFTextObj_GetTextRenderMode(found) == _INVISIBLE
    finally:
        text.close()


def _characters(page: Any) -> list[Character]:
    """All characters of a page, with a line feed where pdfium ends a line."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    found: list[Character] = []
    turned = _turned(text)
    high = 0
    for index in range(text.count_chars()):
        if index in turned:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in {10, 13}:
            found.append(Character("\n", 0, 0, 0, 0))
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        pdfium.FPDFText_GetLooseCharBox(text, index, pointer)
        found.append(
            Character(_readable(code), box.left, box.right, *sorted((box.bottom, box.top)))
        )
    text.close()
    return found


def _turned(text: Any) -> set[int]:
    """The characters that stand sideways, as at a margin; none, if most do."""
    import pypdfium2.raw as pdfium

    count = text.count_chars()
    angles = (pdfium.FPDFText_GetCharAngle(text, index) for index in range(count))
    turned = {index for index, angle in enumerate(angles) if abs(sin(angle)) > _SIDEWAYS}
    return turned if len(turned) * 2 < count else set()


def _readable(code: int) -> str:
    """A character as it is written: hyphens at line ends as hyphens, what has no meaning as unread."""
    character = chr(code) if code < 0x110000 else _UNREAD
    if character in _LINE_END_HYPHENS:
        return "-"
    if character == "\t":
        return " "
    return _UNREAD if code < 32 or 0x7F <= code < 0xA0 or 0xFFF0 <= code <= 0xFFFF else character


def _pieces(characters: Sequence[Character]) -> list[list[Character]]:
    """The characters in pieces that stand on one line, as far as the file says so."""
    pieces: list[list[Character]] = [[]]
    last: Character | None = None
    for character in characters:
        if character.text == "\n":
            pieces.append([])
            last = None
            continue
        if not character.text.isspace():
            if last is not None and _is_below_or_above(last, character):
                pieces.append([])
            last = character
        pieces[-1].append(character)
    return [piece for piece in pieces if any(not one.text.isspace() for one in piece)]


def _is_below_or_above(last: Character, character: Character) -> bool:
    """Whether a character can't stand on the line of the one before."""
    overlap = min(last.top, character.top) - max(last.bottom, character.bottom)
    return overlap < 0.2 * min(last.height, character.height) and (
        character.left < last.right or overlap < -0.5 * max(last.height, character.height)
    )


def _goes_on(line: Sequence[Character], piece: Sequence[Character]) -> bool:
    """Whether a piece stands on the same line, right behind what is there."""
    last = next(one for one in reversed(line) if not one.text.isspace())
    first = next(one for one in piece if not one.text.isspace())
    height = max(last.height, first.height)
    overlap = min(last.top, first.top) - max(last.bottom, first.bottom)
    gap = first.left - last.right
    if _is_small_number(line, piece):
        return True
    return overlap > 0.4 * min(last.height, first.height) and (
        -0.2 * height <= gap <= _WIDEST_GAP * height
    )


def _is_small_number(line: Sequence[Character], piece: Sequence[Character]) -> bool:
    """Whether a piece is a number in small type that belongs within a line, such as the call of a footnote."""
    said = [one for one in piece if not one.text.isspace()]
    written = [one for one in line if not one.text.isspace()]
    size = median(one.height for one in written)
    bottom, top = median(one.bottom for one in written), median(one.top for one in written)
    first = said[0]
    return (
        len(said) <= 3
        and all(one.text.isdigit() for one in said)
        and first.height < _SMALL * size
        and min(top, first.top) - max(bottom, first.bottom) > 0.4 * first.height
        and min(one.left for one in written) - size < first.left
        and first.left < max(one.right for one in written) + size
    )


def _in_place(characters: Sequence[Character], raised: set[int]) -> list[Character]:
    """The characters of a line with each raised number where it stands, wherever the file has it."""
    placed: list[Character] = []
    moved: list[list[Character]] = []
    last: Character | None = None
    run: list[Character] | None = None
    for number, one in enumerate(characters):
        if id(one) not in raised:
            run = None
            placed.append(one)
            last = one if not one.text.isspace() else last
            continue
        if run is None:
            following = next((c for c in characters[number + 1 :] if not c.text.isspace()), None)
            backwards = last is not None and one.left < last.left
            ahead = last is None and following is not None and following.left < one.left
            if not backwards and not ahead:
                placed.append(one)
                last = one
                continue
            run = []
            moved.append(run)
        run.append(one)
    for run in moved:
        at = next(
            (
                number
                for number, one in enumerate(placed)
                if not one.text.isspace() and one.left + one.right > 2 * run[0].left
            ),
            len(placed),
        )
        while at and placed[at - 1].text.isspace():
            at -= 1
        placed[at:at] = run
    return placed


def _composed(characters: Sequence[Character]) -> Sequence[Character]:
    """The characters of a line with accents that are set over a letter put into it, as TeX sets them."""
    if not any(one.text in _ACCENTS for one in characters):
        return characters
    made: list[Character] = []
    accent: Character | None = None
    for one in characters:
        if one.text in _ACCENTS:
            if accent is not None:
                made.append(accent)
            accent = one
            continue
        if accent is not None and not one.text.isspace():
            middle = (accent.left + accent.right) / 2
            if one.text.isalpha() and one.left - 0.1 * one.height <= middle <= one.right:
                letter = {"ı": "i", "ȷ": "j"}.get(one.text, one.text)
                text = unicodedata.normalize("NFC", letter + _ACCENTS[accent.text])
                one = one._replace(text=text)  # noqa: PLW2901
            else:
                made.append(accent)
            accent = None
        if accent is None or not one.text.isspace():
            made.append(one)
    return [*made, accent] if accent is not None else made


def _line(characters: Sequence[Character]) -> Line:
    said = [one for one in characters if not one.text.isspace()]
    size = median(one.height for one in said)
    small = [one for one in said if one.text.isdigit() and one.height < _SMALL * size]
    bottom = median(one.bottom for one in said)
    raised = {id(one) for one in small if one.bottom > bottom + 0.05 * size}
    characters = _composed(_in_place(characters, raised) if raised else characters)
    pieces: list[str] = []
    last: Character | None = None
    for one in characters:
        if last is not None and id(last) in raised and id(one) not in raised:
            pieces.append(LOWERED)
        if id(one) in raised and (last is None or id(last) not in raised):
            pieces.append(RAISED)
        if (
            last is not None
            and not (last.text.isspace() or one.text.isspace() or id(one) in raised)
            and one.left - last.right > 0.25 * size
        ):
            pieces.append(" ")
        pieces.append(one.text)
        last = one
    if last is not None and id(last) in raised:
        pieces.append(LOWERED)
    text = " ".join("".join(pieces).split())
    return Line(
        _PRIVATE.sub(lambda match: _UNREAD if match.start() else "•", text),
        min(one.left for one in said),
        max(one.right for one in said),
        bottom,
        median(one.top for one in said),
        size,
    )


def with_calls(text: str) -> str:
    """A line with the calls of its footnotes: raised numbers that are no powers and no units."""

    def written(match: re.Match[str]) -> str:
        number = (match[1] or match[2] or "").strip()
        before = text[: match.start()].rstrip()
        word = re.split(r"[\s(/]", before)[-1].strip("([").lower()
        is_power = word in _UNITS or word[-1:].isdigit() or (len(word) == 1 and word.isalpha())
        if match[1] is None and (not word or is_power):
            return number.translate(_SUPERSCRIPTS) if word else f"{number} "
        return f"[^{number}]"

    return _RAISED_NUMBER.sub(written, text)


def without_marks(text: str) -> str:
    """A line whose raised numbers are numbers like others."""
    return text.replace(RAISED, "").replace(LOWERED, " ").rstrip()
