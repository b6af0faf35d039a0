"""A miniature site to publish, and the command that publishes it."""

from __future__ import annotations

import json
import os
import posixpath
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pytest
from click.testing import CliRunner

from site_builder.cli import main

ROOT = Path(__file__).resolve().parents[2]

SITE = {
    "content/articles/tea.md": """
        ---
        title: The price of tea
        as_of: 2025-12-02
        ---
        The [[tariff]] divides [[minister]] and [[grower]].
        """,
    "content/issues/tariff.md": """
        ---
        title: Tariff
        positions:
          - {actor: minister, stance: supports}
          - {actor: grower, stance: rejects}
        ---
        ![A cup](cup.svg)
        """,
    "content/actors/minister.yaml": "name: The minister\n",
    "content/actors/grower.yaml": "name: The growers\n",
    "static/cup.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "templates/base.html": """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
        <link rel="stylesheet" href="{{ asset('site.css') }}"></head>
        <body>{% block main %}{% endblock %}</body></html>
        """,
}


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    errors: str

    @property
    def plain(self) -> str:
        """All of it, without the times it took."""
        return re.sub(r"\(\d+\.\d s\)", "(0.0 s)", self.out + self.errors)


class Desk:
    """A site on somebody's desk, with targets, and the command line to publish it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.targets: dict[str, str] = {}
        self.write(SITE)
        self._settings()

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).removeprefix("\n"), "utf-8")

    def _settings(self, more: str = "") -> None:
        rows = "".join(f"  {name}: {value}\n" for name, value in self.targets.items())
        publish = f"publish:\n{rows}" if rows else ""
        self.write({"content/site.yaml": f"title: Tea\nexports: []\n{more}{publish}"})

    def target(self, name: str, value: str, more: str = "") -> None:
        """Names a target in site.yaml, as YAML flow."""
        self.targets[name] = value
        self._settings(more)

    def publish(self, *words: str, answer: str | None = None) -> Said:
        """`site-builder publish …`, with nobody at the terminal."""
        arguments = ["-C", str(self.root), "publish", *words]
        result = CliRunner().invoke(main, arguments, input=answer, catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Templates are compiled once for all tests: most of what building a miniature site costs."""
    compiled: dict[object, Any] = {}
    compile_template = jinja2.Environment.compile

    def remembered(self: jinja2.Environment, source: str, *where: str) -> Any:
        key = (type(self), source, where)
        if key not in compiled:
            compiled[key] = compile_template(self, source, *where)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", remembered)
        yield


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A miniature site, with a home folder of its own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764633600")
    for name in ("CI", "XDG_CONFIG_HOME", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path / "site")


Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def tree() -> Tree:
    """What a folder holds: files by path."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read


@dataclass(frozen=True)
class Round:
    """How one publish ended that was cut short at its n-th operation."""

    number: int
    code: int
    said: str

    @property
    def is_last(self) -> bool:
        """Whether it came to its end."""
        return self.code == 0


class Interrupted:
    """A publish that is cut short at every operation in turn; see `interrupted.py`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rounds(self, how: str, watch: str, *words: str) -> Iterator[Round]:
        """Each round is over when it is yielded; the next begins when the test asks for it."""
        program = Path(__file__).with_name("interrupted.py")
        command = [sys.executable, str(program), str(self._desk.root), how, watch, *words]
        # What a killed publish leaves in the folder for temporary files goes with the test's own.
        temporary = self._desk.root.with_name("temporary")
        temporary.mkdir(exist_ok=True)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert process.stdin
            assert process.stdout
            for line in process.stdout:
                row = json.loads(line)
                found = Round(row["round"], row["code"], row["said"])
                yield found
                if not found.is_last:
                    process.stdin.write("\n")
                    process.stdin.flush()
        assert process.returncode == 0


@pytest.fixture
def interrupted(desk: Desk) -> Interrupted:
    return Interrupted(desk)


MissingAssets = Callable[[Mapping[str, bytes]], list[str]]


@pytest.fixture
def missing_assets() -> MissingAssets:
    """What pages among some files ask a browser to load and is not there: `page: file`."""

    def missing(files: Mapping[str, bytes]) -> list[str]:
        found = []
        for page in files:
            if page.endswith(".html"):
                text = files[page].decode()
                for link in re.findall(r'<(?:link|img|script)[^>]*?(?:href|src)="([^"]+)"', text):
                    # The page for errors stands at any address, so its links begin at the top.
                    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), link))
                    if path.lstrip("/") not in files:
                        found.append(f"{page}: {link}")
        return found

    return missing
