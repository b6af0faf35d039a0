"""Writes what tests expect anew, from what the builder does now.

    python -m tools.refresh

Look at the difference before you commit it: it is the change that people will see.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools import cases


def refresh_cases(words: list[str]) -> None:
    """The text cases in tests/diagnostics/; only files whose name holds one of the words, if any."""
    files = sorted(cases.FOLDER.glob("*.txt"))
    for file in files:
        if words and not any(word in file.name for word in words):
            continue
        answers = {}
        for case in cases.read_cases():
            if case.file != file:
                continue
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder) / "site"
                root.mkdir()
                cases.lay_out(case, root)
                answers[case.title], _ = cases.run(case, root)
        file.write_text(cases.refreshed(file, answers), "utf-8")


if __name__ == "__main__":
    refresh_cases(sys.argv[1:])
