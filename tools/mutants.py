"""Small mistakes made in the code on purpose, one at a time: the tests ought to fail for each.

    python -m tools.mutants                            every mistake in tools/mutants.txt
    python -m tools.mutants NAME …                     those whose names begin so
    python -m tools.mutants site_builder/output …      what mutmut makes of these files, or of a folder's

All of it happens in a copy of the repository, with the tests that TESTS names for each package. mutmut leaves
decorated functions (and so all properties), tables and other statements outside functions alone: mistakes in these
belong on the list, with those that reviewers think of.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "mutants.txt"
PACKAGE = "site_builder"
PATIENCE = 900
"""Seconds after which tests that do not end count as failed."""

WHAT_READERS_GET = (
    "tests/links",
    "tests/pages",
    "tests/rendering",
    "tests/output",
    "tests/test_pins.py",
    "tests/test_diagnostics.py",
)
TESTS = {
    "content": ("tests/content", *WHAT_READERS_GET),
    "links": (*WHAT_READERS_GET, "tests/content"),
    "output": ("tests/output",),
    "engine": ("tests/engine/test_steps.py",),
    "incremental": ("tests/engine",),
    "memory": ("tests/memory", "tests/engine"),
    "exports": ("tests/exports", *WHAT_READERS_GET),
    "publish": ("tests/publish",),
    "sources": ("tests/sources", "tests/evidence"),
    "sourcing": ("tests/sourcing",),
    "preview": ("tests/preview",),
}
"""The tests of a package; those of what readers get, where none are named."""


@dataclass(frozen=True)
class Mutant:
    """A mistake on the list: what stands in a file, and what it is changed to."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = ()

    def apply(self, root: Path) -> str:
        """Makes the mistake below `root`. Returns why it can't be made, or ""."""
        path = root / self.file
        if not path.is_file():
            return "its file is gone"
        text = path.read_text("utf-8")
        if text.count(self.old) != 1:
            return (
                f"its text is there {text.count(self.old)} times"
                if self.old in text
                else "its text is gone"
            )
        path.write_text(text.replace(self.old, self.new), "utf-8")
        return ""


def read_list(text: str) -> list[Mutant]:
    """The mutants of a list: blocks of `name`, `file`, `old`, `new` and perhaps `tests`, an empty line between two."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            rows = dict(line.split(":", 1) for line in lines)
            old, new = (ast.literal_eval(rows[name].strip()) for name in ("old", "new"))
            tests = tuple(rows.get("tests", "").split())
            found.append(Mutant(rows["name"].strip(), rows["file"].strip(), old, new, tests))
    return found


def relevant_tests(file: str) -> tuple[str, ...]:
    """The tests that ought to notice a mistake in a file of the program."""
    return TESTS.get(Path(file).parts[1], WHAT_READERS_GET)


def copy_repository(folder: Path) -> None:
    """Copies everything that is under version control, or could be, as it is now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    for name in names.decode().split("\0"):
        source = ROOT / name
        if name and source.is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    if (ROOT / "node_modules").exists():
        (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())


def environment(root: Path) -> dict[str, str]:
    """In which programs that tests start take the code below `root`, too."""
    names = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "80"}
    return {**os.environ, **names}


# --- the list ------------------------------------------------------------------------------------


