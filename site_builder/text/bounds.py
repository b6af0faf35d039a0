"""Word boundaries, for names in texts and for quotations from sources.

They follow Unicode Standard Annex #29, except in scripts without spaces between words, where there is
a boundary on both sides of each letter with its marks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from site_builder.text import lazily
from site_builder.text.same import INVISIBLE

_UNSPACED = (
    (0x0E01, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x19E0, 0x19FF),
    (0x2E80, 0x2FDF),  # Han: radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x303B),
    (0x3041, 0x309F),  # Hiragana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
UNSPACED = "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED)
"""The same as ranges for a character class of a regular expression."""
_KATAKANA = ((0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
_WRITTEN_BEFORE = "\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
"""Thai and Lao vowels that are written before their consonant."""
_WRITTEN_AFTER = "\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3"
_STACKING = "\u1039\u17d2"
"""Signs that stack the next letter below the one before."""

_APOSTROPHES = "'’‘ʼʻ＇"
_HYPHENS = "-‐‑﹣－\ufffe"
_SIGNS = "-−–﹣－+±"
_IN_WORDS = ".．·‧"
"""Marks, other than apostrophes, that join the letters on both sides to one word."""
_IN_NUMBERS = ".,．，;٫٬"
_IN_QUOTED_NUMBERS = _IN_NUMBERS + _APOSTROPHES + ":/–"
_ELISION = lazily.pattern(
    r"(?<![^\W_])(?:[cdjlmnstv]|(?:jus|lors|puis|quoi|pres)?qu|entr|un|ciascun|nessun"
    r"|(?:a|co|da|de|e|ne|que|su)?ll|(?:de|ne|su|da|a)?gl|tutt|anch|sant|senz|quest|quant|cos|com|dov)$",
    re.IGNORECASE,
)
"""French, Italian and Catalan words that lose their last vowel before an apostrophe and a word."""
_LONGEST_ELISION = 9
_VOWELS = frozenset("aeiouyhàâäáæèéêëìíîïòóôöœùúûü")
_CONTRACTED = lazily.pattern(r"(?:ll|re|ve|[tdm])(?![^\W_])", re.IGNORECASE)
"""English contractions, after the apostrophe: they make a different word."""
_MOST_MARKS = 64
"""The most marks on one letter."""


def is_bound(text: str, at: int, *, quotation: bool = False) -> bool:
    """Whether a word may begin or end at an offset of a text.

    With `quotation`, the offset may also not be at a hyphen, inside a number or before an apostrophe.
    """
    if not quotation and 0 < at < len(text) and text[at].isascii() and " " in text[at - 1 : at + 1]:
        return True  # a shortcut for most boundaries
    left, right = _before(text, at), _after(text, at)
    if left < 0 or right >= len(text):
        return True
    kinds = _kind(text[left]), _kind(text[right])
    if kinds[1] == "mark":
        return False
    if kinds[0] and kinds[1]:
        return _divides(text, left, right, *kinds)
    if quotation and not _may_cut(text, left, right):
        return False
    if not kinds[0] and not kinds[1]:
        return True
    joint = right if kinds[0] else left
    first, last = _before(text, joint), _after(text, joint + 1)
    if first < 0 or last >= len(text):
        return True
    return not _is_joined(text, (first, joint, last), begins=joint == left, quotation=quotation)


def is_mark(character: str) -> bool:
    """Whether a character belongs to the letter before it, as an accent or vowel sign does."""
    return _kind(character) == "mark"


def _before(text: str, at: int) -> int:
    """The offset of the last character before `at` that is not a mark, or -1."""
    index = at - 1
    while index >= 0 and at - index < _MOST_MARKS and _passed(text[index]):
        index -= 1
    return index


def _after(text: str, at: int) -> int:
    """The offset of the first character from `at` on that has a width, as marks do."""
    index = at
    while index < len(text) and index - at < _MOST_MARKS and text[index] in _WITHOUT_WIDTH:
        index += 1
    return index


_WITHOUT_WIDTH = frozenset(INVISIBLE)


def _passed(character: str) -> bool:
    return character in _WITHOUT_WIDTH or _kind(character) == "mark"


@lru_cache(maxsize=10_000)
def _kind(character: str) -> str:
    """A character's class for word boundaries: a kind of letter, a digit, a mark, or "" for anything else."""
    category = unicodedata.category(character)
    if category[0] == "M":
        return "mark"
    if character in _APOSTROPHES:
        return ""
    code = ord(character)
    if any(first <= code <= last for first, last in _KATAKANA):
        return "katakana"
    if character.isalpha() and any(first <= code <= last for first, last in _UNSPACED):
        return "unspaced"
    if "\u0400" <= character <= "\u052f":
        return "cyrillic"
    if "\u05d0" <= character <= "\u05ea":
        return "hebrew"
    if character.isnumeric():
        return "digit"
    return "letter" if character.isalpha() or category == "Pc" else ""


