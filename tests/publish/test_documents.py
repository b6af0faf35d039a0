"""docs/publishing.md and the script for a timer: nothing is left out, and what they show works."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

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


# --- the script --------------------------------------------------------------------------------------


@pytest.fixture
def runner(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of a CI service: a fresh clone, and the command on the PATH."""
    tools = tmp_path / "tools"
    tools.mkdir()
    root = DOCS.parent
    scripts = {
        "site-builder": f'PYTHONPATH="{root}" exec "{sys.executable}" -m site_builder "$@"',
    }
    for name, script in scripts.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("CI", "true")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "ci")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ci@example.org")
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
