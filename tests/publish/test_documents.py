"""docs/publishing.md and the CI recipes: nothing is left out, and what they show works."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from site_builder.cli import main
from site_builder.content.site_files import load_site
from site_builder.content.targets import (
    TARGET_KINDS,
    DirectoryTarget,
    GitTarget,
    RsyncTarget,
    S3Target,
    ZipTarget,
)
from site_builder.reading.files import InputFile

if TYPE_CHECKING:
    from tests.publish.conftest import Desk

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "publishing.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("directory", DirectoryTarget),
        ("rsync", RsyncTarget),
        ("git", GitTarget),
        ("s3", S3Target),
        ("zip", ZipTarget),
    ],
)
def test_every_field_of_a_target_is_explained(kind: str, model: Any) -> None:
    common = re.findall(
        r"^\| `(\w+)` \|", TEXT.partition("\n## Targets\n")[2].partition("\n### ")[0], re.MULTILINE
    )
    own = re.findall(
        r"^\| `(\w+)` \|", TEXT.partition(f"\n### {kind}: ")[2].partition("\n#")[0], re.MULTILINE
    )

    assert {*common, *own} == {field.name for field in dataclasses.fields(model)}
    assert kind in TARGET_KINDS


def test_the_example_is_a_site() -> None:
    example = re.search(r"```yaml\n(publish:\n.*?)```", TEXT, re.DOTALL)
    assert example

    site, problems = load_site(InputFile("content/site.yaml", b"title: T\n" + example[1].encode()))

    assert problems == ()
    assert site
    assert sorted({target.kind for target in site.publish.values()}) == sorted(TARGET_KINDS)


def test_every_option_of_the_command_is_explained() -> None:
    said = {
        option
        for parameter in main.commands["publish"].params
        for option in parameter.opts
        if option.startswith("--") and option not in ("--quiet", "--strict")
    }

    assert [
        option for option in sorted(said) if f"`{option}`" not in TEXT and option not in TEXT
    ] == []


# --- recipes ---------------------------------------------------------------------------------------


@pytest.fixture
def runner(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of a CI service: a fresh clone, the command on the PATH, and pip, which only notes."""
    tools = tmp_path / "tools"
    tools.mkdir()
    root = DOCS.parent
    scripts = {
        "site-builder": f'PYTHONPATH="{root}" exec "{sys.executable}" -m site_builder "$@"',
        "pip": f'echo "$@" >> "{tmp_path}/installed"',
    }
    for name, script in scripts.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("CI", "true")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "ci")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ci@example.org")
    desk.target("pages", "{kind: git, remote: origin, branch: gh-pages}")
    desk.target("live", f"{{kind: directory, path: '{tmp_path}/live'}}")
    git = ["git", "-C", str(desk.root)]
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "-b", "main", tmp_path / "origin.git"], check=True
    )
    subprocess.run([*git, "init", "--quiet", "-b", "main"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "Content"], check=True)
    subprocess.run([*git, "push", "--quiet", tmp_path / "origin.git", "main"], check=True)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", tmp_path / "origin.git", clone], check=True)
    return clone


def run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a step as these services do: in bash, ending at the first failure."""
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def github_steps(job: str) -> list[str]:
    recipe = yaml.safe_load((DOCS / "ci/github-actions.yml").read_text("utf-8"))
    return [step["run"] for step in recipe["jobs"][job]["steps"] if "run" in step]


def test_github_actions_publishes_to_pages(runner: Path, tmp_path: Path) -> None:
    for step in [*github_steps("check"), *github_steps("publish")]:
        done = run(runner, step)
        assert done.returncode == 0, done.stdout + done.stderr

    listed = ["git", "-C", str(tmp_path / "origin.git"), "ls-tree", "--name-only", "gh-pages"]
    names = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split()
    assert {"index.html", ".nojekyll", "404.html"} <= set(names)
    assert (tmp_path / "installed").read_text("utf-8") == "install .\ninstall .\n"


def test_github_actions_marks_the_line_of_a_mistake_and_does_not_publish(runner: Path) -> None:
    (runner / "content/actors/grower.yaml").write_text("nmae: The growers\n", "utf-8")
    check = run(runner, github_steps("check")[-1])
    publish = run(runner, github_steps("publish")[-1])

    assert check.returncode == 1
    assert check.stdout.startswith(
        "::error file=content/actors/grower.yaml,line=1,col=1,title=unknown-field::"
    )
    assert publish.returncode == 1
    assert publish.stderr.endswith("; nothing was published\n")


def test_github_actions_asks_for_no_more_than_it_needs() -> None:
    recipe = yaml.safe_load((DOCS / "ci/github-actions.yml").read_text("utf-8"))

    assert recipe["permissions"] == {"contents": "read"}
    assert recipe["jobs"]["publish"]["permissions"] == {"contents": "write"}
    assert recipe["jobs"]["publish"]["needs"] == "check"
    assert recipe["jobs"]["publish"]["if"] == "github.event_name != 'pull_request'"


def test_gitlab_ci_publishes_to_pages_and_to_a_target(runner: Path, tmp_path: Path) -> None:
    recipe = yaml.safe_load((DOCS / "ci/gitlab-ci.yml").read_text("utf-8"))
    before = recipe["default"]["before_script"]
    assert recipe["pages"]["artifacts"]["paths"] == ["public"]

    for job in ("check", "pages", "publish"):
        for line in [*before, *recipe[job]["script"]]:
            done = run(runner, line, CI_PAGES_URL="https://news.gitlab.io/tea")
            assert done.returncode == 0, done.stdout + done.stderr

    assert (runner / "public/index.html").is_file()
    assert (tmp_path / "live/index.html").is_file()
    assert (tmp_path / "installed").read_text("utf-8") == "install .[s3]\n" * 3


def test_the_shell_script_publishes_and_keeps_the_ledger(runner: Path, tmp_path: Path) -> None:
    script = f"{DOCS}/ci/publish.sh '{runner}' live"
    first, second = run(tmp_path, script), run(tmp_path, script)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert (tmp_path / "live/index.html").is_file()
    log = ["git", "-C", str(tmp_path / "origin.git"), "log", "--format=%s", "main"]
    messages = subprocess.run(log, check=True, capture_output=True, text=True).stdout.splitlines()
    assert messages == ["Note the addresses that were published", "Content"]
    assert run(tmp_path, f"{DOCS}/ci/publish.sh").returncode == 2


def test_the_shell_script_stops_at_a_mistake(runner: Path, tmp_path: Path) -> None:
    (runner / "content/actors/grower.yaml").write_text("nmae: The growers\n", "utf-8")

    done = run(tmp_path, f"{DOCS}/ci/publish.sh '{runner}' live")

    assert done.returncode == 1
    assert not (tmp_path / "live").exists()
