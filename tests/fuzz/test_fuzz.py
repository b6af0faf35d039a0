"""A minute of the fuzzer, and what it found before: see tools/fuzz.py."""

from __future__ import annotations

import hashlib
import importlib
import re
from pathlib import Path

import pytest

from tools import fuzz
from tools.fuzzing.checking import LONGEST, Broken, limited
from tools.fuzzing.mutating import Mutator

SEEDS = [path for target in fuzz.TARGETS for path in sorted((fuzz.CORPUS / target).iterdir())]


# As many as a slow machine checks in a quarter of a minute. Where the fuzzer still finds something new now and then, the
# tests try inputs that do not depend on the code; `make fuzz` goes looking there.
INPUTS = {"citations": 12_000, "dates": 8_000}
FIXED = {"front_matter": 4_000, "markdown": 4_000}


@pytest.mark.parametrize("target", FIXED)
def test_fixed_inputs_break_nothing_that_always_holds(target: str) -> None:
    check = importlib.import_module(f"tools.fuzzing.{target}").check
    for number, data in enumerate(fuzz.mutated(target, FIXED[target])):
        for attempt in range(3):
            try:
                check(data)
            except Exception as error:
                # On a busy machine, an input may take too long once.
                if attempt == 2 or "takes too long" not in str(error):
                    raise AssertionError(f"input {number} of {target}: {data!r}") from error
            else:
                break


def test_fixed_inputs_are_the_same_everywhere() -> None:
    made = hashlib.sha256(b"".join(fuzz.mutated("dates", 200))).hexdigest()
    assert made == hashlib.sha256(b"".join(fuzz.mutated("dates", 200))).hexdigest()
    assert len({*fuzz.mutated("dates", 200)}) > 190


@pytest.mark.parametrize("target", INPUTS)
def test_random_inputs_break_nothing_that_always_holds(target: str, tmp_path: Path) -> None:
    if not fuzz.is_there():
        pytest.skip("no atheris: it is there for Linux on x86-64 and Python up to 3.13")

    outcome = fuzz.look(target, 40 * fuzz.SECONDS, found=tmp_path, inputs=INPUTS[target])

    data = outcome.file.read_bytes() if outcome.file else b""
    assert (outcome.why, data) == ("", b"")
    assert outcome.runs == INPUTS[target]


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_what_the_fuzzer_begins_with_breaks_nothing(target: str) -> None:
    check = importlib.import_module(f"tools.fuzzing.{target}").check
    seeds = [path for path in SEEDS if path.parent.name == target]
    assert len(seeds) > 20
    for path in seeds:
        check(path.read_bytes())


@pytest.mark.parametrize("bug", fuzz.bugs(), ids=lambda bug: bug.name)
def test_each_bug_for_the_fuzzer_can_be_made(bug: fuzz.Mutant, tmp_path: Path) -> None:
    assert bug.name.partition("-")[0] in fuzz.TARGETS
    copy = tmp_path / bug.file
    copy.parent.mkdir(parents=True)
    copy.write_bytes((fuzz.ROOT / bug.file).read_bytes())

    assert bug.apply(tmp_path) == ""
    compile(copy.read_text("utf-8"), bug.file, "exec")


def test_there_are_five_bugs_and_one_for_each_target() -> None:
    names = [bug.name for bug in fuzz.bugs()]

    assert len({*names}) == len(names) >= 5
    assert {name.partition("-")[0] for name in names} == {*fuzz.TARGETS}


def test_changes_are_the_same_for_the_same_seed_and_stay_short() -> None:
    mutator = Mutator(("a", "bc"), [b"seed of one", "zwölf".encode()])
    made = [mutator(b"some text 12", 50, seed) for seed in range(300)]

    assert made == [mutator(b"some text 12", 50, seed) for seed in range(300)]
    assert len({*made}) > 200
    assert max(map(len, made)) <= 50


def test_a_regular_expression_that_backtracks_is_broken_off() -> None:
    with (
        pytest.raises(
            Broken, match=r"^this takes too long: it was broken off after [\d.]+ seconds$"
        ),
        limited("this"),
    ):
        re.fullmatch(r"(a+)+b", "a" * 60)


def test_inputs_have_a_bound() -> None:
    assert max(path.stat().st_size for path in SEEDS) <= LONGEST
