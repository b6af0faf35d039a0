"""Text cases: files in, exact messages out. See tests/README.md for their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.cases import Case, lay_out, read_cases, run

CASES = read_cases()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    lay_out(case, root)
    shown, exit_code = run(case, root)
    assert shown == case.expected
    assert exit_code == (1 if "error" in kinds(shown) else 0)


def kinds(shown: str) -> set[str]:
    """The severities of what was shown: headlines begin with a path."""
    heads = [line for line in shown.splitlines() if line and not line.startswith(" ")]
    return {"warning" if ": warning: " in line else "error" for line in heads}


def test_titles_are_unique() -> None:
    ids = [case.id for case in CASES]
    assert sorted(ids) == sorted(set(ids))
