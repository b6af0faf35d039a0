"""Rewrites what text cases expect, from what the builder does now.

    python -m tools.refresh

Read the difference before you commit it: it is the change that people will see.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools import cases


def refresh_cases(words: list[str]) -> None:
    """Rewrites the text cases in tests/; with words, only files whose path contains one of them."""
    for folder in (cases.FOLDER, cases.LINT, *cases.MADE):
        for file in sorted(folder.glob("*.txt")):
            if words and not any(word in f"{folder.name}/{file.name}" for word in words):
                continue
            rows = [case for case in cases.read_cases(folder) if case.file == file]
            answers = {case.title: answers_of(case) for case in rows}
            file.write_text(cases.refreshed(file, answers), "utf-8")


def answers_of(case: cases.Case) -> dict[str, str]:
    """The messages or the output of a case."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        root.mkdir()
        cases.lay_out(case, root)
        if case.file.parent in cases.MADE:
            return cases.make(case, root)
        return {"diagnostics": cases.run(case, root)[0]}


if __name__ == "__main__":
    refresh_cases(sys.argv[1:])
