"""docs/tutorial.md, done as it says: every file written, every command run, every output compared.

What a step is: a file below a line with its path, lines to add to a file, words to write instead of others, and blocks
of commands; a block of text below a block of commands is what they print.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TUTORIAL = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")

STEP = re.compile(
    r"""
    ^`(?P<file>[^`\n]+)`:\n\n```\w+\n(?P<text>.*?)^```$
    | ^At\ the\ end\ of\ `(?P<longer>[^`\n]+)`,\ add:\n\n```\w+\n(?P<added>.*?)^```$
    | In\ `(?P<edited>[^`\n]+)`,\ write\ `(?P<new>[^`\n]+)`\ instead\ of\ `(?P<old>[^`\n]+)`
    | ^```sh\n(?P<commands>.*?)^```$(?:\n\n```text\n(?P<printed>.*?)^```$)?
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
LONGEST = 60.0


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """`site-builder` on the path as this checkout, and a browser that notes what it is asked to open."""
    programs = tmp_path / "programs"
    programs.mkdir()
    script(programs / "site-builder", f'exec {shlex.quote(sys.executable)} -m site_builder "$@"')
    script(programs / "browser", f'echo "$1" > {shlex.quote(str(tmp_path / "opened"))}')
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "BROWSER": f"{programs / 'browser'} %s",
        "NO_COLOR": "1",
        "COLUMNS": "200",
        "SOURCE_DATE_EPOCH": "1773360000",
    }


def script(file: Path, line: str) -> None:
    file.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    file.chmod(0o755)


def test_the_tutorial_works_as_it_is_written(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    for step in STEP.finditer(TUTORIAL):
        if step["commands"] is None:
            change(folder, step)
            continue
        printed = ""
        for line in step["commands"].splitlines():
            if line.startswith("cd "):
                folder /= line.removeprefix("cd ")
            elif line.startswith("site-builder serve"):
                opened = serve(line, folder, environment, tmp_path / "opened")
                assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\n", opened)
            else:
                printed += run(line, folder, environment, fails="error" in (step["printed"] or ""))
        if step["printed"] is not None:
            assert without_sizes(printed) == without_sizes(step["printed"])

    published = tmp_path / "desk" / "aldern-www"
    names = {path.parent.name for path in published.glob("*/index.html")}
    assert {"positions", "timeline", "claims", "terms", "updates", "about"} <= names
    assert (published / "issues/the-dam/index.html").is_file()
    assert "An earlier version said" in (published / "updates/index.html").read_text("utf-8")
    assert "This explainer is an exercise" in (published / "about/index.html").read_text("utf-8")


def without_sizes(text: str) -> str:
    """What a publish prints without what changes with the machine or the theme: seconds, files, bytes."""
    return re.sub(r"[\d.]+(?= s\)| new;| kB)", "N", text)


def change(folder: Path, step: re.Match[str]) -> None:
    """Write a file, or change one that is there."""
    file = folder / (step["file"] or step["longer"] or step["edited"])
    if step["file"]:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(step["text"], encoding="utf-8")
    elif step["longer"]:
        file.write_text(file.read_text(encoding="utf-8") + step["added"], encoding="utf-8")
    else:
        text = file.read_text(encoding="utf-8")
        assert text.count(step["old"]) == 1
        file.write_text(text.replace(step["old"], step["new"]), encoding="utf-8")


def run(line: str, folder: Path, environment: Mapping[str, str], *, fails: bool) -> str:
    """What a command prints; it must end well unless it is shown to find errors."""
    done = subprocess.run(
        shlex.split(line),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == int(fails), done.stdout
    return done.stdout


def serve(line: str, folder: Path, environment: Mapping[str, str], note: Path) -> str:
    """Start a preview on a free port and end it as Ctrl-C does; returns what the browser was to open."""
    process = subprocess.Popen(
        [*shlex.split(line), "--port", "0"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + LONGEST
        while not (note.is_file() and note.read_text()) and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(LONGEST) == 0
    return note.read_text()


def commands() -> Iterator[str]:
    for step in STEP.finditer(TUTORIAL):
        yield from (step["commands"] or "").splitlines()


def test_no_block_of_the_tutorial_is_left_out() -> None:
    blocks = re.findall(r"^```\w+$", TUTORIAL, re.MULTILINE)
    steps = list(STEP.finditer(TUTORIAL))
    used = sum(1 for step in steps if not step["edited"])
    used += sum(1 for step in steps if step["printed"] is not None)

    assert used == len(blocks)
    assert {line.split()[1] for line in commands() if line.startswith("site-builder")} == {
        "init",
        "serve",
        "check",
        "new",
        "publish",
        "source",
    }
