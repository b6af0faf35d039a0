"""Text cases: content in, HTML and files out. See tests/README.md for their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.cases import Case, lay_out, make, read_cases

CASES = read_cases(Path(__file__).parent)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    lay_out(case, tmp_path)
    for name, text in make(case, tmp_path).items():
        assert text == case.answers.get(name, ""), name


def test_each_title_is_used_once_and_each_case_expects_something() -> None:
    ids = [case.id for case in CASES]

    assert sorted(ids) == sorted(set(ids))
    assert [case.id for case in CASES if not case.answers] == []
