"""Which characters differ between two names that look alike.

The difference may be a letter of another alphabet, an invisible character, a space or a hyphen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from site_builder.text.same import INVISIBLE, same

_LIKE_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝүΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιϳӏ",
    "ABESIJKMHOPCTYXaesijopcyxdhqwyABEZHIKMNOPTYXovijl",
)
"""Cyrillic and Greek letters that look like Latin ones (from Unicode's confusables.txt)."""
_LONGEST = 200


def looks(name: str) -> str:
    """A key that is equal for names that look the same."""
    return same(name).translate(_LIKE_LATIN)


def difference(name: str, other: str) -> str:
    """The first difference between two names that look alike, in words; "" if they look different."""
    if name == other or max(len(name), len(other)) > _LONGEST or looks(name) != looks(other):
        return ""
    one, two = same(name), same(other)
    if one == two:  # they differ only where every character counts, as in a slug
        one, two = name, other
    at = 0
    while one[at : at + 1] == two[at : at + 1] != "":
        at += 1
    own, others = _cluster(one, at), _cluster(two, at)
    if own[:1] in INVISIBLE and others[:1] not in INVISIBLE:
        others = ""
    elif others[:1] in INVISIBLE and own[:1] not in INVISIBLE:
        own = ""
    return f"this has {_named(own)}, and that {_named(others)}"


def named(character: str) -> str:
    """A character's name and code point: `escape (U+001B)`."""
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return f"{name} ({code})" if name else code


def _cluster(text: str, at: int) -> str:
    """The character at an offset with its combining marks; "" at the end."""
    if at >= len(text):
        return ""
    start = at
    while start > 0 and unicodedata.combining(text[start]):
        start -= 1
    end = start + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[start:end]


def _named(characters: str) -> str:
    return " and ".join(map(named, characters)) or "nothing there"


_NAMES: Mapping[str, str] = {
    "\x00": "NUL",
    "\x07": "bell",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    "\ufeff": "a byte order mark",
}