def fate(mutant: Mutant, root: Path) -> str:
    """What becomes of a mutant in the copy of the repository at `root`: `killed`, `survived`, or why neither."""
    path = root / mutant.file
    before = path.read_bytes() if path.is_file() else b""
    problem = mutant.apply(root)
    if problem:
        return problem
    tests = mutant.tests or relevant_tests(mutant.file)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "--inline-snapshot=disable"]
    command += ["-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
    try:
        result = subprocess.run(
            command,
            cwd=root,
            env=environment(root),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "killed"
    finally:
        path.write_bytes(before)
    if result.returncode in (0, 1):
        return "survived" if result.returncode == 0 else "killed"
    return f"pytest ended with {result.returncode}: {result.stdout.decode()[-300:]}"


def try_list(mutants: Sequence[Mutant], jobs: int) -> int:
    """Makes each mistake of a list by itself, and tells what became of it; 1 unless all were noticed."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        free: Queue[Path] = Queue()
        for number in range(jobs):
            copy_repository(Path(folder, str(number)))
            free.put(Path(folder, str(number)))

        def tried(mutant: Mutant) -> str:
            root = free.get()
            try:
                return fate(mutant, root)
            finally:
                free.put(root)

        fates = []
        with ThreadPoolExecutor(jobs) as pool:
            for mutant, outcome in zip(mutants, pool.map(tried, mutants), strict=True):
                print(f"{outcome:9} {mutant.name} ({mutant.file})", flush=True)
                fates.append(outcome)
    killed = fates.count("killed")
    print(f"{killed} of {len(fates)} killed")
    return 0 if killed == len(fates) else 1


# --- mutmut --------------------------------------------------------------------------------------

_CONFIGURATION = """
[tool.mutmut]
source_paths = ["{package}"]
only_mutate = {files}
also_copy = {others}
pytest_add_cli_args = ["-n0", "--inline-snapshot=disable", "-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
"""
_MUTANT = re.compile(r"^\s*(?P<name>\S+__mutmut_\d+): (?P<fate>.+)$", re.MULTILINE)
_NOTICED = ("killed", "timeout", "caught by type check", "segfault")


def files_below(paths: Sequence[str]) -> Iterator[str]:
    """The modules that paths from the top of the repository name."""
    for path in paths:
        found = ROOT / path
        if not found.exists():
            sys.exit(f"there is neither a mutant nor a file '{path}'")
        modules = sorted(found.rglob("*.py")) if found.is_dir() else [found]
        yield from (row.relative_to(ROOT).as_posix() for row in modules)


def try_mutmut(files: Sequence[str], jobs: int, tests: Sequence[str] = ()) -> int:
    """Lets mutmut make mistakes in files, and shows the share that was noticed and the others; always 0."""
    tests = list(tests or dict.fromkeys(path for file in files for path in relevant_tests(file)))
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        root = Path(folder)
        copy_repository(root)
        others = sorted(
            row.name for row in root.iterdir() if row.name not in (PACKAGE, "node_modules")
        )
        with (root / "pyproject.toml").open("a", encoding="utf-8") as settings:
            settings.write(
                _CONFIGURATION.format(package=PACKAGE, files=[*files], others=others, tests=tests)
            )
        # Where Python starts without this folder, it never looks into it again.
        (root / "mutants").mkdir()
        mutmut = [sys.executable, "-m", "mutmut"]
        variables = environment(root / "mutants")
        command = [*mutmut, "run", "--max-children", str(jobs)]
        made = subprocess.run(
            command, cwd=root, env=variables, capture_output=True, text=True, check=False
        )
        if made.returncode:
            print(made.stdout[-2000:], made.stderr[-2000:], sep="\n")
        command = [*mutmut, "results", "--all", "true"]
        said = subprocess.run(
            command, cwd=root, env=variables, capture_output=True, text=True, check=False
        )
        fates = {row["name"]: row["fate"] for row in _MUTANT.finditer(said.stdout)}
        for name, outcome in fates.items():
            if not outcome.startswith(_NOTICED):
                print(f"--- {outcome}: {name}")
                subprocess.run([*mutmut, "show", name], cwd=root, env=variables, check=False)
    for file in files:
        module = file.removesuffix(".py").replace("/", ".")
        counts = Counter(
            outcome.startswith(_NOTICED)
            for name, outcome in fates.items()
            if name.rpartition(".")[0] == module
        )
        if counts:
            share = 100 * counts[True] // counts.total()
            print(f"{share:3} % of {counts.total():4} killed in {file}")
    return 0


def main() -> int:
    """Does what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument(
        "what", nargs="*", help="names on the list, or files and folders for mutmut"
    )
    parser.add_argument(
        "-j", "--jobs", type=int, default=os.cpu_count() or 1, help="how many at once"
    )
    parser.add_argument("--tests", nargs="+", default=(), help="the tests for mutmut to run")
    row = parser.parse_args()
    mutants = read_list(LIST.read_text("utf-8"))
    chosen = [one for one in mutants if not row.what or one.name.startswith(tuple(row.what))]
    if chosen:
        return try_list(chosen, row.jobs)
    return try_mutmut([*files_below(row.what)], row.jobs, row.tests)


if __name__ == "__main__":
    sys.exit(main())