_LETTERS = frozenset(("letter", "cyrillic", "hebrew"))


def _divides(text: str, left: int, right: int, before: str, after: str) -> bool:
    """Whether there is a boundary between two letters or digits."""
    if "unspaced" in (before, after):
        follows_vowel = text[left] in _WRITTEN_BEFORE or text[right] in _WRITTEN_AFTER
        return not follows_vowel and text[right - 1] not in _STACKING
    return "katakana" in (before, after) and before != after


def _is_joined(text: str, places: tuple[int, int, int], *, begins: bool, quotation: bool) -> bool:
    """Whether a mark between two characters joins them to one word, so that no word begins or ends at it."""
    first, joint, last = places
    mark = text[joint]
    before, after = _kind(text[first]), _kind(text[last])
    if before == after == "digit":
        return mark in (_IN_QUOTED_NUMBERS if quotation else _IN_NUMBERS)
    if before not in _LETTERS or after not in _LETTERS:
        return False
    if before == after == "hebrew" and mark in "\"״׳'":
        return True
    if mark not in _APOSTROPHES:
        return mark in _IN_WORDS or (quotation and mark == ":")
    if before == after == "cyrillic":
        return True
    if begins:
        head = text[max(0, joint - _LONGEST_ELISION) : joint]
        return not (text[last].lower() in _VOWELS and _ELISION.search(head))
    return quotation or _CONTRACTED.match(text, last) is not None


def _may_cut(text: str, left: int, right: int) -> bool:
    """Whether hyphens and numbers allow a quotation to begin or end here."""
    if text[left] in _SIGNS and _kind(text[right]) == "digit":
        sign_of = _before(text, left)
        if sign_of < 0 or not _kind(text[sign_of]):
            return False
    if text[left].isspace() or text[right].isspace():
        start = max(0, left - _REACH)
        groups = _GROUPS.finditer(text, start, right + _REACH)
        if any(
            group.start() < right < group.end() or group.start() <= left < group.end() - 1
            for group in groups
        ):
            return False
    return not _is_at_hyphen(text, left, right)


def _is_at_hyphen(text: str, left: int, right: int) -> bool:
    """Whether a hyphen that joins two words, perhaps over a line break, is on either side."""
    hyphen = right
    if text[right] not in _HYPHENS:
        hyphen = _not_space_before(text, left) if text[left].isspace() else left
        if hyphen < 0 or text[hyphen] not in _HYPHENS:
            return False
        if "\n" not in text[hyphen:right] and hyphen != left:
            return False
    first, last = _before(text, hyphen), _after(text, hyphen + 1)
    ended = _LINE_END.match(text, hyphen + 1)
    if ended:
        last = _after(text, ended.end())
    return first >= 0 and last < len(text) and bool(_kind(text[first]) and _kind(text[last]))


def _not_space_before(text: str, at: int) -> int:
    index = at
    while index >= 0 and at - index < _MOST_MARKS and text[index].isspace():
        index -= 1
    return index


_REACH = 8
_GROUPS = lazily.pattern(r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)")
"""A number with spaces as thousands separators."""
_LINE_END = lazily.pattern(r"[ \t]*\r?\n\s*")
