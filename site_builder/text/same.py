"""The normal form in which texts are compared: whether two texts have the same words.

It ignores Unicode composition, the kinds of apostrophes, quotation marks, hyphens, dashes and spaces,
ligatures, presentation forms, and full and half width. It drops soft hyphens and other characters
without width. Letters, digits, case and accents must be the same.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from site_builder.text import lazily
from site_builder.values import NamedTuple

DOUBLE_MARKS = "“”„‟«»〝〞〟"
APOSTROPHES = "‘’‚‛‹›ʼʻ`´′"
HYPHENS = "‐‑"
DASHES = "‒–—―−"
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069"
    "\u206a\u206b\u206c\u206d\u206e\u206f\u0640\ufe0e\ufe0f\ufeff"
)
"""Characters that are dropped: without width, or only there to stretch a word (tatweel)."""

_ONE_TO_ONE = {
    **dict.fromkeys(DOUBLE_MARKS, '"'),
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(HYPHENS + DASHES, "-"),
    **dict.fromkeys(
        "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000", " "
    ),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
}
_COMPATIBLE = "\ufb00-\ufdff\ufe10-\ufe6f\ufe70-\ufefc\uff01-\uffee"
"""Ligatures, presentation forms, full-width and half-width forms."""
_SPECIAL = lazily.pattern(
    rf"[\s{INVISIBLE}…{_COMPATIBLE}]"
    rf"(?:(?<=[\s{INVISIBLE}])[\s{INVISIBLE}]+|(?<=[{_COMPATIBLE}])[\uff9e\uff9f]|(?<! ))"
)
"""Matches whatever the normal form replaces: anything but letters, punctuation and single spaces."""
_LONG = 2_000
"""The length from which it is faster to search for each special character separately."""
_ODDER = ("  ", "…", *INVISIBLE)
_COMPATIBLE_ONE = lazily.pattern(f"[{_COMPATIBLE}]")
_ODD = ("  ", "`", *"\t\r\x0b\x0c\x1c\x1d\x1e\x1f")
"""What the normal form replaces in ASCII, apart from line breaks."""


class Form(NamedTuple):
    """A text in its normal form, with the origin of its characters.

    It consists of runs: `starts` holds their offsets, `origins` their offsets in the original, and
    `ends` the end in the original, or 0 if a run kept its length. All three are empty if the text
    did not change. `inner` is set if the original is itself the normal form of another text.
    """

    text: str
    starts: array[int] = array("I")
    origins: array[int] = array("I")
    ends: array[int] = array("I")
    inner: Form | None = None

    def start(self, offset: int) -> int:
        """The offset in the original of the character at `offset`."""
        if self.starts:
            at = bisect_right(self.starts, offset) - 1
            offset = self.origins[at] + (0 if self.ends[at] else offset - self.starts[at])
        return self.inner.start(offset) if self.inner else offset

    def end(self, offset: int) -> int:
        """The offset in the original after the character before `offset`."""
        if self.starts:
            at = bisect_right(self.starts, offset - 1) - 1
            offset = self.ends[at] or self.origins[at] + offset - self.starts[at]
        return self.inner.end(offset) if self.inner else offset


def rewritten(
    text: str, special: re.Pattern[str], replaced: Callable[[re.Match[str]], str]
) -> Form:
    """Replaces each match of `special` in a text."""
    pieces: list[str] = []
    starts, origins, ends = array("I", [0]), array("I", [0]), array("I", [0])
    size = done = 0
    for match in special.finditer(text):
        start, end = match.span()
        new = replaced(match)
        pieces.append(text[done:start])
        pieces.append(new)
        size += start - done
        if len(new) != end - start:
            for at in range(size, size + len(new)):
                starts.append(at)
                origins.append(start)
                ends.append(end)
            starts.append(size + len(new))
            origins.append(end)
            ends.append(0)
        size += len(new)
        done = end
    if not pieces:
        return Form(text)
    pieces.append(text[done:])
    return Form("".join(pieces), starts, origins, ends)


def form(text: str) -> Form:
    """A text in its normal form."""
    if text.isascii():
        spaced = text.replace("\n", " ")
        for odd in _ODD:
            if odd in spaced:
                break
        else:
            return Form(spaced)
    composed = None
    if not unicodedata.is_normalized("NFC", text):
        composed = rewritten(text, _decomposed(text), _composed)
        text = composed.text
    is_long = len(text) > _LONG
    for character in _ONE_TO_ONE if is_long else set(text) & _ONE_TO_ONE.keys():
        if character in text:
            text = text.replace(character, _ONE_TO_ONE[character])
    if is_long and not any(odd in text for odd in _ODDER) and not _COMPATIBLE_ONE.search(text):
        return Form(text, inner=composed)
    made = rewritten(text, _SPECIAL, _replaced)
    return made._replace(inner=composed) if composed else made


@lru_cache(maxsize=100_000)
def same(text: str) -> str:
    """A short text, such as a name, in its normal form, without origins."""
    return form(text).text.strip()


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """The normal form of a short text, with case folded."""
    is_plain = text.isascii() and text.replace("-", "").isalnum()  # as slugs are
    return text.lower() if is_plain else same(text).casefold()


def _replaced(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) == 1:
        return _single(found)
    if found[0] >= "\ufb00" and not found.isspace() and found[0] not in INVISIBLE:
        return unicodedata.normalize("NFKC", found)
    return " " if any(character.isspace() for character in found) else ""


@lru_cache(maxsize=10_000)
def _single(character: str) -> str:
    if character.isspace():
        return " "
    if character in INVISIBLE:
        return ""
    compatible = unicodedata.normalize("NFKC", character)
    return "".join(_ONE_TO_ONE.get(one, one) for one in compatible)


def _decomposed(text: str) -> re.Pattern[str]:
    """A pattern for the characters of a text that NFC changes, each with its combining marks."""
    characters = sorted(set(text))
    marks = "".join(c for c in characters if _joins(c))
    alone = "".join(c for c in characters if not unicodedata.is_normalized("NFC", c))
    choices = [f"[^{marks}][{marks}]+"] if marks else []
    choices += [f"[{alone}]"] if alone else []
    return re.compile("|".join(choices), re.DOTALL)


def _joins(character: str) -> bool:
    """Whether a character can combine with the one before it: a combining mark, or part of a Korean syllable."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])
