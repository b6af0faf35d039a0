"""When quoted words are those of a source: the form in which both are compared.

It is that of `text.same`, and more: all quotation marks are alike, single and double; so are all
dashes, spaced or not; no space counts beside them, beside `…`, inside brackets or before most
punctuation. A word that is broken at a line's end is one word. Text that puts no spaces between
words has none at a line's end either.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import NamedTuple

from site_builder.text import lazily
from site_builder.text.bounds import UNSPACED, is_bound
from site_builder.text.same import Form, form, rewritten

MARK = "'"
"""The character that replaces any quotation mark or apostrophe."""
ELLIPSIS = "…"
_FOOT, _INCH = "\ue032", "\ue033"
NO_CHARACTER = "\ue034"
"""The character that replaces one of a source that could not be read."""
FEET_OR_INCHES = lazily.pattern(f"[{_FOOT}{_INCH}]")
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"

_FIRST = lazily.pattern(
    "|".join(
        [
            "′",
            "″",
            "\ufffd",
            "\ufffe",
            *(rf"{mark}(?<=\d{mark})(?![^\W\d])" for mark in "'’\"”"),
            *(rf"{mark}(?<=\S{mark})[ \t]*[{_BREAKS}]\s*(?=[^\W\d_])" for mark in "-‐\u00ad"),
            *(rf"{mark}(?<=[{UNSPACED}]{mark})\s*(?=[{UNSPACED}])" for mark in _BREAKS),
        ]
    )
)
"""What depends on line ends, or would be lost in the form of `text.same`. Each choice begins with a
character of its own, which lets the search pass over all others."""
_SECOND = lazily.pattern(
    r" \.(?:\.{2,}| \. \.(?: \.)?) ?|\.(?:\.{2,}| \. \.(?: \.)?) ?"
    r"| '(?: ?')* ?|'(?: ?')+ ?|' | -+ ?|-(?:-+ ?| )"
    r"| (?=[,.;:!?%)\]}])|\( |\[ |\{ "
)
"""Spaces that do not count, and marks of several characters."""
_REACH = 300
"""Characters before a mark behind a number in which the quotation that it closes would begin."""
_OPENS = {
    "double": lazily.pattern(r"(?<!\w)[\"“„”](?=\w)"),
    "single": lazily.pattern(r"(?<!\w)['‘‚](?=\w)"),
}
_CLOSES = {
    "double": lazily.pattern(r"(?<=[\w.,!?])[\"”“](?!\w)"),
    "single": lazily.pattern(r"(?<=[\w.,!?])['’](?!\w)"),
}


class Compared(NamedTuple):
    """A text in the form in which quotations and sources are compared."""

    form: Form
    joined: array[int]
    """Where in the original there are hyphens that may belong to their word, or to the line's end only."""

    @property
    def text(self) -> str:
        """The form itself."""
        return self.form.text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the form stands in the original."""
        return self.form.start(start), self.form.end(end)

    def is_bound(self, original: str, at: int) -> bool:
        """Whether a quotation may begin or end at an offset of the form."""
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
        """Whether a hyphen at a line's end was left out before a character of the form."""
        start, end = self.form.end(at), self.form.start(at)
        found = bisect_left(self.joined, start)
        return found < len(self.joined) and self.joined[found] < end


def compared(text: str, *, primes: bool = True) -> Compared:
    """A text in the form for comparing.

    A mark behind a number that closes no quotation says feet or inches, unless `primes` is false.
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
    """Whether a hyphen at the end of a line may have been put there: a small letter follows, or all is capitals."""
    after = text[end : end + 1]
    return after.islower() or (
        after.isupper() and text[at - 1].isupper() and text[at - 2 : at].isupper()
    )


def without_spaces(text: str) -> str:
    """A text without the spaces between letters of scripts that have none: a line of ours may have ended there."""
    return _SPACE_BETWEEN_UNSPACED.sub("", text)


_SPACE_BETWEEN_UNSPACED = lazily.pattern(rf"(?<=[{UNSPACED}]) (?=[{UNSPACED}])")


def _spaced(match: re.Match[str]) -> str:
    bare = match[0].strip()
    if not bare:
        return ""
    return ELLIPSIS if bare[0] == "." else bare[0]
