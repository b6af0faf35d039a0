"""Reading a document in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from site_builder.faults import Fault, MissingExtra
from site_builder.processes import Program
from site_builder.sourcing.found import Extracted
from site_builder.text.shown import on_one_line

LONGEST = 180
"""Seconds until a document is given up."""
_CRASHED = "it can't be read: what reads it gave up; open it, print it to a new PDF, and add that"


def read_document(
    path: Path, *, pages: tuple[int, int] | None = None, articles: bool = False, changes: str = ""
) -> Extracted:
    """The text of a document. Raises `Fault` with what to do where it can't be read; nothing is written."""
    if not path.is_file():
        raise Fault(f"there is no file '{path}'")
    request = {
        "path": str(path.absolute()),
        "pages": pages,
        "articles": articles,
        "changes": changes,
    }
    answer: dict[str, Any] = _asked(path, json.dumps(request).encode())
    if "missing" in answer:
        raise MissingExtra(f"reading '{path.name}'", "sources")
    if "found" not in answer:
        raise Fault(f"{path.name}: {on_one_line(str(answer.get('unreadable', _CRASHED)))}")
    return Extracted(**answer["found"])


def _asked(path: Path, request: bytes) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "site_builder.sourcing.child"]
    pipe = subprocess.PIPE
    program = Program(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    try:
        out, _ = program.process.communicate(request, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise Fault(
            f"{path.name}: it takes more than {LONGEST // 60} minutes to read; "
            "add some of its pages: --pages 1-50"
        ) from None
    finally:
        program.end()
    try:
        answer: dict[str, Any] = json.loads(out)
    except ValueError:
        return {}
    return answer
