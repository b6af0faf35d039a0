"""What the builder has to say about somebody's files.

A finding is a value, a `Diagnostic`: stages return them, nobody raises them. `CODES` lists every
code there is; `docs/diagnostics.md` explains each, and a test keeps the two alike.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from site_builder.text.shown import in_message, on_one_line


class Severity(enum.Enum):
    """How much a finding weighs: an error stops the build, a warning does not.

    Advice is shown by `check` alone, and is never taken for an error.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Location(NamedTuple):
    """A place in a file.

    `path` is relative to the site's root, with forward slashes. `line` and `column` count from 1,
    in characters. `length` is how many characters the caret underlines (at least 1).
    `text` is the line itself, without its line end.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""


class Diagnostic(NamedTuple):
    """One finding: what is wrong, where, and what would be right."""

    code: str
    message: str
    location: Location
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether this finding stops the build."""
        return self.severity is Severity.ERROR

    @property
    def headline(self) -> str:
        """The finding in one line: `path:line:column: message [code]`."""
        place = f"{on_one_line(self.location.path)}:{self.location.line}:{self.location.column}"
        weight = "" if self.is_error else f"{self.severity.value}: "
        return f"{place}: {weight}{in_message(on_one_line(self.message))} [{self.code}]"


CODES: dict[str, str] = {
    # reading
    "no-content": "The site has no content folder, or nothing in it.",
    "not-utf8": "A file is not UTF-8 text.",
    "control-character": "A text file holds a control character.",
    "conflict-marker": "A merge conflict that nobody resolved, or a marker of one.",
    "file-too-large": "A file is larger than the builder reads.",
    "large-file": "A file in static/ is larger than many hosts take.",
    "hidden-file": "A hidden file in static/, which is not published.",
    "outside-site": "A symbolic link or a path leads out of the site.",
    "unreadable-file": "A file can't be read.",
    "empty-file": "A file of a collection that holds nothing.",
    "unknown-file": "A file in the content folder is of no kind the builder knows.",
    "unknown-collection": "A folder or file in the content folder is no collection.",
    "bad-slug": "A file's name can't be a slug.",
    "slug-collision": "Two entities would have the same address.",
    "front-matter": "Front matter is missing, unterminated or misplaced.",
    "yaml-syntax": "The YAML can't be read.",
    "yaml-feature": "A YAML feature the builder does not take: tags, merge keys, several documents.",
    "yaml-too-deep": "The YAML is nested too deeply, or repeats itself through aliases.",
    "yaml-remark": "A '#' that cuts a value short, where it was probably meant as text.",
    "yaml-comma": "A comma that cuts a text short, inside { } or [ ].",
    "too-many-problems": "A file with more problems than are shown.",
    "duplicate-key": "A key stands twice in one mapping.",
    # validation
    "unknown-field": "A field the entity does not have.",
    "missing-field": "A required field is absent or empty.",
    "wrong-type": "A value of the wrong shape: a list where text belongs, and the like.",
    "bad-value": "A value that is not among those allowed.",
    "bad-date": "A date that is impossible or not in EDTF form.",
    "bad-url": "An address that is malformed or of a scheme that is not allowed.",
    "bad-cite": "A citation that can't be read.",
    "duplicate-position": "Two positions of one actor on one issue.",
    # Markdown
    "markdown-syntax": "Markup of ours that is begun and not finished.",
    "bare-citation": "A source is named with '@' and no brackets, which cites nothing.",
    "foreign-markup": "Markup of another program, which readers would see as it is written.",
    "footnote": "A footnote that is not there, that nothing calls, or that stands twice.",
    "link-definition": "The address of a link that is not defined, not used, or defined twice.",
    "table-cells": "A row of a table with more cells than the table has columns.",
    "heading": "A heading without words, or a text that the line below it made one.",
    "heading-order": "A heading of a level that the text can't have.",
    "markdown-too-complex": "Markdown that would take too long to read.",
    "html-as-text": "HTML in a site that does not read it: it would show as text.",
    "html-removed": "HTML that a page can't have, which is taken out.",
    "markdown-in-html": "Markdown in a block of HTML, which is not read.",
    "missing-alt": "An image without a text alternative.",
    # links
    "unknown-reference": "A link or field names something that does not exist.",
    "ambiguous-reference": "A name that fits several entities.",
    "wrong-kind": "A field names an entity of another kind than it takes.",
    "unknown-anchor": "A link to a place a page does not have.",
    "hidden-reference": "A link to a draft, or to something not yet published.",
    "expired-reference": "A link to something that has expired: its words are shown without a link.",
    "expires-soon": "Something that others refer to will expire.",
    "unknown-file-reference": "A link or field names a file that does not exist.",
    "unknown-stance": "A stance that the site's vocabulary does not have.",
    "circular-reference": "A chain that comes back to where it began.",
    # evidence
    "quote-not-found": "Quoted words that are not in their source.",
    "no-source-text": "Words are quoted from a source that has no text in seeds/.",
    # editorial checks
    "uncited": "A statement that cites nothing.",
    "unused-source": "A source that nothing cites.",
    "ambiguous-name": "A name shared by several entities is not linked by itself.",
    "date-order": "Dates that contradict each other.",
    # templates and addresses
    "template-syntax": "A template that can't be read.",
    "template-error": "A template that fails while it renders.",
    "unknown-token": "The site sets a design token that the theme does not have.",
    "template-missing": "A template that another one asks for does not exist.",
    "url-collision": "Two pages, files or redirects would have the same address.",
    # search, sharing and reuse
    "missing-package": "A package is absent without which a part of the site is left out.",
    "search-failed": "The search index could not be made.",
    "undrawn-letters": "A card image is not drawn because no font at hand has its letters.",
}


