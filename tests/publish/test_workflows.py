"""What `init --ci` writes: each workflow is run as it is written, in a repository that holds a site and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.beginning import begin_site
from site_builder.requirement import requirement

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = {
    "site-builder": f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m site_builder "$@"',
    "pip": 'test "$1 $2" = "install -r" && test -f "$3" && echo "$@" >> "$HOME/installed"',
}


class Service:
    """A machine of a service, with a clone of a repository. `cache` is what it keeps between runs."""

    def __init__(self, folder: Path, ci: str) -> None:
        self.folder = folder
        self.origin, self.clone, self.cache = (
            folder / name for name in ("origin.git", "clone", "cache")
        )
        begin_site(folder / "site", ci)
        tools = folder / "tools"
        tools.mkdir()
        for name, script in SCRIPTS.items():
            (tools / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
            (tools / name).chmod(0o755)
        who = {
            f"GIT_{role}_{name}": "ci@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for name in ("NAME", "EMAIL")
        }
        path = f"{tools}:{os.environ['PATH']}"
        self.environment = {"PATH": path, "HOME": str(folder), "CI": "true", **who}
        site = f"git -C {folder}/site"
        self.run(f"git init -q --bare -b main {self.origin}; {site} init -q -b main; {site} add -A")
        self.run(f"{site} commit -qm Content; {site} push -q {self.origin} main", cwd=folder)
        self.run(f"git clone -q {self.origin} {self.clone}", cwd=folder)

    def run(
        self, script: str, cwd: Path | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a step as these services do: in bash, ending at the first failure."""
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=cwd or (self.clone if self.clone.is_dir() else self.folder),
            env={**self.environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def workflow(self, path: str) -> Any:
        """A workflow as the service reads it."""
        return yaml.safe_load((self.clone / path).read_text("utf-8"))

    def steps(self, job: Any) -> list[tuple[str, int]]:
        """Runs the steps of a job on GitHub; which of them ran, with their exit codes."""
        done: list[tuple[str, int]] = []
        for step in job["steps"]:
            failed = any(code for _, code in done)
            if failed and step.get("if") != "${{ !cancelled() }}":
                continue
            if "run" in step:
                result = self.run(step["run"])
                self.said = result.stdout + result.stderr
                done.append((step["name"], result.returncode))
            else:
                self.uses(step["uses"].partition("@")[0], step.get("with", {}))
        self.cached(job)
        return done

    def uses(self, action: str, given: dict[str, Any]) -> None:
        """What an action does, as far as it matters here. One that is not known fails the test."""
        if action in ("actions/cache", "actions/cache/restore"):
            assert given["key"].startswith(given["restore-keys"])
            if self.cache.is_dir():
                shutil.copytree(self.cache, self.clone / given["path"], dirs_exist_ok=True)
        elif action == "actions/upload-artifact":
            assert (self.clone / given["path"] / "index.html").is_file()
        elif action == "actions/setup-python":
            assert (given["cache"], (self.clone / "requirements.txt").is_file()) == ("pip", True)
        else:
            assert action == "actions/checkout"

    def cached(self, job: Any) -> None:
        """Keeps what a job caches when it ends."""
        for step in job["steps"]:
            made = (self.clone / ".site-builder").is_dir()
            if made and step.get("uses", "").startswith("actions/cache@"):
                shutil.copytree(self.clone / step["with"]["path"], self.cache, dirs_exist_ok=True)

    def published(self) -> set[str]:
        """The files at the top of what was published."""
        shown = self.run(f"git -C {self.origin} ls-tree --name-only gh-pages")
        return set(shown.stdout.split())


def test_github_publishes_the_main_branch_and_keeps_its_cache(tmp_path: Path) -> None:
    service = Service(tmp_path, "github")
    workflow = service.workflow(".github/workflows/publish.yml")
    (job,) = workflow["jobs"].values()

    assert service.steps(job) == [("Install", 0), ("Check", 0), ("Publish", 0)], service.said
    assert {"index.html", ".nojekyll", "404.html"} <= service.published()
    assert any(service.cache.iterdir())
    assert service.steps(job) == [("Install", 0), ("Check", 0), ("Publish", 0)], service.said
    assert (tmp_path / "installed").read_text("utf-8") == "install -r requirements.txt\n" * 2
    assert {*workflow[True]} == {"push", "schedule", "workflow_dispatch"}  # YAML reads `on` as true
    assert workflow["permissions"] == {"contents": "write"}


def test_github_checks_pull_requests_without_secrets(tmp_path: Path) -> None:
    service = Service(tmp_path, "github")
    workflow = service.workflow(".github/workflows/check.yml")
    (job,) = workflow["jobs"].values()

    assert service.steps(job) == [("Install", 0), ("Check", 0), ("Preview", 0)], service.said
    assert not service.cache.exists()
    assert workflow[True] == {"pull_request": None}
    assert workflow["permissions"] == {"contents": "read"}
    assert job["steps"][0]["with"] == {"persist-credentials": False}
    assert "secrets" not in (service.clone / ".github/workflows/check.yml").read_text(
        "utf-8"
    ).replace("no secrets", "")


def test_a_preview_has_drafts_and_what_is_published_has_none(tmp_path: Path) -> None:
    service = Service(tmp_path, "github")
    page = service.clone / "content/pages/plan.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: A plan\ndraft: true\n---\nShh.\n", "utf-8")
    for name in ("check", "publish"):
        (job,) = service.workflow(f".github/workflows/{name}.yml")["jobs"].values()
        assert {code for _, code in service.steps(job)} == {0}, service.said

    assert (service.clone / "preview/plan/index.html").is_file()
    assert "plan" not in service.published()


