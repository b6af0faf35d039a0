"""What programs are told: `--format json`, and paths from the top of a repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from site_builder.cli import main

PROBLEM = {
    "path": "content/issues/dam.md", "line": 4, "column": 3, "length": 4, "severity": "error",
    "code": "unknown-reference", "message": "unknown link target 'pond'", "hint": "",
}  # fmt: skip
NOTHING = {"files": [], "entities": [], "addresses": []}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    root = tmp_path / "work/news/pond"
    (root / "content/issues").mkdir(parents=True)
    (root / "content/site.yaml").write_text(
        "title: Pond\nexports: []\npublish:\n  box:\n    kind: directory\n    path: ../www\n"
    )
    (root / "content/issues/dam.md").write_text("---\ntitle: The dam\n---\n[[pond]]\n")
    return root


def told(root: Path, *words: str) -> tuple[int, Any]:
    result = CliRunner().invoke(main, ["-C", str(root), *words, "--format", "json"])
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize(
    ("repository", "workspace", "before"),
    [
        ("", "", ""),
        ("work/news/pond", "", ""),
        ("work/news", "", "pond/"),
        ("work", "", "news/pond/"),
        ("work/news", "work", "news/pond/"),
        ("work/news", "elsewhere", "pond/"),
        ("", "work", "news/pond/"),
    ],
)
def test_paths_begin_at_the_top_of_the_repository(
    site: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    repository: str,
    workspace: str,
    before: str,
) -> None:
    if repository:
        (tmp_path / repository / ".git").mkdir()
    if workspace:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / workspace))
    path = f"{before}content/issues/dam.md"
    assert told(site, "check") == (1, {"problems": [{**PROBLEM, "path": path}]})
    command = ["-C", str(site), "check", "--format", "github"]
    assert CliRunner().invoke(main, command).stdout == (
        f"::error file={path},line=4,col=3,title=unknown-reference::unknown link target 'pond'\n"
    )


def test_a_build_says_what_is_new_changed_and_removed(site: Path) -> None:
    dam = site / "content/issues/dam.md"
    assert told(site, "build") == (
        1,
        {
            "problems": [PROBLEM],
            **dict.fromkeys(("new", "changed", "removed"), NOTHING),
            "renamed": [],
        },
    )
    dam.write_text("---\ntitle: The dam\n---\n")
    code, first = told(site, "build")
    assert code == 0
    assert first["new"]["entities"] == ["issues/dam"]
    assert first["new"]["addresses"] == ["/", "/about/", "/issues/", "/issues/dam/"]
    assert "issues/dam/index.html" in first["new"]["files"]
    assert (first["changed"], first["removed"]) == (NOTHING, NOTHING)

    assert told(site, "build")[1]["changed"] == NOTHING
    (site / "content/issues/mill.md").write_text("---\ntitle: The mill\n---\n")
    dam.write_text("---\ntitle: The dam\nredirect_from: nothing\n---\n")
    second = told(site, "build")[1]
    assert second["new"] == {
        "files": ["_redirects", "issues/mill/index.html", "issues/nothing/index.html"],
        "entities": ["issues/mill"],
        "addresses": ["/issues/mill/", "/issues/nothing/"],
    }
    assert second["changed"]["entities"] == ["issues/dam"]

    dam.rename(dam.with_name("weir.md"))
    dam.with_name("weir.md").write_text("---\ntitle: The weir\nredirect_from: dam\n---\n")
    (site / "content/issues/mill.md").unlink()
    third = told(site, "build")[1]
    assert third["renamed"] == [{"from": "issues/dam", "to": "issues/weir"}]
    assert third["new"]["entities"] == []
    assert third["changed"]["addresses"] == ["/", "/issues/", "/issues/dam/"]
    assert third["removed"] == {
        "files": ["issues/mill/index.html", "issues/nothing/index.html"],
        "entities": ["issues/mill"],
        "addresses": ["/issues/mill/", "/issues/nothing/"],
    }


def test_a_publish_says_what_it_did_and_a_dry_run_what_it_would(site: Path) -> None:
    code, said = told(site, "publish")
    assert (code, said["problems"], said["published"]) == (1, [PROBLEM], False)
    dam = site / "content/issues/dam.md"
    dam.write_text("---\ntitle: The dam\n---\n")

    _, planned = told(site, "publish", "--dry-run")
    code, done = told(site, "publish")

    assert code == 0
    assert (planned.pop("published"), done.pop("published")) == (False, True)
    assert planned == done
    assert done["target"] == "box"
    assert done["new"]["addresses"] == ["/", "/about/", "/issues/", "/issues/dam/"]
    assert ".published.json" not in done["new"]["files"]
    dam.rename(dam.with_name("weir.md"))
    code, stopped = told(site, "publish")
    assert (code, stopped["published"]) == (1, False)
    assert stopped["removed"]["addresses"] == ["/issues/dam/"]
    dam.with_name("weir.md").write_text("---\ntitle: The dam\nredirect_from: dam\n---\n")
    assert told(site, "publish")[1]["renamed"] == [{"from": "issues/dam", "to": "issues/weir"}]


def test_advice_is_for_check_alone_and_a_notice_for_github(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(19_801 * 86_400))
    (site / "content/issues/dam.md").write_text("---\ntitle: The dam\n---\n[[mill]]\n")
    (site / "content/issues/mill.md").write_text(
        "---\ntitle: The mill\nexpires_on: 2024-03-20\n---\n"
    )
    code, said = told(site, "check", "--strict")
    assert (code, [row["severity"] for row in said["problems"]]) == (0, ["advice"])

    def run(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["-C", str(site), *words])
        return result.exit_code, result.stdout, result.stderr

    assert run("check", "--format", "github")[1] == (
        "::notice file=content/issues/mill.md,line=3,col=13,title=expires-soon::from 2024-03-20 on, issue "
        "'mill' is not published, but these refer to it: content/issues/dam.md%0Aits name will be "
        "shown there without a link, and parts that need it will be left out\n"
    )
    assert run("check")[1].splitlines()[0] == "1 piece of advice"
    assert run("build", "--strict")[2] == ""
    assert told(site, "build")[1]["problems"] == []
