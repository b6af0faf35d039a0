"""Look for inputs that break what always holds, guided by coverage: `make fuzz`.

    python -m tools.fuzz                           a minute, a quarter of it for each target
    python -m tools.fuzz dates --seconds 600       one target for longer
    python -m tools.fuzz dates FILE …              check inputs again, such as one that was found
    python -m tools.fuzz --bugs                    make each bug of tools/fuzz_bugs in a copy, and see that it is found

The targets are modules of tools/fuzzing, each with its seeds in tests/fuzz/corpus. Each runs in a process of its own,
because atheris ends the process it runs in. The same seed gives the same inputs until a time limit cuts them off. What
is found goes to .cache/fuzz; when the bug is fixed, put it into the corpus of its target, and it is checked by every
run of the tests.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.fuzzing.mutating import Mutator
from tools.mutants import ROOT, Mutant, copy_repository, environment, read_list

TARGETS = ("citations", "dates", "front_matter", "markdown")
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
BUGS = ROOT / "tools" / "fuzz_bugs"
FOUND = ROOT / ".cache" / "fuzz"
SECONDS = 15
"""For each target."""
_PATIENCE = 60
"""Seconds that a target may take to start and end, in addition to its own time."""
_WHY = re.compile(
    r"^ ?=== Uncaught Python exception: ===\n(.*?)(?=\nTraceback|\n=====|\Z)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Outcome:
    """The result of a run of one target. `why` is "" if nothing was found."""

    target: str
    seconds: float
    runs: int
    why: str = ""
    file: Path | None = None


def is_there() -> bool:
    """Whether atheris is installed: it has no wheels for some systems and versions of Python."""
    return importlib.util.find_spec("atheris") is not None


def look(
    target: str,
    seconds: float,
    root: Path = ROOT,
    found: Path = FOUND,
    seed: int = 1,
    inputs: int = -1,
) -> Outcome:
    """Runs one target in a process of its own, with the code below `root`.

    It ends after so many seconds, or so many inputs. The same seed and number give the same inputs on
    every machine that gets through them in time.

    Raises:
        RuntimeError: the fuzzer itself failed.
    """
    found.mkdir(parents=True, exist_ok=True)
    before = {*found.glob(f"{target}-*")}
    begun = time.monotonic()
    command = [sys.executable, "-m", "tools.fuzz", "--child", target, "--seconds", str(seconds)]
    command += ["--seed", str(seed), "--inputs", str(inputs), "--found", str(found)]
    variables = {**environment(root), "PYTHONHASHSEED": "0"}
    said = ""
    try:
        done = subprocess.run(
            command, cwd=root, env=variables, capture_output=True, text=True, errors="replace",
            timeout=seconds + _PATIENCE, check=False,
        )  # fmt: skip
        said, code = done.stdout + done.stderr, done.returncode
    except subprocess.TimeoutExpired:
        return Outcome(target, time.monotonic() - begun, 0, "it does not end")
    took = time.monotonic() - begun
    runs = re.findall(r"^#(\d+)\t", said, re.MULTILINE)
    count = int(runs[-1]) if runs else 0
    if code == 0:
        return Outcome(target, took, count)
    new = sorted({*found.glob(f"{target}-*")} - before)
    if not new:
        raise RuntimeError(f"the fuzzer of {target} ended with {code}:\n{said[-3000:]}")
    why = _WHY.search(said)
    return Outcome(target, took, count, why[1].strip() if why else said[-1000:], new[-1])


def child(target: str, row: argparse.Namespace) -> None:
    """Runs a target here, until something is found, or time or inputs are over. It never returns."""
    import atheris

    # What decides whether an input is new is the code that is tested, not what tests it.
    with atheris.instrument_imports(include=["site_builder"]):
        module = importlib.import_module(f"tools.fuzzing.{target}")
        from tools.fuzzing.checking import LONGEST

    seeds = [path.read_bytes() for path in sorted((CORPUS / target).iterdir())]
    mutator = Mutator(module.TOKENS, seeds)

    def change(data: bytes, longest: int, chance: int) -> bytes:
        return mutator(data, min(longest, LONGEST), chance)

    with tempfile.TemporaryDirectory(prefix="fuzz-") as corpus:
        arguments = [
            "fuzz", corpus, str(CORPUS / target), f"-max_total_time={max(1, int(row.seconds))}",
            f"-runs={row.inputs}", f"-seed={row.seed}",
            f"-max_len={LONGEST}", "-len_control=0", "-timeout=300", "-rss_limit_mb=4096", f"-artifact_prefix={row.found}/{target}-",
        ]  # fmt: skip
        atheris.Setup(arguments, module.check, custom_mutator=change)
        atheris.Fuzz()


def mutated(target: str, count: int) -> Iterator[bytes]:
    """As many changed seeds of a target, the same on every machine and whatever the code does with them.

    What coverage leads to changes with the code, so that a run of the tests could fail by chance.
    """
    from tools.fuzzing.checking import LONGEST  # it imports what `child` has to import first

    seeds = [path.read_bytes() for path in sorted((CORPUS / target).iterdir())]
    mutator = Mutator(importlib.import_module(f"tools.fuzzing.{target}").TOKENS, seeds)
    for number in range(count):
        data = seeds[number % len(seeds)]
        for step in range(1 + number % 4):
            data = mutator(data, LONGEST, 4 * number + step)
        yield data


def again(target: str, files: Sequence[str]) -> int:
    """Checks inputs, and says what is wrong with them."""
    module: Any = importlib.import_module(f"tools.fuzzing.{target}")
    broken = 0
    for file in files:
        try:
            module.check(Path(file).read_bytes())
        except Exception:  # noqa: BLE001  # whatever it raises is what was looked for
            broken += 1
            print(file, traceback.format_exc(), sep="\n")
    print(f"{len(files) - broken} of {len(files)} are as they should be")
    return 1 if broken else 0


def bugs() -> list[Mutant]:
    """The bugs that the fuzzer has to find. The target that finds one stands before the first hyphen of its name."""
    return [
        bug for file in sorted(BUGS.glob("*.txt")) for bug in read_list(file.read_text("utf-8"))
    ]


def try_bugs(names: Sequence[str], seconds: float) -> int:
    """Makes each bug in a copy of the repository, and looks for it; 1 unless all are found."""
    chosen = [bug for bug in bugs() if not names or bug.name.startswith(tuple(names))]
    missed = 0
    with tempfile.TemporaryDirectory(prefix="fuzz-bugs-") as folder:
        root = Path(folder, "copy")
        copy_repository(root)
        for bug in chosen:
            path = root / bug.file
            before = path.read_bytes() if path.is_file() else b""
            problem = bug.apply(root)
            outcome = Outcome("", 0, 0)
            if not problem:
                outcome = look(bug.name.partition("-")[0], seconds, root, Path(folder, "found"))
                path.write_bytes(before)
            missed += not outcome.why
            fate = problem or (
                f"found in {outcome.seconds:.1f} s" if outcome.why else f"not in {outcome.runs:,}"
            )
            print(
                f"{fate:18} {bug.name}: {outcome.why.splitlines()[0][:150] if outcome.why else ''}",
                flush=True,
            )
    print(f"{len(chosen) - missed} of {len(chosen)} found")
    return 1 if missed or not chosen else 0


def main() -> int:
    """Does what the arguments say."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "what", nargs="*", help="a target, or none for all; then files to check again"
    )
    parser.add_argument(
        "--seconds", type=float, default=0, help=f"for each target (default: {SECONDS}) or bug (60)"
    )
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    parser.add_argument("--inputs", type=int, default=-1, help="how many for each target, at most")
    parser.add_argument("--bugs", action="store_true", help="look for the bugs of tools/fuzz_bugs")
    parser.add_argument("--found", default=str(FOUND), help=argparse.SUPPRESS)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    row = parser.parse_args()
    if row.child:
        child(row.what[0], row)
    if row.what[1:] and row.what[1] not in TARGETS and not row.bugs:
        return again(row.what[0], row.what[1:])
    if not is_there():
        print("atheris is not installed: it is there for Linux on x86-64 and Python up to 3.13")
        return 2
    if row.bugs:
        return try_bugs(row.what, row.seconds or 60)
    unknown = [name for name in row.what if name not in TARGETS]
    if unknown:
        parser.error(f"unknown target {unknown[0]!r} (there are: {', '.join(TARGETS)})")
    outcomes = []
    for target in row.what or TARGETS:
        outcome = look(
            target, row.seconds or SECONDS, found=Path(row.found), seed=row.seed, inputs=row.inputs
        )
        outcomes.append(outcome)
        print(f"{target:13} {outcome.runs:8,} inputs in {outcome.seconds:.0f} s", flush=True)
        if outcome.why:
            print(f"  {outcome.why}\n  python -m tools.fuzz {target} {outcome.file}", flush=True)
    return 1 if any(outcome.why for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
