"""The normal form in which quotations are compared with their sources.

It goes further than `text.same`: all quotation marks are equal, single and double, and so are all
dashes, with or without spaces; spaces next to them, next to `…`, inside brackets or before most
punctuation are ignored. A word that is hyphenated at a line break is one word. In scripts without
spaces, a line break is not a space.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from site_builder.text import lazily
from site_builder.text.bounds import UNSPACED, is_bound
from site_builder.text.same import Form, form, rewritten
from site_builder.values import NamedTuple

MARK = "'"
"""The character that replaces any quotation mark or apostrophe."""
ELLIPSIS = "…"
_FOOT, _INCH = "\ue032", "\ue033"
NO_CHARACTER = "\ue034"
"""Replaces a character of a source that could not be read."""
FEET_OR_INCHES = lazily.pattern(f"[{_FOOT}{_INCH}]")
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
WIDE_ENDS, WIDE_BEGINS = "。！？，、；：」』）】》", "「『（【《"
"""Punctuation that takes the room of a letter in scripts without spaces, so that none follows or precedes it."""

_FIRST = lazily.pattern(
    "|".join(
        [
            "′",
            "″",
            "\ufffd",
            "\ufffe",
            *(rf"{mark}(?<=\d{mark})(?![^\W\d])" for mark in "'’\"”"),
            *(rf"{mark}(?<=\S{mark})[ \t]*[{_BREAKS}]\s*(?=[^\W\d_])" for mark in "-‐\u00ad"),
            *(
                rf"{mark}(?<=[{UNSPACED}{WIDE_ENDS}]{mark})\s*(?=[{UNSPACED}{WIDE_BEGINS}])"
                for mark in _BREAKS
            ),
        ]
    )
)
"""Matches what depends on line breaks, or would be lost in the form of `text.same`. Each alternative begins
with a different character, which makes the search fast."""
_SECOND = lazily.pattern(
    r" \.(?:\.{2,}| \. \.(?: \.)?) ?|\.(?:\.{2,}| \. \.(?: \.)?) ?"
    r"| '(?: ?')* ?|'(?: ?')+ ?|' | -+ ?|-(?:-+ ?| )"
    r"| (?=[,.;:!?%)\]}])|\( |\[ |\{ "
)
"""Spaces that are ignored, and marks of several characters."""
_REACH = 300
"""How far before a mark after a number the quotation that it closes may begin, in characters."""
_OPENS = {
    "double": lazily.pattern(r"(?<!\w)[\"“„”](?=\w)"),
    "single": lazily.pattern(r"(?<!\w)['‘‚](?=\w)"),
}
_CLOSES = {
    "double": lazily.pattern(r"(?<=[\w.,!?])[\"”“](?!\w)"),
    "single": lazily.pattern(r"(?<=[\w.,!?])['’](?!\w)"),
}


class Compared(NamedTuple):
    """A text in its normal form, with the way back to the original."""

    form: Form
    joined: array[int]
    """Offsets in the original of hyphens that may belong to the word, or only to the line break."""

    @property
    def text(self) -> str:
        """The normal form."""
        return self.form.text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The start and end in the original of a range of the normal form."""
        return self.form.start(start), self.form.end(end)

    def is_bound(self, original: str, at: int) -> bool:
        """Whether a quotation may begin or end at an offset of the normal form."""
        if not 0 < at < len(self.form.text):
            return True
        start = self.form.start(at)
        if self.form.start(at - 1) == start:  # within what is one character in the original
            return False
        end = self.form.end(at)
        return is_bound(original, start, quotation=True) and (
            end == start or is_bound(original, end, quotation=True)
        )

    def may_have_hyphen(self, at: int) -> bool:
        """Whether a hyphen at a line break was removed before a character of the normal form."""
        start, end = self.form.end(at), self.form.start(at)
        found = bisect_left(self.joined, start)
        return found < len(self.joined) and self.joined[found] < end


def compared(text: str, *, primes: bool = True) -> Compared:
    """The normal form of a text.

    A mark after a number that closes no quotation means feet or inches, unless `primes` is false.
    """
    joined = array("I")

    def first(match: re.Match[str]) -> str:
        found, at = match[0], match.start()
        if found == "\ufffd":
            return NO_CHARACTER
        if found in "′″":
            return _FOOT if found == "′" else _INCH
        if found in "'’\"”":
            family = "single" if found in "'’" else "double"
            if not primes or _closes(text, at, family):
                return MARK
            return _FOOT if family == "single" else _INCH
        if found[0] not in "-‐\u00ad\ufffe":
            return ""
        if found[0] == "\u00ad":
            return ""
        if not _is_broken(text, at, match.end()):
            return "-"
        joined.append(at)
        return ""

    made = rewritten(text, _FIRST, first)
    second = form(made.text)
    third = rewritten(second.text.replace('"', MARK), _SECOND, _spaced)
    return Compared(_chained(made, second, third), joined)


def _chained(first: Form, second: Form, third: Form) -> Form:
    deepest = second.inner._replace(inner=first) if second.inner else first
    return third._replace(inner=second._replace(inner=deepest))


def _closes(text: str, at: int, family: str) -> bool:
    before = text[max(0, at - _REACH) : at]
    opened = len(_OPENS[family].findall(before))
    return opened > len(_CLOSES[family].findall(before))


def _is_broken(text: str, at: int, end: int) -> bool:
    """Whether a hyphen at a line break may come from the break: a small letter follows, or all is capitals."""
    after = text[end : end + 1]
    return after.islower() or (
        after.isupper() and text[at - 1].isupper() and text[at - 2 : at].isupper()
    )


def without_spaces(text: str) -> str:
    """A text without spaces between letters of scripts without spaces, where a source line may have ended."""
    return _SPACE_BETWEEN_UNSPACED.sub("", text)


_SPACE_BETWEEN_UNSPACED = lazily.pattern(rf"(?<=[{UNSPACED}。、,;:!?]) (?=[{UNSPACED}])")


def _spaced(match: re.Match[str]) -> str:
    bare = match[0].strip()
    if not bare:
        return ""
    return ELLIPSIS if bare[0] == "." else bare[0]
