"""What strangers can put into names, titles and the output of programs does not steer who shows it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic, Location, as_github, as_rows, as_text
from site_builder.faults import Fault
from site_builder.preview import terminal
from site_builder.preview.events import Note
from site_builder.publish.faults import PublishFault, listed
from site_builder.publish.news import news
from site_builder.publish.plan import Action, Change, Plan
from site_builder.publish.plan import as_text as plan_as_text
from site_builder.publish.programs import said
from site_builder.publish.record import Record, Shown
from site_builder.text.shown import in_message
from tests.conftest import MakeSite

ODD = "a\x1b[2J\u202eb\n::error::c\u2028\x9bd"
"""Clears the screen, turns the direction, begins a command to CI, and more."""
SHOWN = "a�[2J�b�::error::c��d"


def test_findings_are_harmless_in_every_form() -> None:
    found = [Diagnostic("bad-value", ODD, Location(ODD, 2, 3, 1, ODD), f"{ODD}\nsecond")]

    assert as_text(found) == (
        f"{SHOWN}:2:3: {SHOWN} [bad-value]\n    2 | {SHOWN}\n      |   ^\n"
        "      = a�[2J�b\n      = ::error::c��d\n      = second\n"
    )
    assert as_rows(found) == [
        {
            "path": SHOWN, "line": 2, "column": 3, "length": 1, "severity": "error", "code": "bad-value",
            "message": SHOWN, "hint": "a�[2J�b\n::error::c��d\nsecond",
        }
    ]  # fmt: skip
    assert as_github(found) == (
        "::error file=a�[2J�b�%3A%3Aerror%3A%3Ac��d,line=2,col=3,title=bad-value::"
        f"{SHOWN}%0Aa�[2J�b%0A::error::c��d%0Asecond\n"
    )


def test_faults_and_wrong_arguments_are_harmless(
    monkeypatch: pytest.MonkeyPatch, make_site: MakeSite
) -> None:
    root = make_site(
        {"content/site.yaml": "title: Tea\npublish:\n  a:\n    kind: zip\n    path: a.zip\n"}
    )

    def fail(*_: object) -> None:
        raise Fault("x\x1b[2J\u202e\ny")

    monkeypatch.setattr("site_builder.beginning.begin_site", fail)
    assert CliRunner().invoke(main, ["init", "x"]).output == "site-builder: x�[2J�\ny\n"
    wrong = CliRunner().invoke(main, ["-C", str(root), "publish", "b\x1b[2J\u202e"])
    assert wrong.exit_code == 2
    assert "'b�[2J�'" in wrong.output
    assert not {"\x1b", "\u202e"} & {*wrong.output}


def test_a_mistake_of_ours_is_told_harmlessly(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("x\x1b[2J\u202e")

    monkeypatch.setattr("site_builder.beginning.begin_site", fail)
    result = CliRunner().invoke(main, ["init", "x"])

    assert result.exit_code == 3
    assert "ValueError: x�[2J�\n" in result.output


def test_titles_and_paths_of_a_target_are_harmless() -> None:
    before = Record({}, {EntityId("issue", "tea"): Shown("1", ODD)})
    after = Record({}, {EntityId("issue", "tea"): Shown("2", ODD)})
    plan = Plan((Change(Action.ADD, ODD, 3, "new"),), 0, 0)

    assert news(before, after, plan, {}) == f"1 issue changed: {SHOWN}"
    assert plan_as_text(plan) == f"add     {SHOWN}       3 B  new\n1 new; 3 B to send\n"
    assert listed([ODD]) == SHOWN


def test_what_other_programs_say_is_harmless_and_no_command_to_ci() -> None:
    assert said("one\x1b[1m\u202e\rtwo\n\n  ::add-path::x\n##[error]x\na :: b\n") == (
        "\n  one�[1m�\n  two\n  |   ::add-path::x\n  | ##[error]x\n  a :: b"
    )


def test_notes_of_the_preview_are_harmless() -> None:
    assert terminal.in_words(Note("x\x1b[2J"), "") == "\x1b[33mx�[2J\x1b[0m"


def test_faults_of_publishing_hold_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPLOY_API_KEY", "oolong-1234")
    monkeypatch.setenv("KEYBOARD", "sencha-1234")
    text = "at https://me:pw@host/x?sig=abc oolong-1234 sencha-1234 me:pw@host:/x"

    assert str(PublishFault(text)) == "at https://…@host/x?sig=… … sencha-1234 …@host:/x"


def test_a_message_is_cut_in_its_middle_if_it_is_too_long() -> None:
    assert in_message("a" * 1500) == "a" * 1500
    assert in_message("a" * 1000 + "b" * 501) == f"{'a' * 300} … {'b' * 200}"
    assert in_message(f"one\n{'c' * 2000}\ntwo\x1b") == f"one\n{'c' * 300} … {'c' * 200}\ntwo\ufffd"
