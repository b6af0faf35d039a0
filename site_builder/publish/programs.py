"""Runs git and rsync: without a shell, without questions nobody can answer, without secrets in messages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from site_builder.processes import Program
from site_builder.publish.faults import PublishFault
from site_builder.publish.reasons import is_reason
from site_builder.text.shown import on_one_line


@dataclass(frozen=True)
class Outcome:
    """How a program ended: its exit code and its output."""

    code: int
    out: bytes
    errors: str


def run(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    given: bytes = b"",
    to: IO[bytes] | None = None,
) -> Outcome:
    """Runs a program in a folder to its end, with `given` as its input; its output goes `to` a file, or is returned.

    Raises `PublishFault` if there is no such program.
    """
    name = command[0]
    program = shutil.which(name, path=environment.get("PATH"))
    if program is None:
        raise PublishFault(f"publishing here needs {name}, which is not installed on this machine")
    running = Program(
        [program, *command[1:]],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=to or subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        out, errors = running.process.communicate(given)
    finally:
        running.end()
    return Outcome(running.process.returncode, out or b"", errors.decode("utf-8", "replace"))


def said(text: str, most: int = 6) -> str:
    """The first lines of a program's output, indented, for the end of a message.

    Lines with a known reason are always among them. A line that CI would take for a command
    (`::add-path::`, `##[command]`) gets a `|` in front.
    """
    lines = [line.expandtabs(1).rstrip() for line in text.splitlines() if line.strip(" \t@")]
    reasons = [number for number, line in enumerate(lines) if is_reason(line)][:most]
    others = (number for number in range(len(lines)) if number not in reasons)
    shown = sorted([*reasons, *list(others)[: most - len(reasons)]])
    commands = tuple(line for line in lines if line.lstrip().startswith(("::", "##[")))
    return "".join(
        f"\n  {'| ' * (lines[number] in commands)}{on_one_line(lines[number])}" for number in shown
    )
