"""Make .venv, or bring it up to date: `python tools/install.py runtime` or `... dev`.

`runtime` is what building a site needs, `dev` adds what tests and checks need. The requirements*.lock files pin the
versions, and the hashes of the files that pip may install. If nothing has changed since the last time, nothing is done.
Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"

BUILD_LOCK = "requirements-build.lock"
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
INSTALLED = VENV / "installed.json"
"""Version and SHA-256 of the archive of each installed package, by its normalised name (PEP 503)."""


def main(arguments: list[str]) -> int:
    """Install what the one argument names; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        print(f"usage: python tools/install.py {'|'.join(LOCKS)}", file=sys.stderr)
        return 2
    wanted = arguments[0]
    if is_installed(wanted):
        compile_package()
        return 0
    try:
        if not venv_is_usable("import pip"):
            print("making .venv with", sys.executable, flush=True)
            make_venv()
        print(f"installing the {wanted} packages into .venv", flush=True)
        install(wanted)
    except subprocess.CalledProcessError as error:
        print(
            f"\n.venv could not be made ready: pip ended with code {error.returncode}; its own words are above.\n"
            "Most often the package index can't be reached. Try again, or start over with 'make clean'.",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(f"\n.venv could not be made: {error}", file=sys.stderr)
        return 1
    note_for(wanted).write_text(fingerprint(wanted), encoding="utf-8")
    compile_package()
    subprocess.run([VENV_PYTHON, "-m", "site_builder.rendering.compiled"], cwd=ROOT, check=False)
    return 0


def note_for(wanted: str) -> Path:
    """Where the fingerprint of what was last installed is kept."""
    return VENV / f".installed-{wanted}"


def fingerprint(wanted: str) -> str:
    """Digest of all that decides what .venv holds: place, interpreter, declared and pinned versions."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = {
        "place": str(ROOT),
        "python": sys.version,
        "project": declared["project"],
        "build": [declared["build-system"], declared["tool"]["hatch"]],
        "pins": [(ROOT / lock).read_text(encoding="utf-8") for lock in (BUILD_LOCK, LOCKS[wanted])],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_installed(wanted: str) -> bool:
    """Whether .venv is there and was made from these very files, in this very place."""
    note = note_for(wanted)
    return (
        note.is_file()
        and note.read_text(encoding="utf-8") == fingerprint(wanted)
        and venv_is_usable()
    )


def venv_is_usable(program: str = "") -> bool:
    """Whether .venv's Python works, is the one that runs this script, and can run this program."""
    if not VENV_PYTHON.is_file():
        return False
    probe = [str(VENV_PYTHON), "-I", "-c", f"{program}\nimport sys; print(sys.version)"]
    answer = subprocess.run(probe, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def make_venv() -> None:
    """Make .venv anew."""
    import venv

    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=True, symlinks=True)
    if sys.version_info < (
        3,
        12,
    ):  # Python's own venv adds setuptools there, which nothing here needs
        pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "uninstall", "--yes", "setuptools"], cwd=ROOT, check=True)


def install(wanted: str) -> None:
    """Install the locked packages, then this checkout, editable, built by the locked backend."""
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    report = VENV / "pip-report.json"
    locks = [word for lock in (BUILD_LOCK, LOCKS[wanted]) for word in ("--requirement", lock)]
    command = [*pip, "--require-hashes", "--report", str(report), *locks]
    subprocess.run(command, cwd=ROOT, check=True)
    note_hashes(report)
    command = [*pip, "--no-deps", "--no-build-isolation", "--editable", "."]
    subprocess.run(command, cwd=ROOT, check=True)


def note_hashes(report: Path) -> None:
    """Add to INSTALLED what pip says it has just installed; its report names addresses, so it goes."""
    known = json.loads(INSTALLED.read_text(encoding="utf-8")) if INSTALLED.is_file() else {}
    for row in json.loads(report.read_text(encoding="utf-8"))["install"]:
        name = re.sub(r"[-_.]+", "-", row["metadata"]["name"]).lower()
        hashes = row["download_info"]["archive_info"]["hashes"]
        known[name] = {"version": row["metadata"]["version"], "sha256": hashes["sha256"]}
    INSTALLED.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    report.unlink()


def compile_package() -> None:
    """Compile the modules of the package that have changed, so that no command has to.

    Under PYTHONDONTWRITEBYTECODE, which containers often set, every command would compile them all
    again. The Python that runs this is that of .venv. What can't be compiled is told when it is used.
    """
    compileall.compile_dir(ROOT / "site_builder", quiet=2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
