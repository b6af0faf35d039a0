"""The rules of the lint: one file of text cases for each, with cases that fire and near misses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.build import Options, check_site
from site_builder.content.linting import RULES, Rule
from site_builder.diagnostics import Severity
from tools import lint_reference
from tools.cases import LINT, TESTS, Case, lay_out, read_cases, run

CASES = read_cases(LINT)
BY_RULE = {code: [case for case in CASES if case.file.stem == code] for code in RULES}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    lay_out(case, root)
    assert run(case, root)[0] == case.expected


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.by_lint])
def test_each_rule_has_a_case_that_fires_and_a_near_miss(code: str) -> None:
    fires = [case for case in BY_RULE[code] if f"[{code}]" in case.expected]
    silent = [case for case in BY_RULE[code] if case.title.startswith("nothing")]
    assert fires
    assert silent
    assert [case.title for case in silent if f"[{code}]" in case.expected] == []


def test_the_page_of_rules_is_up_to_date() -> None:
    assert lint_reference.TARGET.read_text("utf-8") == lint_reference.reference()


@pytest.mark.parametrize("site", ["journalism", "quay-street"])
def test_ordinary_journalism_gives_no_warning(site: str, tmp_path: Path) -> None:
    """Forty paragraphs on other subjects, written before the rules; and a site of our own."""
    shutil.copytree(TESTS / "sites" / site, tmp_path / site)
    found = check_site(Options(tmp_path / site, lint=True)).diagnostics
    by_lint = [row for row in found if RULES.get(row.code, _OTHER).by_lint]
    if site == "journalism":
        assert by_lint == []
    assert [row.headline for row in by_lint if row.severity is not Severity.ADVICE] == []


_OTHER = Rule("warning", by_lint=False)


def test_every_file_is_of_a_rule() -> None:
    assert {case.file.stem for case in CASES} <= {*RULES, "allowing"}