_WORDS = re.compile(r"\w+")
_LEAST_LIKE = (1.0, 1.0, 0.8, 0.66, 0.66, 0.75, 0.75, 0.75, 0.75, 0.7)
"""How like a name a candidate must be, by the longer one's length: short ones are alike by chance."""


_LONGEST_COMPARED = 200


def nearest(name: str, candidates: Iterable[str], *, count: int = 1) -> list[str]:
    """The candidates most like `name`, best first; for messages only.

    Compares without regard to case. Returns at most `count` of them, perhaps none; the same ones
    whatever the order of the candidates.
    """
    wanted = name.casefold()
    if len(wanted) > _LONGEST_COMPARED:
        return []
    from rapidfuzz import fuzz, process

    names = list(candidates)
    others = [candidate.casefold() for candidate in names]
    words = set(_WORDS.findall(wanted)) if len(wanted) > 3 else set()
    # 'zelensky' for 'volodymyr-zelensky'
    scored = {
        candidate: 90.0
        for candidate, other in zip(names, others, strict=True)
        if words and wanted != other and _has_words(other, words)
    }
    if not name.isascii():
        from site_builder.text.alike import looks

        scored |= {candidate: 95.0 for candidate in names if looks(candidate) == looks(name)}
    alike: set[str] = set()
    least = 0.0
    for other, ratio, at in process.extract(  # from the most like to the least
        wanted, others, scorer=fuzz.ratio, score_cutoff=100 * min(_LEAST_LIKE), limit=None
    ):
        if len(alike) >= count and ratio < least:
            break
        if _is_like(other, wanted, ratio):
            alike.add(other)
            least = ratio
            scored.setdefault(names[at], ratio)
    # Of two that differ in case alone, the lower-case one: a slug before a name.
    best = sorted(scored, key=lambda c: (-scored[c], len(c), c != c.casefold(), c))
    first_of = {candidate.casefold(): candidate for candidate in reversed(best)}
    return [candidate for candidate in best if first_of[candidate.casefold()] == candidate][:count]


def _is_like(other: str, wanted: str, ratio: float) -> bool:
    """Whether two names are too like each other, of 100, for that to be chance."""
    longest = max(len(wanted), len(other))
    return ratio >= 100 * _LEAST_LIKE[min(longest, len(_LEAST_LIKE) - 1)]


def _has_words(other: str, words: set[str]) -> bool:
    """Whether all the words are among those of a name."""
    if len(other) > _LONGEST_COMPARED or not all(word in other for word in words):
        return False
    return words <= set(_WORDS.findall(other))


class Guesses:
    """What wrong names were probably meant to be. After `most` of them it has no more to say.

    Where more names are wrong than that, a whole file is missing, and no hint helps.
    """

    def __init__(self, most: int = 300) -> None:
        self._most = most
        self._found: dict[tuple[str, object], list[str]] = {}

    def nearest(
        self, name: str, kind: object, candidates: Iterable[str], *, count: int = 1
    ) -> list[str]:
        """As the function of that name, among the candidates of a kind, which are always the same."""
        key = name, kind
        if key not in self._found and len(self._found) < self._most:
            self._found[key] = nearest(name, candidates, count=count)
        return self._found.get(key, [])

    def clear(self) -> None:
        """Begins anew, for another build."""
        self._found.clear()

    def did_you_mean(self, name: str, kind: object, candidates: Iterable[str]) -> str:
        """As the function of that name."""
        return suggestion(self.nearest(name, kind, candidates), name)


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """` (did you mean 'x'?)` for the nearest candidate, or nothing."""
    return suggestion(nearest(name, candidates), name)


def suggestion(matches: Sequence[str], name: str) -> str:
    """` (did you mean 'x'?)` for the first of what `nearest` has found for a name, or nothing.

    It says which characters differ where the two look alike.
    """
    if not matches:
        return ""
    from site_builder.text.alike import difference

    differs = difference(name, matches[0])
    return f" (did you mean '{matches[0]}'?{' ' * bool(differs)}{differs})"


MOST_OF_ONE_KIND = 200
"""Findings of one stage in one file; a file that holds more is damaged as a whole."""


