"""Findings: what is wrong with an author's files, as values.

A finding is a `Diagnostic`, which stages return and never raise. `CODES` lists every code;
`docs/diagnostics.md` explains each one, and a test compares the two.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from site_builder.text import lazily
from site_builder.text.shown import in_message, on_one_line
from site_builder.values import NamedTuple


class Severity(enum.Enum):
    """How serious a finding is: an error stops the build, a warning does not.

    Only `check` shows advice, and `--strict` does not turn it into an error.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Location(NamedTuple):
    """A place in a file.

    `path` is relative to the site's root, with forward slashes. `line` and `column` count from 1,
    in characters. `length` is the number of characters the caret underlines (at least 1).
    `text` is the whole line, without its line break.
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
    "no-content": "The site has no content folder, or the folder is empty.",
    "not-utf8": "A file is not UTF-8 text.",
    "control-character": "A text file holds a control character.",
    "conflict-marker": "A merge conflict that nobody has resolved, or one of its markers.",
    "file-too-large": "A file is larger than the builder reads.",
    "large-file": "A file in static/ is larger than many hosts accept.",
    "hidden-file": "A hidden file in static/, which is not published.",
    "outside-site": "A symbolic link or a path leads out of the site.",
    "unreadable-file": "A file can't be read.",
    "empty-file": "A collection's file is empty.",
    "unknown-file": "A file in the content folder is of a kind the builder does not know.",
    "unknown-collection": "A folder or file in the content folder is not a collection.",
    "bad-slug": "A file's name can't be a slug.",
    "slug-collision": "Two entities would have the same address.",
    "front-matter": "Front matter is missing, unterminated or misplaced.",
    "yaml-syntax": "The YAML can't be read.",
    "yaml-feature": "A YAML feature that is not supported: tags, merge keys, several documents.",
    "yaml-too-deep": "The YAML is nested too deeply, or repeats itself through aliases.",
    "yaml-remark": "A '#' that begins a comment where it was probably meant as text.",
    "yaml-comma": "A comma that ends a text early, inside { } or [ ].",
    "too-many-problems": "A file with more problems than are shown.",
    "duplicate-key": "A key is given twice in one mapping.",
    # validation
    "unknown-field": "A field the entity does not have.",
    "missing-field": "A required field is missing or empty.",
    "wrong-type": "A value of the wrong type, such as a list where text belongs.",
    "bad-value": "A value that is not among those allowed.",
    "bad-date": "A date that is impossible or not in EDTF form.",
    "bad-url": "An address that is malformed or has a scheme that is not allowed.",
    "bad-cite": "A citation that can't be read.",
    "duplicate-position": "One actor has two positions on one issue.",
    # Markdown
    "markdown-syntax": "Markup of site-builder's own that is not finished.",
    "bare-citation": "A source is named with '@' but without brackets, so nothing is cited.",
    "foreign-markup": "Markup of another program, which readers would see as plain text.",
    "footnote": "A footnote that is missing, never referred to, or defined twice.",
    "link-definition": "The address of a link is not defined, not used, or defined twice.",
    "table-cells": "A table row has more cells than the table has columns.",
    "heading": "A heading without words, or a line that became a heading because of the line below it.",
    "heading-order": "A heading has a level that is not allowed in a text.",
    "markdown-too-complex": "Markdown that would take too long to read.",
    "html-as-text": "HTML in a site that does not allow it: readers would see it as text.",
    "html-removed": "HTML that is not allowed on a page, and is removed.",
    "markdown-in-html": "Markdown inside a block of HTML, where it has no effect.",
    "missing-alt": "An image without a text alternative.",
    # links
    "unknown-reference": "A link or field names something that does not exist.",
    "ambiguous-reference": "A name that several entities share.",
    "wrong-kind": "A field names an entity of the wrong kind.",
    "unknown-anchor": "A link to an anchor that the page does not have.",
    "hidden-reference": "A link to a draft, or to something not yet published.",
    "expired-reference": "A link to something that has expired: its text is shown without a link.",
    "expires-soon": "Something that other texts refer to will expire.",
    "unknown-file-reference": "A link or field names a file that does not exist.",
    "unknown-stance": "A stance that the site's vocabulary does not have.",
    "alike-stances": "Two stances of the vocabulary have the same tone and symbol.",
    "circular-reference": "A chain of references that leads back to its start.",
    # evidence
    "quote-not-found": "Quoted words that are not in their source.",
    "misquoted": "Words in quotation marks that are nearly, but not exactly, in a source that is cited with them.",
    "quote-cites-other": "Words in quotation marks that are in another source than the one that is cited with them.",
    "quote-unchecked": "Words in quotation marks that no source has, or for which none is cited.",
    "wrong-place": "A place that is cited does not hold the words, or is not in the source.",
    "no-source-text": "Words are quoted from a source that has no text in seeds/.",
    # editorial checks
    "uncited": "A statement that cites nothing.",
    "unused-source": "A source that nothing cites.",
    "no-story": "Something that belongs to none of several stories.",
    "ambiguous-name": "A name that several entities share is not linked automatically.",
    "date-order": "Two dates contradict each other.",
    "known-one-party": "A line of `known` rests on the words of a claim that is not agreed.",
    # the lint
    "allow-unused": "A comment or setting allows a finding that is not there.",
    "allow-without-reason": "A comment allows a finding and does not say why.",
    "after-as-of": "A position or event is dated after the day up to which every article is true.",
    "changed-undated": "A position replaced an earlier one and has no date.",
    "correction-of-nothing": "A correction does not say what it corrects.",
    "heading-skipped": "A heading is more than one level below the heading above it.",
    "hedging": "A word claims that something needs no proof.",
    "image-credit": "A picture does not say whose it is.",
    "kind-of-person": "A source speaks of a person where the site has a state, body or force.",
    "left-out": "A normal build leaves out drafts, or what is not published yet.",
    "link-text": "The words of a link do not say where it leads.",
    "long-paragraph": "A paragraph has more words than the site allows.",
    "long-sentence": "A sentence has more words than the site allows.",
    "mixed-spelling": "A word is spelt in two ways on one site.",
    "near-name": "A word is nearly a person's name, and stands in no source.",
    "note-left": "A note to oneself, or filler, is left in a text.",
    "number-differs": "A number is another one than in the words cited.",
    "one-sided": "All who are recorded on an issue hold one stance.",
    "other-speaker": "A sentence is about one person, and the words that it cites about another.",
    "paragraph-twice": "A text says the same sentences twice.",
    "point-twice": "Two key points of an article say the same.",
    "quote-unbalanced": "A quotation mark has no partner, or there is nothing between two.",
    "relative-day": "A word counts from the day of writing.",
    "relative-time": "A phrase counts from the time of writing.",
    "role-unsourced": "A title in a person's role stands near their name in no source.",
    "single-source": "All that a page cites is one source.",
    "spelling": "A spelling of another region than that of the site's language.",
    "stale-position": "A position is older than an event on that issue, or than the site allows.",
    "status-contradicts": "The status of a claim contradicts what is recorded of it.",
    "summary-contradicts": "The summary of a position begins with the opposite of its stance.",
    "thin-quote": "The words of a citation say nothing by themselves.",
    "unattributed": "Speech or belief is given to nobody, or to a crowd, without a citation.",
    "uncited-prose": "Fewer sentences of a text cite something than the site asks for.",
    "uncited-relation": "A relation, or a dispute without words, rests on nothing.",
    "unused-actor": "An actor is in no text, field or record of others.",
    "unused-term": "A term is explained that no text uses.",
    "verdict-without-evidence": "A reviewer's verdict can't be followed to anything.",
    "whole-source": "A source is cited as a whole, though its text is here.",
    "word-twice": "A short word stands there twice in a row.",
    "wrong-label": "A link to an actor has the name of another.",
    # templates and addresses
    "template-syntax": "A template that can't be read.",
    "template-error": "A template that fails while it renders.",
    "unknown-token": "The site sets a design token that the theme does not have.",
    "template-missing": "A template that another one uses does not exist.",
    "url-collision": "Two pages, files or redirects would have the same address.",
    # search, sharing and reuse
    "missing-package": "A package is missing, so a part of the site is left out.",
    "search-failed": "The search index could not be made.",
    "undrawn-letters": "A card image is not drawn because no installed font has its letters.",
}


MOST_OF_ONE_KIND = 200
"""The most findings of one stage shown for one file; a file with more is damaged as a whole."""


def note(found: list[Diagnostic], finding: Diagnostic) -> None:
    """Adds a finding to those of one stage in one file, up to `MOST_OF_ONE_KIND`.

    The first finding over the limit becomes one that says so. Errors and warnings are counted apart.
    """
    if len(found) >= MOST_OF_ONE_KIND:
        room = MOST_OF_ONE_KIND - sum(row.severity is finding.severity for row in found)
        if room < 0:
            return
        if room == 0:
            message = f"there are more problems in this file than the {MOST_OF_ONE_KIND} shown"
            place = finding.location._replace(length=1)
            finding = Diagnostic(
                "too-many-problems", message, place, "fix these first", finding.severity
            )
    found.append(finding)


def room_for_errors(found: Sequence[Diagnostic]) -> int:
    """How many more errors of one stage in one file fit; negative once "there are more" has been said."""
    return MOST_OF_ONE_KIND - sum(row.is_error for row in found)


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorts by file, line and column, errors first; drops duplicates."""
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


_CONSEQUENCES = frozenset(
    ("uncited", "unused-source", "unused-actor", "unused-term", "one-sided", "allow-unused")
)


def without_consequences(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leaves out findings that errors elsewhere may have caused, if there are errors.

    A statement may seem to cite nothing, or a source, actor or term to be unused, because of an entry with a mistake.
    """
    if not has_errors(diagnostics):
        return list(diagnostics)
    return [row for row in diagnostics if row.is_error or row.code not in _CONSEQUENCES]


_LONGEST_LINE = 100
_PLAIN_SPACES = lazily.pattern(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


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
    """All findings as text for people: headline, line and caret, hint."""
    blocks = []
    for diagnostic in diagnostics:
        lines = [diagnostic.headline, *excerpt(diagnostic.location)]
        if diagnostic.hint:
            lines += [f"{'':>5} = {row}" for row in in_message(diagnostic.hint).split("\n")]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def as_rows(diagnostics: Sequence[Diagnostic]) -> list[dict[str, object]]:
    """All findings as values for JSON, one object each."""
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
"""GitHub's names of severities that differ from ours."""


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
    """The number of findings in words: `2 errors, 1 warning`."""
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
