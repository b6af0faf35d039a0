"""Pin the newest versions that pyproject.toml allows: writes requirements.lock and requirements-dev.lock.

Both are plain `name==version` lines, read by pip as constraints; they name no package index.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Made by 'make lock' from pyproject.toml. What tests and checks run against.\n"


def main() -> int:
    """Resolve in an empty environment, runtime first, so that both files agree."""
    with tempfile.TemporaryDirectory(prefix="site-builder-lock-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        for requirement, lock in ((".", "requirements.lock"), (".[dev]", "requirements-dev.lock")):
            run(python, "install", "--quiet", requirement)
            pins = [
                line
                for line in run(python, "freeze", "--exclude", "site-builder").splitlines()
                if "==" in line
            ]
            text = HEADER + "".join(f"{pin}\n" for pin in sorted(pins, key=str.lower))
            (ROOT / lock).write_text(text, encoding="utf-8")
            print(f"{lock}: {len(pins)} packages")
    return 0


def run(python: Path, *arguments: str) -> str:
    """Run pip and return what it printed."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