def note(found: list[Diagnostic], finding: Diagnostic) -> None:
    """Adds a finding to those of a stage in a file, up to the bound, and says when it is reached.

    Errors and warnings are counted apart, so that many warnings hide no error.
    """
    if len(found) >= MOST_OF_ONE_KIND:
        room = MOST_OF_ONE_KIND - sum(row.severity is finding.severity for row in found)
        if room < 0:
            return
        if room == 0:
            message = f"there are more problems in this file than the {MOST_OF_ONE_KIND} shown"
            place = finding.location._replace(length=1)
            finding = Diagnostic(
                "too-many-problems", message, place, "mend these first", finding.severity
            )
    found.append(finding)


def room_for_errors(found: Sequence[Diagnostic]) -> int:
    """How many errors may be added to those of a stage in a file; negative if it is told."""
    return MOST_OF_ONE_KIND - sum(row.is_error for row in found)


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, line and column, errors first at one place, each finding once."""
    unique = dict.fromkeys(diagnostics)
    rows = sorted(unique, key=lambda d: (d.location, _WEIGHTS[d.severity], d.code, d.message))
    if len(rows) <= MOST_OF_ONE_KIND:
        return rows
    found: dict[str, list[Diagnostic]] = {}
    for row in rows:
        note(found.setdefault(row.location.path, []), row)
    return [row for rows_of_file in found.values() for row in rows_of_file]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding is an error."""
    return any(diagnostic.is_error for diagnostic in diagnostics)


_CONSEQUENCES = frozenset(("uncited", "unused-source"))


def without_consequences(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings without those that errors elsewhere may be the cause of.

    A statement may seem to cite nothing, and a source to be unused, because a citation is wrong.
    """
    if not has_errors(diagnostics):
        return list(diagnostics)
    return [row for row in diagnostics if row.is_error or row.code not in _CONSEQUENCES]


_LONGEST_LINE = 100
_PLAIN_SPACES = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def excerpt(location: Location) -> list[str]:
    """The line of `location` and a caret under the place, cut to a readable width.

    Returns no lines when the location has no text to show.
    """
    if not location.text.strip():
        return []
    text = _PLAIN_SPACES.sub(" ", location.text)
    column = min(location.column, len(text) + 1)
    start = 0
    if len(text) > _LONGEST_LINE:
        start = max(0, min(column - _LONGEST_LINE // 2, len(text) - _LONGEST_LINE))
    shown = on_one_line(text)
    shown = shown[start : start + _LONGEST_LINE]
    prefix = "…" if start else ""
    suffix = "…" if start + _LONGEST_LINE < len(text) else ""
    offset = len(prefix) + column - 1 - start
    length = max(1, min(location.length, len(prefix) + len(shown) - offset))
    number = str(location.line)
    return [
        f"{number:>5} | {prefix}{shown}{suffix}",
        f"{'':>5} | {' ' * offset}{'^' * length}",
    ]


def as_text(diagnostics: Sequence[Diagnostic]) -> str:
    """All findings for a person: headline, line and caret, hint."""
    blocks = []
    for diagnostic in diagnostics:
        lines = [diagnostic.headline, *excerpt(diagnostic.location)]
        if diagnostic.hint:
            lines += [f"{'':>5} = {row}" for row in in_message(diagnostic.hint).split("\n")]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def as_rows(diagnostics: Sequence[Diagnostic]) -> list[dict[str, object]]:
    """All findings for a program, which gets them as JSON: one object a finding."""
    return [
        {
            "path": on_one_line(d.location.path),
            "line": d.location.line,
            "column": d.location.column,
            "length": d.location.length,
            "severity": d.severity.value,
            "code": d.code,
            "message": in_message(on_one_line(d.message)),
            "hint": in_message(d.hint),
        }
        for d in diagnostics
    ]


_LEVELS = {Severity.ADVICE: "notice"}
"""What GitHub calls levels, where its word is another."""


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """All findings as GitHub Actions workflow commands, which annotate lines of a pull request.

    Escapes as the toolkit's `@actions/core` does: `%`, CR and LF in messages, also `:` and `,` in
    properties.
    """

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    lines = []
    for d in diagnostics:
        message = in_message(on_one_line(d.message)) + (f"\n{in_message(d.hint)}" if d.hint else "")
        lines.append(
            f"::{_LEVELS.get(d.severity, d.severity.value)} file={prop(on_one_line(d.location.path))},line={d.location.line},"
            f"col={d.location.column},title={prop(d.code)}::{data(message)}\n"
        )
    return "".join(lines)


def count_line(diagnostics: Sequence[Diagnostic]) -> str:
    """How many there are, in words: `2 errors, 1 warning`."""
    errors, warnings, advice = (
        sum(d.severity is severity for d in diagnostics) for severity in Severity
    )

    def some(number: int, noun: str) -> str:
        return f"{number} {noun}{'' if number == 1 else 's'}"

    parts = [some(errors, "error")] if errors else []
    if warnings:
        parts.append(some(warnings, "warning"))
    if advice:
        parts.append(f"{some(advice, 'piece')} of advice")
    return ", ".join(parts) or "no problems"
