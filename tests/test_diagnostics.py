"""Text cases: files in, exact messages out. See tests/README.md for their form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.build import Options, render_site
from site_builder.content.linting import RULES
from site_builder.diagnostics import CODES, as_text
from site_builder.exports import exporting, search
from tools import diagnostics_reference as page
from tools.cases import LINT, Case, lay_out, read_cases, run

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
    lesser = ("warning", "advice")
    return {next((row for row in lesser if f": {row}: " in line), "error") for line in heads}


def test_titles_are_unique() -> None:
    ids = [case.id for case in CASES]
    assert sorted(ids) == sorted(set(ids))


def test_a_file_of_mistakes_is_shown_up_to_a_number(
    make_site: Callable[[dict[str, str]], Path],
) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\n",
            "content/terms.yaml": "tea: {definition: A drink.}\n" * 1_000,
        }
    )
    found = render_site(Options(root)).diagnostics
    assert [row.code for row in found] == ["duplicate-key"] * 200 + ["too-many-problems"]
    assert as_text(found[-1:]) == page.SURROUNDINGS["too-many-problems"]


def test_many_warnings_hide_no_error(make_site: Callable[[dict[str, str]], Path]) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\n",
            "content/terms.yaml": "".join(
                f"a{number}: {{definition: x}} #y\n" for number in range(500)
            )
            + "z: {}\n",
        }
    )
    found = render_site(Options(root)).diagnostics
    assert [row.code for row in found if row.is_error] == ["missing-field"]


def test_the_page_of_codes_is_up_to_date() -> None:
    assert page.TARGET.read_text("utf-8") == page.reference()


def test_the_page_has_every_code_and_no_other() -> None:
    explained = [code for group in page.GROUPS.values() for code in group]

    of_the_lint = [code for code, rule in RULES.items() if rule.by_lint]
    assert sorted([*explained, *of_the_lint]) == sorted(CODES)


def test_every_example_on_the_page_shows_its_code() -> None:
    cases = {case.id: case for case in [*CASES, *read_cases(LINT)]}
    without = [
        code
        for group in page.GROUPS.values()
        for code, entry in group.items()
        if entry.case and not page.messages(cases[entry.case].expected, code)
    ]

    assert without == []


def test_every_code_a_case_shows_is_a_code() -> None:
    heads = [
        line
        for case in CASES
        for line in case.expected.splitlines()
        if line.endswith("]") and not line.startswith(" ")
    ]
    assert {line.rpartition("[")[2][:-1] for line in heads} - CODES.keys() == set()


def test_messages_about_what_is_installed_are_as_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    settings = "title: Tea\nbase_url: https://tea.example/\n"
    (tmp_path / "content/site.yaml").write_text(settings, encoding="utf-8")
    (tmp_path / "content/issues.yaml").write_text("tea: {title: Tea}\n", encoding="utf-8")

    def said(program: Path | None) -> str:
        monkeypatch.setattr(search, "find_pagefind", lambda: program)
        return as_text(render_site(Options(tmp_path)).diagnostics)

    assert said(None) == page.SURROUNDINGS["missing-package"]
    assert said(Path("/bin/false")) == page.SURROUNDINGS["search-failed"]

    monkeypatch.undo()
    monkeypatch.setattr(exporting.cards, "missing_letters", lambda *_: "𒀀𒀁")
    said_of_cards = as_text(render_site(Options(tmp_path)).diagnostics)
    assert page.SURROUNDINGS["undrawn-letters"] in said_of_cards
