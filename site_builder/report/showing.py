"""A report for the terminal, as JSON values, and as one HTML page that prints on a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from site_builder.report.figures import Report, Voice, Waiting
from site_builder.values import NamedTuple

_MOST = 12
"""Rows of a list that are shown to people; JSON has all."""
_LONGEST = 90
_NOTHING = "–"


class Section(NamedTuple):
    """A part of the report: lines of words, and perhaps a table."""

    title: str
    lines: Sequence[str]
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def sections(report: Report) -> list[Section]:
    """What people see of a report, in order."""
    age, notes = report.age, report.notes
    return [
        Section("Coverage", report.coverage.in_words.split("\n")),
        *_evidence(report),
        *_voices_heard(report),
        Section("Pages on one source", [_on_one_source(report)]),
        Section(
            "Age",
            [
                f"positions without a date: {age.undated} of {age.positions}",
                f"positions with a date in words only: {age.in_words}",
            ],
        ),
        Section(
            "Corrections and replies",
            [
                f"corrections: {notes.corrections} of {notes.notes} notes of changes",
                f"asked for a reply: {notes.asked} of {notes.claims} claims",
            ],
        ),
        Section("Left out", _waiting(report.left_out) or ["nothing"]),
        Section("Will expire", _waiting(report.expiring) or ["nothing"]),
        Section(
            "Allowed",
            [
                f"{code} at {place}: {why or 'no reason given'}"
                for code, place, why in report.allowed
            ]
            or ["nothing"],
        ),
    ]


def _evidence(report: Report) -> Iterator[Section]:
    rows = [
        (row.slug, f"{row.used} of {row.sentences}", str(row.passages), str(row.citations))
        for row in report.sources
    ]
    unused = [
        f"not used, {row.slug}: {_some(map(_short, row.unused))}"
        for row in report.sources
        if row.unused
    ]
    yield Section(
        "Sources", unused, ("source", "sentences used", "passages", "citations"), _cut(rows)
    )


def _voices_heard(report: Report) -> Iterator[Section]:
    balance, speakers = report.balance, report.speakers
    figures = ("positions", "claims", "disputes", "words quoted")
    lines = [
        f"nobody recorded against: {_some(balance.nobody_against)}",
        f"issues with one stance: {_some(balance.one_stance)}",
        f"matrix cells empty: {balance.empty_cells} of {balance.cells}",
    ]
    yield Section("Balance", lines, ("actor", *figures), _cut(_voices(balance.actors)))
    if balance.sides:
        yield Section("By side", (), ("side", *figures), _cut(_voices(balance.sides)))
    kinds = (f"{kind} {number}" for kind, number in speakers.by_kind.items())
    unnamed = (f"{slug} (“{why}”)" for slug, why in speakers.unnamed.items())
    yield Section("Speakers", [f"by kind: {_some(kinds)}", f"without a name: {_some(unnamed)}"])


def _on_one_source(report: Report) -> str:
    pages = report.pages
    if pages.sources == 1:
        return "all: the site has one"
    return f"{len(pages.on_one_source)} of {pages.citing}: {_some(pages.on_one_source)}"


def _voices(voices: Iterable[Voice]) -> list[tuple[str, ...]]:
    return [(voice[0], *map(str, voice[1:])) for voice in voices]


def _waiting(rows: Iterable[Waiting]) -> list[str]:
    lines = []
    for row in rows:
        referring = f"; named by {_some(row.referring)}" if row.referring else ""
        lines.append(f"{row.entity}: {row.why}{referring}")
    return lines


def _some(words: Iterable[str]) -> str:
    rows = list(words)
    more = f" · and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
    return (" · ".join(rows[:_MOST]) or _NOTHING) + more


def _cut(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    if len(rows) <= _MOST:
        return rows
    return [*rows[:_MOST], (f"and {len(rows) - _MOST} more", *[""] * (len(rows[0]) - 1))]


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST].rsplit(' ', 1)[0]} …”"


def as_text(report: Report) -> str:
    """A report for the terminal."""
    blocks = []
    for section in sections(report):
        lines = [section.title, *(f"  {line}" for line in section.lines)]
        table = [section.head, *section.rows] if section.rows else []
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        for row in table:
            first, *others = row
            cells = [first.ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
            lines.append(f"  {'  '.join(cells).rstrip()}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def as_values(value: Any) -> Any:
    """A report as values for JSON: each record as an object."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: as_values(inner) for name, inner in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(name): as_values(inner) for name, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [as_values(inner) for inner in value]
    return value


def as_html(report: Report, day: str) -> str:
    """A report as one page without a script."""
    import jinja2

    folder = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("report.html")
    return template.render(title=report.title, day=day, sections=sections(report))
