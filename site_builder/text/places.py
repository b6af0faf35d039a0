"""The labels of places in sources: `p. 3`, `§ 5`, `Art. 53(2)`, `para. 12`.

A place is a kind and a number. Labels of one kind are alike: what is marked `S. 3` is found as `p. 3`.
"""

from __future__ import annotations

import re

PAGE, ARTICLE, SECTION, PARAGRAPH = "page", "article", "section", "paragraph"
RECITAL, CHAPTER, MOMENT, FOOTNOTE = "recital", "chapter", "moment", "footnote"

_LABELS = {
    PAGE: "p s pag pág str с стр стор",
    ARTICLE: "art ст",
    SECTION: "§ sec",
    PARAGRAPH: "para ¶ abs",
    RECITAL: "rec",
    CHAPTER: "ch kap chap",
}
KIND_OF_LABEL = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
"""The kind of place that a label names, by the label in small letters and without its full stop."""

LABEL = "(?:" + "|".join(sorted(map(re.escape, KIND_OF_LABEL), key=len, reverse=True)) + ")"
"""An expression for a label without its full stop, to be used without regard to case."""
_DIGITS = r"\d+[a-z]?(?:[./]\d+[a-z]?)*"
NUMBER = (
    rf"(?:(?:{_DIGITS}|[ivxlcdm]+|[a-z]{{1,3}}-?{_DIGITS})(?:\s(?:bis|ter|quater|quinquies))?"
    r"(?:\s?\(\w{1,6}\))*)"
)
"""An expression for the number of a place: `3`, `iv`, `53(2)`, `5a`, `A-3`."""


def kind_of(label: str) -> str:
    """The kind of place that a label names, with or without its full stop; "" if it names none."""
    return KIND_OF_LABEL.get(label.strip().rstrip(".").lower(), "")


def number_of(written: str) -> str:
    """A number of a place in one form, so that equal ones are the same text: `53 (2)` and `53(2)`."""
    return re.sub(r"\s+(?=\()", "", " ".join(written.split())).lower()


def seconds_of(moment: str) -> int:
    """The seconds of a moment: `00:12:30`, `12:30` or `12:30.500`."""
    seconds = 0
    for part in moment.partition(".")[0].split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def moment_of(seconds: float) -> str:
    """A moment as it is written: `00:12:30`."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
