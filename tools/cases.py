"""Text cases: a small site in a text file, and what `site-builder check` prints or a build makes of it.

`tests/README.md` describes the form. Tests compare; `python -m tools.refresh` rewrites what is expected.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from tools.pins import normal
from tools.selecting import select

TESTS = Path(__file__).parent.parent / "tests"
FOLDER = TESTS / "diagnostics"
"""Cases of messages; the others are of files that a build makes."""
LINT = TESTS / "lint"
"""Cases of messages of the lint, a file for each rule."""
MADE = tuple(TESTS / name for name in ("links", "pages", "rendering", "output"))
PLAIN_THEME = TESTS / "theme"
"""A theme of a few lines for cases of messages, because the default theme is slow."""
TODAY = "1764633600"
"""2025-12-02, for `SOURCE_DATE_EPOCH`."""

_TITLE = re.compile(r"^==== (.+)\n", re.MULTILINE)
_SECTION = re.compile(r"^(?:-- (.+) --|== (.+) ==)\n", re.MULTILINE)
_OPTIONS = re.compile(r"(?P<name>.+?)(?: \((?P<options>[^()]*)\))?")
_EXPECTED = "diagnostics"
_COMMAND = "command"
_FILES = "files"
_NO_FILE = "(no such file)"


@dataclass(frozen=True)
class Section:
    """A section of a case: its `name` from the marker line, and the lines below it.

    `is_made` says whether it is expected output, rather than an input file.
    """

    name: str
    text: str
    is_made: bool = False


@dataclass(frozen=True)
class Case:
    """One case. `base` has the files shared by all cases of its file."""

    file: Path
    title: str
    base: tuple[Section, ...]
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        """Its name for pytest."""
        return f"{self.file.stem}: {self.title}"

    @property
    def expected(self) -> str:
        """The expected messages."""
        return next((row.text for row in self.sections if row.name == _EXPECTED), "")

    @property
    def answers(self) -> dict[str, str]:
        """The expected output by the names of its sections, with the messages if the case has them."""
        return {row.name: row.text for row in self.sections if row.is_made or row.name == _EXPECTED}


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """All cases, by file and in order."""
    return [case for file in sorted(folder.glob("*.txt")) for case in cases_of(file)]


def cases_of(file: Path) -> list[Case]:
    """The cases of one file, in order."""
    head, *rest = _TITLE.split(file.read_text("utf-8"))
    base = _sections(head)
    return [
        Case(file, title, base, _sections(text))
        for title, text in zip(rest[::2], rest[1::2], strict=True)
    ]


def _sections(text: str) -> tuple[Section, ...]:
    """The sections of a text. Text before the first one is a comment."""
    _, *rest = _SECTION.split(text)
    return tuple(
        Section(name or made, _without_gap(body), is_made=bool(made))
        for name, made, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    )


def _without_gap(body: str) -> str:
    """A section without the empty lines at its end."""
    return body.rstrip("\n") + "\n" if body.strip("\n") else ""


def lay_out(case: Case, root: Path) -> None:
    """Writes the files of a case below `root`."""
    sections = {row.name: row for row in (*case.base, *case.sections) if not row.is_made}
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
    """Runs `site-builder check` on the case laid out at `root`; its messages and exit code."""
    command = next((row.text.split() for row in case.sections if row.name == _COMMAND), ["check"])
    with contextlib.ExitStack() as stack:
        if case.file.parent == FOLDER:  # what every build says; the lint has cases of its own
            name = "site_builder.stages.linting.wanted_codes"
            stack.enter_context(mock.patch(name, return_value=()))
        return _checked(root, command)


def _checked(root: Path, command: list[str]) -> tuple[str, int]:
    from site_builder.cli import main

    with (
        mock.patch("site_builder.reading.themes._PLACES", (PLAIN_THEME, PLAIN_THEME)),
        mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": TODAY}),
    ):
        result = CliRunner(catch_exceptions=False).invoke(main, ["-C", str(root), *command])
    return _without_gap(result.stderr.replace(str(root), "ROOT")), result.exit_code


def make(case: Case, root: Path) -> dict[str, str]:
    """Builds the case laid out at `root`: the output for each section of it, and any errors."""
    from site_builder.build import Options, render_site
    from site_builder.diagnostics import as_text

    wanted = case.answers
    with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": TODAY}):
        seen = all(".html" in name or name == _EXPECTED for name in wanted)
        rendered = render_site(Options(root, jobs=1, only_seen=seen))
        files = dict(normal(path, data) for path, data in rendered.files.items())
    said = as_text(rendered.diagnostics)
    made = {name: said if name == _EXPECTED else _answer(files, name) for name in wanted}
    return made if rendered.ok else {**made, _EXPECTED: said}


def _answer(files: dict[str, bytes], name: str) -> str:
    """A file, or the parts that a selector matches; `files assets/*` lists matching paths."""
    path, _, selector = name.partition(" ")
    if path == _FILES:
        found = sorted(path for path in files if fnmatch(path, selector or "*"))
        return "".join(f"{path}\n" for path in found)
    if path not in files:
        return f"{_NO_FILE}\n"
    text = files[path].decode()
    return _without_gap(select(text, selector) if selector else text)


def refreshed(file: Path, answers: dict[str, dict[str, str]]) -> str:
    """The text of a file of cases with new output, by the titles of cases and the names of sections."""
    head, *rest = _TITLE.split(file.read_text("utf-8"))
    parts = [head.rstrip("\n") + "\n"] if head.strip("\n") else []
    for title, text in zip(rest[::2], rest[1::2], strict=True):
        start, *sections = _SECTION.split(text)
        assert not start.strip(), f"{file.name}: text before the first section of '{title}'"
        known = dict(answers[title])
        lines = [f"==== {title}\n"]
        for name, made, body in zip(sections[::3], sections[1::3], sections[2::3], strict=True):
            shown = known.pop(made or name, _without_gap(body))
            lines.append(f"== {made} ==\n{shown}" if made else f"-- {name} --\n{shown}")
        lines += [f"-- {name} --\n{shown}" for name, shown in known.items()]
        parts.append("".join(lines))
    return "\n".join(parts)
