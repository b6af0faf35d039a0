"""Pin the newest versions that pyproject.toml allows, with the hashes of their files; with --keep, only what is new.

Writes three files that `pip install --require-hashes` reads: requirements-build.lock (pip, and what builds this
package), requirements.lock (what building a site needs) and requirements-dev.lock (the same, and what tests and checks need).
uv resolves them for every supported Python and system at once. The files hold names, versions and hashes of all files
of a release, and no addresses, so any index may serve them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Made by 'make lock' from pyproject.toml. What tests and checks run against.\n"
BUILD, RUNTIME, DEV = "requirements-build.lock", "requirements.lock", "requirements-dev.lock"
UV = "uv>=0.9,<1"
OPTIONS = (
    "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate",
    "--no-emit-index-url", "--no-emit-find-links",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Resolve each file; the later ones keep the versions of the earlier ones.

    With `--keep`, versions that are pinned already stay, and only what pyproject.toml has added is resolved.
    """
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    oldest = declared["project"]["requires-python"].removeprefix(">=")
    with tempfile.TemporaryDirectory(prefix="site-builder-lock-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        run(python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", UV)
        build_requirements = Path(folder) / "build.in"
        build_requirements.write_text("\n".join(["pip", *declared["build-system"]["requires"]]))
        rows: tuple[tuple[str, list[str]], ...] = (
            (RUNTIME, ["pyproject.toml"]),
            (BUILD, [str(build_requirements), "--constraint", RUNTIME]),
            (DEV, ["pyproject.toml", "--extra", "dev", "-c", RUNTIME, "-c", BUILD]),
        )
        for lock, inputs in rows:
            made = Path(folder) / lock
            if "--keep" in arguments and (ROOT / lock).is_file():
                shutil.copyfile(ROOT / lock, made)  # uv keeps what its output file pins
            compiling = (python, "-m", "uv", "pip", "compile", *OPTIONS)
            run(*compiling, "--python-version", oldest, "--output-file", made, *inputs)
            pins = made.read_text(encoding="utf-8")
            (ROOT / lock).write_text(HEADER + pins, encoding="utf-8")
            print(f"{lock}: {pins.count('==')} packages")
    return 0


def run(*command: Path | str) -> None:
    """Run a program in the repository; its own messages reach the terminal."""
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
