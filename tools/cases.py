"""Text cases: a miniature site in a text file, and what `site-builder check` says about it.

`tests/README.md` describes the form. Tests compare, `python -m tools.refresh` writes anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

FOLDER = Path(__file__).parent.parent / "tests" / "diagnostics"
PLAIN_THEME = FOLDER.parent / "theme"
"""A theme of a few lines: cases are about content, and the default theme takes its time."""
TODAY = "1764633600"
"""2025-12-02, for `SOURCE_DATE_EPOCH`."""

_TITLE = re.compile(r"^==== (.+)\n", re.MULTILINE)
_SECTION = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_OPTIONS = re.compile(r"(?P<name>.+?)(?: \((?P<options>[^()]*)\))?")
_EXPECTED = "diagnostics"
_COMMAND = "command"


@dataclass(frozen=True)
class Section:
    """A file of a case: `name` as it stands in the marker line, and the lines below it."""

    name: str
    text: str


@dataclass(frozen=True)
class Case:
    """One case. `base` are the files that all cases of its file begin with."""

    file: Path
    title: str
    base: tuple[Section, ...]
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        """What pytest calls it."""
        return f"{self.file.stem}: {self.title}"

    @property
    def expected(self) -> str:
        """What the command is to say."""
        return next((row.text for row in self.sections if row.name == _EXPECTED), "")


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """All cases, by file and in order."""
    return [case for file in sorted(folder.glob("*.txt")) for case in _cases_of(file)]


def _cases_of(file: Path) -> Iterator[Case]:
    head, *rest = _TITLE.split(file.read_text("utf-8"))
    base = _sections(head)
    for title, text in zip(rest[::2], rest[1::2], strict=True):
        yield Case(file, title, base, _sections(text))


def _sections(text: str) -> tuple[Section, ...]:
    """The sections of a text. What stands before the first is a remark."""
    _, *rest = _SECTION.split(text)
    return tuple(
        Section(name, _without_gap(body)) for name, body in zip(rest[::2], rest[1::2], strict=True)
    )


def _without_gap(body: str) -> str:
    """A section without the empty lines that part it from the next one."""
    return body.rstrip("\n") + "\n" if body.strip("\n") else ""


def lay_out(case: Case, root: Path) -> None:
    """Writes the files of a case below `root`."""
    sections = {row.name: row for row in (*case.base, *case.sections)}
    for name in [name for name in sections if name.startswith("no ")]:
        sections.pop(name.removeprefix("no "), None)
        del sections[name]
    for name, section in sections.items():
        if name not in (_EXPECTED, _COMMAND):
            _write(root, section)


def _write(root: Path, section: Section) -> None:
    match = _OPTIONS.fullmatch(section.name)
    assert match is not None, section.name
    name, arrow, target = match["name"].partition(" -> ")
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if arrow:
        path.symlink_to(target)
    elif name.endswith("/"):
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.write_bytes(_content(section.text, (match["options"] or "").split(", ")))


def _content(text: str, options: list[str]) -> bytes:
    data = text.encode()
    if "no line end" in options:
        data = data.removesuffix(b"\n")
    if "escaped" in options:
        data = re.sub(rb"\\x([0-9A-F]{2})", lambda found: bytes.fromhex(found[1].decode()), data)
    for option in options:
        if option.startswith("times "):
            data *= int(option.removeprefix("times "))
    return data


def run(case: Case, root: Path) -> tuple[str, int]:
    """What `site-builder check` says about the case laid out at `root`, and its exit code."""
    from site_builder.cli import main

    command = next((row.text.split() for row in case.sections if row.name == _COMMAND), ["check"])
    with (
        mock.patch("site_builder.reading.themes.default_theme", return_value=PLAIN_THEME),
        mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": TODAY}),
    ):
        result = CliRunner(catch_exceptions=False).invoke(main, ["-C", str(root), *command])
    return _without_gap(result.stderr.replace(str(root), "ROOT")), result.exit_code


def refreshed(file: Path, answers: dict[str, str]) -> str:
    """The text of a file of cases with these answers, by the titles of its cases."""
    head, *rest = _TITLE.split(file.read_text("utf-8"))
    parts = [head.rstrip("\n") + "\n"] if head.strip("\n") else []
    for title, text in zip(rest[::2], rest[1::2], strict=True):
        before = text.partition(f"-- {_EXPECTED} --\n")[0].rstrip("\n")
        parts.append(f"==== {title}\n{before.lstrip()}\n-- {_EXPECTED} --\n{answers[title]}")
    return "\n".join(parts)