def test_github_marks_the_line_of_a_mistake_and_does_not_publish(tmp_path: Path) -> None:
    service = Service(tmp_path, "github")
    (service.clone / "content/actors.yaml").write_text("mayor:\n  nmae: The mayor\n", "utf-8")
    (job,) = service.workflow(".github/workflows/publish.yml")["jobs"].values()

    assert service.steps(job) == [("Install", 0), ("Check", 1)]
    assert "::error file=content/actors.yaml,line=2,col=3,title=unknown-field::" in service.said
    assert service.published() == set()


def test_gitlab_checks_previews_and_publishes(tmp_path: Path) -> None:
    service = Service(tmp_path, "gitlab")
    workflow = service.workflow(".gitlab-ci.yml")
    for name, folder in (("check", "preview"), ("pages", "public")):
        for line in [*workflow["default"]["before_script"], *workflow[name]["script"]]:
            done = service.run(line, CI_PAGES_URL="https://news.example/tea")
            assert done.returncode == 0, done.stdout + done.stderr
        assert workflow[name]["artifacts"]["paths"] == [f"{folder}/"]
        assert (service.clone / folder / "index.html").is_file()

    assert workflow["check"]["cache"]["policy"] == "pull"
    assert workflow["check"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert "https://news.example/tea/" in (service.clone / "public/index.html").read_text("utf-8")


def test_nothing_that_is_made_is_left_for_git(tmp_path: Path) -> None:
    for ci in ("github", "gitlab"):
        service = Service(tmp_path / ci, ci)
        for folder in ("preview", "public", "output"):
            service.run(f"site-builder build --output {folder}")
        assert service.run("git status --porcelain").stdout == ""


# --- requirements.txt ------------------------------------------------------------------------------

GIT = {"vcs_info": {"vcs": "git", "commit_id": "0a1b", "requested_revision": "main"}}
SUM = "e3b0c442"


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, "site-builder==1.2"),
        (
            {"url": "https://host.example/o/r.git", **GIT},
            "site-builder @ git+https://host.example/o/r.git@0a1b",
        ),
        (
            {"url": "https://x:token@host.example/o/r.git", "subdirectory": "tool", **GIT},
            "site-builder @ git+https://host.example/o/r.git@0a1b#subdirectory=tool",
        ),
        (
            {"url": "ssh://git:secret@host.example/o/r.git", **GIT},
            "site-builder @ git+ssh://git@host.example/o/r.git@0a1b",
        ),
        (
            {"url": "https://host.example/s.whl", "archive_info": {"hashes": {"sha256": SUM}}},
            f"site-builder @ https://host.example/s.whl#sha256={SUM}",
        ),
        (
            {"url": "https://host.example/s.zip", "archive_info": {"hash": f"sha256={SUM}"}},
            f"site-builder @ https://host.example/s.zip#sha256={SUM}",
        ),
        (
            {"url": "https://host.example/s.zip", "archive_info": {}},
            "site-builder @ https://host.example/s.zip",
        ),
        ({"url": "file:///home/me/site_builder", "dir_info": {"editable": True}}, ""),
        ({"url": "file:///home/me/s.whl", "archive_info": {}}, ""),
    ],
)
def test_a_requirement_says_where_the_program_comes_from(origin: object, line: str) -> None:
    assert requirement("1.2", origin and json.dumps(origin)) == line  # type: ignore[arg-type]
