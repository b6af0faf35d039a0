"""The command: which target, what is asked, what stops it, and what is never printed."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.cli import publishing as cli
from site_builder.publish.faults import PublishFault, scrubbed

if TYPE_CHECKING:
    from tests.publish.conftest import Desk, Tree


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def box(tmp_path: Path, desk: Desk) -> Path:
    desk.target("box", "{kind: directory, path: ../box}")
    return tmp_path / "box"


def test_without_targets_it_is_said_how_to_name_one(desk: Desk) -> None:
    said = desk.publish()

    assert said.code == 2
    assert said.errors.endswith(
        "Error: content/site.yaml names no target to publish to; add one, such as\n\n"
        "  publish:\n    pages:\n      kind: git\n      remote: origin\n      branch: gh-pages\n\n"
    )


def test_where_there_are_several_it_asks_which(desk: Desk, box: Path) -> None:
    desk.target("parcel", "{kind: zip, path: tea.zip}")

    assert desk.publish().errors.endswith(
        "Error: which target? content/site.yaml has: box, parcel\n"
    )
    assert desk.publish("parcle").errors.endswith(
        "Error: content/site.yaml has no target 'parcle' (did you mean 'parcel'?); it has: box, parcel\n"
    )
    assert desk.publish("parcle").code == 2
    assert not box.exists()


def test_outside_a_site_it_says_where_to_go(desk: Desk, tmp_path: Path) -> None:
    desk.root = tmp_path / "home"

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: there is no folder 'content' in '{tmp_path}/home'. Go to the site's folder, or "
            "name it with -C\n"
        ),
    )


def test_errors_stop_it_before_the_first_byte(desk: Desk, box: Path, tree: Tree) -> None:
    desk.publish()
    before = tree(box)
    desk.write(
        {
            "content/actors/grower.yaml": "nmae: The growers\n",
            "content/issues/tariff.md": "---\ntitle: Tariff\n---\n[[nobody]]\n",
        }
    )

    said = desk.publish("--yes", "--allow-removals", "--take-over")

    assert said.code == 1
    assert "content/actors/grower.yaml:1:1: an actor has no field 'nmae'" in said.errors
    assert said.errors.endswith("; nothing was published\n")
    assert tree(box) == before


def test_a_mistake_in_the_settings_is_told_with_all_others(desk: Desk, box: Path) -> None:
    desk.target("box", "{kind: directory, path: ../box, kepe: 3}")
    desk.write({"content/actors/grower.yaml": "nmae: The growers\n"})

    said = desk.publish()

    assert said.code == 1
    assert "content/site.yaml:4:40: 'box' has no field 'kepe' (did you mean 'keep'?)" in said.errors
    assert "content/actors/grower.yaml:1:1" in said.errors
    assert not box.exists()


def test_what_was_built_before_is_never_published(desk: Desk, box: Path) -> None:
    desk.write({"output/index.html": "stale", "output/stale.html": "stale"})

    desk.publish()

    assert not (box / "stale.html").exists()
    assert "stale" not in (box / "index.html").read_text("utf-8")
    assert not (box / ".site-builder.json").exists()
    assert (desk.root / "output/stale.html").is_file()


def test_drafts_are_published_only_where_that_is_asked_for(desk: Desk, box: Path) -> None:
    desk.write({"content/actors/broker.yaml": "name: The brokers\ndraft: true\n"})
    desk.target("trial", "{kind: directory, path: ../trial, drafts: true}")

    desk.publish("box")
    desk.publish("trial")
    assert not (box / "actors/broker").exists()
    assert (box.parent / "trial/actors/broker/index.html").is_file()

    desk.publish("box", "--drafts")
    assert (box / "actors/broker/index.html").is_file()


def test_each_copy_is_built_for_its_own_address(desk: Desk, box: Path) -> None:
    desk.target(
        "box",
        "{kind: directory, path: ../box, base_url: 'https://staging.example.org/tea'}",
        more="base_url: https://example.org/\n",
    )

    said = desk.publish()

    assert said.plain.startswith("published: https://staging.example.org/tea/ (0.0 s)\n")
    assert 'href="/tea/' in (box / "404.html").read_text("utf-8")


@pytest.fixture
def much_less(desk: Desk, box: Path) -> Path:
    """A site that has lost more than a third of its files since it was published."""
    for number in range(30):
        desk.write({f"static/{number}.svg": f"<svg><!-- {number} --></svg>\n"})
    desk.publish()
    for number in range(30):
        (desk.root / f"static/{number}.svg").unlink()
    return box


def test_removing_more_than_a_third_needs_an_answer(
    desk: Desk, much_less: Path, tree: Tree
) -> None:
    before = tree(much_less)

    said = desk.publish()

    assert said.code == 1
    assert said.errors == (
        f"site-builder: This removes 30 of the {len(before)} files that are there. Nothing was "
        "published; use --yes to publish anyway.\n"
    )
    assert tree(much_less) == before
    assert desk.publish("--dry-run").out.endswith("files that are there.\n")
    assert desk.publish("--yes").code == 0
    assert len(tree(much_less)) == len(before) - 30


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_at_a_terminal_it_is_asked(
    desk: Desk, much_less: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(cli, "is_interactive", lambda: True)

    said = desk.publish(answer=answer)

    assert said.code == code
    assert "files that are there. Publish anyway? [y/N]:" in said.errors
    assert (much_less / "3.svg").exists() == bool(code)


def test_removing_a_third_or_less_needs_none(desk: Desk, box: Path) -> None:
    for number in range(5):
        desk.write({f"static/{number}.svg": f"<svg><!-- {number} --></svg>\n"})
    desk.publish()
    for number in range(5):
        (desk.root / f"static/{number}.svg").unlink()

    assert desk.publish().code == 0
    assert not (box / "3.svg").exists()


def test_quiet_says_nothing(desk: Desk, box: Path) -> None:
    said = desk.publish("--quiet")

    assert (said.code, said.out, said.errors) == (0, "", "")
    assert (box / "index.html").is_file()


def test_without_room_for_temporary_files_nothing_is_begun(
    desk: Desk, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(desk.root / "no-such-folder"))

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            "site-builder: temporary files can't be made: No such file or directory; free some space, "
            "or set TMPDIR to another folder\n"
        ),
    )
    assert not box.exists()


def test_a_terminal_shows_how_far_it_is_and_a_log_does_not(desk: Desk, box: Path) -> None:
    command = [sys.executable, "-m", "site_builder", "-C", str(desk.root), "publish"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80"}
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, text=True
    ) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal is gone when nobody holds its other end
            while part := os.read(ours, 65536):
                shown += part
        os.close(ours)
        assert process.stdout
        said = process.stdout.read()

    number = sum(path.is_file() for path in box.rglob("*"))
    assert f"{number}/{number}".encode() in shown
    assert said.startswith("published: ")
    assert "/" + str(number) not in desk.publish().errors


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fatal: https://bob:pw@example.org/x.git", "fatal: https://…@example.org/x.git"),
        ("https://ghp_0123456789@github.com/x", "https://…@github.com/x"),
        ("ssh://git@example.org/x and rsync://web@example.org", None),
        ("rsync://web:pw@example.org/m", "rsync://…@example.org/m"),
        ("git@example.org:news/site.git", None),
        ("key AKIAIOSFODNN7EXAMPLE is wrong", "key … is wrong"),
        ("AUTHORIZATION: basic eDp5 and more", "AUTHORIZATION: … and more"),
        ("the token is deploy-me-now.", "the token is …."),
    ],
)
def test_no_secret_is_printed(
    monkeypatch: pytest.MonkeyPatch, text: str, shown: str | None
) -> None:
    monkeypatch.setenv("DEPLOY_TOKEN", "deploy-me-now")

    assert scrubbed(text) == (text if shown is None else shown)
    assert str(PublishFault(text)) == scrubbed(text)


def test_a_copy_without_an_address_says_what_is_left_out(desk: Desk) -> None:
    desk.target("box", "{kind: directory, path: ../box}")

    said = desk.publish()

    assert said.errors == (
        "note: without base_url in content/site.yaml there are no canonical addresses, "
        "and 404.html has no links\n"
    )
    assert desk.publish("--quiet").plain == ""
