"""`docs/trust.md`: each promise names the test that holds it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROMISE = re.compile(r"- .+\. `(?P<test>test_\w+)`")


def promises() -> list[str]:
    """The lines of promises: items of lists. What is not promised stands in paragraphs."""
    lines = (ROOT / "docs/trust.md").read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("- ")]


def test_each_promise_names_a_test_that_exists() -> None:
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    }
    named = {line: PROMISE.fullmatch(line) for line in promises()}

    assert [line for line, found in named.items() if not found] == []
    assert [found["test"] for found in named.values() if found and found["test"] not in there] == []


def test_there_are_promises_and_none_stands_twice() -> None:
    lines = promises()

    assert len(lines) > 10
    assert len({*lines}) == len(lines)
