"""Levels that a site sets, and findings that it allows: applied to all findings of a build, but never to errors.

A build looks for comments in files with findings only; the lint looks through all, to find those that allow nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from site_builder.content.linting import RULES, Allowed, Lint, allowed_by, level_of, settings_of
from site_builder.content.places import Places
from site_builder.diagnostics import CODES, Diagnostic, Location, Severity
from site_builder.links.graph import Head
from site_builder.lint.comments import Comment, block_end
from site_builder.text.guesses import did_you_mean
from site_builder.values import NamedTuple


class Allowance(NamedTuple):
    """A finding that is allowed, and why."""

    finding: Diagnostic
    reason: str


class Settled(NamedTuple):
    """The findings as they are shown, and those that are allowed."""

    findings: list[Diagnostic]
    allowed: tuple[Allowance, ...]


class Settling:
    """Settles findings; `comments_of` gives the comments of a file, `heads` are those of entities by `kind/slug`."""

    def __init__(
        self,
        lint: Lint | None,
        comments_of: Callable[[str], Sequence[Comment]],
        heads: Callable[[], Mapping[str, Head]],
        places: Places,
        settings_file: str,
    ) -> None:
        self._lint = lint
        self._comments_of = comments_of
        self._heads = heads
        self._places = places
        self._settings_file = settings_file
        self._used: set[tuple[str, Comment]] = set()
        self._used_rows: set[int] = set()

    def settle(self, findings: Iterable[Diagnostic]) -> Settled:
        """The findings with their levels, without those that are off or allowed."""
        shown: list[Diagnostic] = []
        allowed: list[Allowance] = []
        for row in findings:
            level = _level(self._lint, row)
            if level is None:
                continue
            reason = None if row.is_error else self._reason(row)
            if reason is None:
                shown.append(row._replace(severity=level))
            else:
                allowed.append(Allowance(row, reason))
        return Settled(shown, tuple(allowed))

    def _reason(self, row: Diagnostic) -> str | None:
        """Why a finding is allowed; None if it is not."""
        place = row.location
        for comment in self._comments_of(place.path):
            if comment.code == row.code and comment.first <= place.line <= comment.last:
                self._used.add((place.path, comment))
                return comment.reason
        for number, allowed in enumerate(allowed_by(self._lint)):
            if allowed.code == row.code and self._is_at(allowed, place):
                self._used_rows.add(number)
                return allowed.because
        return None

    def _is_at(self, allowed: Allowed, place: Location) -> bool:
        """Whether a place is in the file or entity that the settings name."""
        if allowed.where == place.path:
            return True
        head = self._heads().get(allowed.where)
        if head is None or head.file != place.path:
            return False
        if not head.within:
            return True
        first = self._places.key(head.file, head.within).line
        lines = self._places.text_of(head.file).split("\n")
        return first <= place.line <= block_end(lines, first - 1) + 1

    def unused(self, comments: Mapping[str, Sequence[Comment]]) -> Iterator[Diagnostic]:
        """Comments and settings that allow nothing, or give no reason. `comments` are those of all files."""
        for path, rows in comments.items():
            for comment in rows:
                place = self._places.text_of(path).split("\n")[comment.line - 1]
                at = Location(path, comment.line, comment.column, comment.length, place)
                if (path, comment) not in self._used:
                    message, hint = _unused(comment.code)
                    if message:
                        yield _warning("allow-unused", message, at, hint)
                elif not comment.reason:
                    message = f"this allows '{comment.code}' without a reason"
                    hint = f"write why: allow {comment.code}: …"
                    yield _warning("allow-without-reason", message, at, hint)
        for number, allowed in enumerate(allowed_by(self._lint)):
            if number not in self._used_rows:
                at = self._places.value(self._settings_file, ("lint", "allow", number, "code"))
                message, hint = _unused(allowed.code, allowed.where)
                yield _warning("allow-unused", message, at, hint)


def _level(lint: Lint | None, row: Diagnostic) -> Severity | None:
    """The severity of a finding on this site; None if it is off. Errors are errors everywhere."""
    if row.is_error or row.code not in RULES or settings_of(lint, row.code).level is None:
        return row.severity
    level = level_of(lint, row.code)
    return None if level == "off" else Severity(level)


def _unused(code: str, where: str = "") -> tuple[str, str]:
    """What is wrong with allowing a code where nothing is found; "" if that may be no such comment at all."""
    if code in CODES:
        place = f"at '{where}'" if where else "here"
        return f"this allows '{code}', but nothing of that kind is found {place}", "remove it"
    guess = did_you_mean(code, CODES)
    if not guess and "-" not in code and not where:
        return "", ""
    return f"this allows '{code}', which is the code of no finding{guess}", ""


def _warning(code: str, message: str, at: Location, hint: str) -> Diagnostic:
    return Diagnostic(code, message, at, hint, Severity.WARNING)
