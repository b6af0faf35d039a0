"""Publishing to a branch, by the real git and to a real repository."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.publish import git as module

if TYPE_CHECKING:
    from tests.publish.conftest import Desk, Interrupted, Tree


def git(folder: Path, *words: str, check: bool = True) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.org"]
    done = subprocess.run([*command, *words], check=check, capture_output=True, text=True)
    return done.stdout.strip()


class Remote:
    """A repository somewhere else, and what its branch shows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        subprocess.run(["git", "init", "--quiet", "--bare", str(path)], check=True)

    def files(self, commit: str = "gh-pages") -> dict[str, bytes]:
        names = git(self.path, "ls-tree", "-r", "--name-only", "-z", commit).split("\0")
        return {
            name: subprocess.run(
                ["git", "-C", str(self.path), "cat-file", "blob", f"{commit}:{name}"],
                check=True,
                capture_output=True,
            ).stdout
            for name in names
            if name
        }

    def tip(self, branch: str = "gh-pages") -> str:
        return git(
            self.path, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}", check=False
        )

    def log(self) -> list[str]:
        return git(self.path, "log", "--format=%s", "gh-pages").splitlines()

    def hook(self, name: str, script: str) -> None:
        hook = self.path / "hooks" / name
        hook.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        hook.chmod(0o755)

    def commit_by_somebody(self, workplace: Path, files: dict[str, str], branch: str) -> None:
        """Somebody else clones, adds files to the branch and pushes."""
        subprocess.run(
            ["git", "clone", "--quiet", str(self.path), str(workplace)],
            check=True,
            capture_output=True,
        )
        known = bool(self.tip(branch))
        git(workplace, "checkout", "--quiet", *(() if known else ("--orphan",)), branch)
        for name, text in files.items():
            (workplace / name).write_text(text, "utf-8")
        git(workplace, "add", "--all")
        git(workplace, "commit", "--quiet", "-m", "Somebody else's")
        git(workplace, "push", "--quiet", "origin", branch)


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of this machine, and no name to commit under."""
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in list(os.environ):
        if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER", "EMAIL")):
            monkeypatch.delenv(name)


@pytest.fixture
def remote(tmp_path: Path, desk: Desk) -> Remote:
    desk.target("pages", "{kind: git, remote: ../remote.git}")
    return Remote(tmp_path / "remote.git")


def revise(desk: Desk, title: str = "The tariff") -> None:
    text = (desk.root / "content/issues/tariff.md").read_text("utf-8")
    desk.write({"content/issues/tariff.md": re.sub("title: .*", f"title: {title}", text)})


def test_a_branch_holds_the_site(desk: Desk, remote: Remote, tmp_path: Path, tree: Tree) -> None:
    said = desk.publish()

    assert said.plain.splitlines()[0] == f"published: branch gh-pages of {remote.path} (0.0 s)"
    assert remote.log() == ["Publish: first published: 1 article, 2 actors, 1 issue"]
    desk.target("box", "{kind: directory, path: ../box}")
    desk.publish("box")
    assert remote.files() == tree(tmp_path / "box")
    assert remote.files()[".nojekyll"] == b""


def test_each_publish_is_one_commit_on_top_and_none_if_nothing_changed(
    desk: Desk, remote: Remote
) -> None:
    desk.publish()
    first = remote.tip()
    assert desk.publish().out.startswith(f"branch gh-pages of {remote.path} is up to date")
    assert remote.tip() == first
    revise(desk)

    desk.publish()

    assert remote.log() == [
        "Publish: 1 issue changed: The tariff",
        "Publish: first published: 1 article, 2 actors, 1 issue",
    ]
    assert git(remote.path, "rev-parse", "gh-pages^") == first
    author = git(remote.path, "log", "-1", "--format=%an <%ae>", "gh-pages")
    assert author == "site-builder <site-builder@localhost>"


def test_a_dry_run_says_what_the_run_then_does(desk: Desk, remote: Remote) -> None:
    desk.publish()
    before = remote.files()
    revise(desk)
    (desk.root / "static/cup.svg").rename(desk.root / "static/pot.svg")
    text = (desk.root / "content/issues/tariff.md").read_text("utf-8")
    desk.write({"content/issues/tariff.md": text.replace("cup.svg", "pot.svg")})

    planned = desk.publish("--dry-run")
    assert remote.files() == before
    desk.publish()

    after = remote.files()
    rows = {tuple(line.split()[:2]) for line in planned.out.splitlines()[:-1]}
    assert rows == {
        *(("add", path) for path in after.keys() - before),
        *(("remove", path) for path in before.keys() - after),
        *(("change", path) for path in after.keys() & before if after[path] != before[path]),
    }


def test_a_domain_is_the_base_address_and_the_cname(desk: Desk, remote: Remote) -> None:
    desk.target("pages", "{kind: git, remote: ../remote.git, domain: tea.example.org}")

    said = desk.publish()

    assert said.plain.startswith("published: https://tea.example.org/ (0.0 s)\n")
    assert remote.files()["CNAME"] == b"tea.example.org\n"


def test_the_checkout_index_and_branches_of_the_author_are_not_touched(
    desk: Desk, remote: Remote
) -> None:
    root = desk.root
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    git(root, "remote", "add", "origin", str(remote.path))
    git(root, "config", "user.name", "Ada")
    git(root, "config", "user.email", "ada@example.org")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Content")
    (root / "static/cup.svg").write_text("<svg />\n", "utf-8")
    git(root, "add", "static/cup.svg")
    desk.target("pages", "{kind: git, remote: origin, branch: public}")
    desk.target("none", "{kind: zip, path: x.zip}")

    def state() -> list[str]:
        about = ("status", "--porcelain"), ("for-each-ref",), ("count-objects",), ("stash", "list")
        files = [path.relative_to(root).as_posix() for path in sorted((root / ".git").rglob("*"))]
        return [*(git(root, *words) for words in about), *files, git(root, "rev-parse", "HEAD")]

    before = state()
    assert desk.publish("pages").code == 0

    (root / "addresses.txt").unlink()
    assert state() == before
    assert remote.tip("public")
    author = git(remote.path, "log", "-1", "--format=%an <%ae>", "public")
    assert author == "Ada <ada@example.org>"


def test_settings_that_lead_to_the_remote_are_taken_from_the_authors_repository(
    desk: Desk, remote: Remote
) -> None:
    subprocess.run(["git", "init", "--quiet", str(desk.root)], check=True)
    git(desk.root, "config", f"url.{remote.path.parent}/.insteadOf", "https://git.example.org/")
    desk.target("pages", "{kind: git, remote: 'https://git.example.org/remote.git'}")

    assert desk.publish().code == 0
    assert remote.tip()


def test_other_peoples_files_in_the_branch_stay(desk: Desk, remote: Remote, tmp_path: Path) -> None:
    desk.publish()
    remote.commit_by_somebody(tmp_path / "clone", {"proof.txt": "theirs"}, "gh-pages")
    revise(desk)

    assert desk.publish().code == 0
    assert remote.files()["proof.txt"] == b"theirs"
    assert remote.log()[1] == "Somebody else's"


def test_a_branch_full_of_other_peoples_files_is_refused(
    desk: Desk, remote: Remote, tmp_path: Path
) -> None:
    remote.commit_by_somebody(tmp_path / "clone", {"main.c": "int", "README": "x"}, "main")
    desk.target("pages", "{kind: git, remote: ../remote.git, branch: main}")
    before = remote.tip("main")

    said = desk.publish("--yes")

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: branch main of {remote.path} contains 2 files that site-builder did not put "
            "there: README, main.c. Nothing was changed. Choose an empty place, or use --take-over if "
            "everything there may be replaced.\n"
        ),
    )
    assert remote.tip("main") == before
    assert desk.publish("--take-over", "--yes").code == 0
    assert git(remote.path, "rev-parse", "main^") == before
    assert "main.c" not in remote.files("main")


def push_meanwhile(remote: Remote, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets somebody else push between our look at the branch and our push."""
    commit = module.Git._commit

    def and_somebody_pushes(self: module.Git, message: str, tree: str = "") -> str:
        made = commit(self, message, tree)
        remote.commit_by_somebody(workplace, {"proof.txt": "theirs"}, "gh-pages")
        return made

    monkeypatch.setattr(module.Git, "_commit", and_somebody_pushes)


def said_commit(errors: str) -> str:
    """The commit that was not pushed, which differs from run to run."""
    found = re.search(r"[0-9a-f]{40}", errors)
    assert found
    return found[0]


def test_a_remote_that_has_moved_is_left_alone(
    desk: Desk, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    revise(desk)
    push_meanwhile(remote, tmp_path / "clone", monkeypatch)

    said = desk.publish("--yes")

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: branch gh-pages of {remote.path} has moved: somebody else pushed to it "
            "meanwhile. Nothing was published; check what they did and publish again (--force would "
            f"overwrite it)\n  ! {said_commit(said.errors)}:refs/heads/gh-pages [rejected] (fetch first)\n"
        ),
    )
    assert remote.log()[0] == "Somebody else's"


def test_it_is_overwritten_only_with_force(
    desk: Desk, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    revise(desk)
    push_meanwhile(remote, tmp_path / "clone", monkeypatch)

    assert desk.publish("--force").code == 0
    assert remote.log()[0] == "Publish: 1 issue changed: The tariff"
    assert "proof.txt" not in remote.files()


def test_a_refused_push_is_told_in_the_remotes_words(desk: Desk, remote: Remote) -> None:
    remote.hook("pre-receive", "echo 'the branch is protected' >&2; exit 1")

    said = desk.publish()

    first, *rest = said.errors.splitlines()
    assert said.code == 1
    assert first == (
        f"site-builder: {remote.path} refused the push to branch gh-pages; nothing was published: "
        "you do not have permission to push there: ask for write access, or for other branch rules"
    )
    assert "  remote: the branch is protected" in [line.rstrip() for line in rest]
    assert remote.tip() == ""
    assert not (desk.root / "addresses.txt").exists()


NO_REPOSITORY = (
    "there is no repository at this address, or you have no access to it; check the address, and what the key "
    "or token is allowed to do"
)
NO_ANSWER = "the server does not answer: is its address right, is it running, and does a firewall let you through?"


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("../nothing.git", NO_REPOSITORY),
        ("nobody", NO_REPOSITORY),
        ("http://127.0.0.1:9/site.git", NO_ANSWER),
        ("ssh://git@127.0.0.1:9/site.git", NO_ANSWER),
    ],
)
def test_a_remote_that_can_not_be_reached(desk: Desk, address: str, advice: str) -> None:
    desk.target("pages", f"{{kind: git, remote: '{address}'}}")

    said = desk.publish()

    assert said.code == 1
    assert said.errors.splitlines()[0] == (
        f"site-builder: the repository {address} can't be read: {advice}"
    )


def test_a_repository_that_git_does_not_trust_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(desk.root, "init", "--quiet")
    git(desk.root, "remote", "add", "origin", "../remote.git")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    desk.target("pages", "{kind: git, remote: origin}")

    first, second, *_ = desk.publish().errors.splitlines()

    assert first == (
        "site-builder: the repository origin can't be read: git does not trust the folder because "
        "it belongs to another user; if it is yours, run: git config --global --add safe.directory "
        f"'{desk.root.resolve()}'"
    )
    assert second == f"  fatal: detected dubious ownership in repository at '{desk.root.resolve()}'"


def test_no_token_is_printed(desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGES_TOKEN", "t0ps3cr3t")
    subprocess.run(["git", "init", "--quiet", str(desk.root)], check=True)
    git(
        desk.root, "config", "url.http://bob:t0ps3cr3t@127.0.0.1:9/.insteadOf", "https://git.example.org/"
    )  # fmt: skip
    git(desk.root, "remote", "add", "origin", "http://bob:an0ther@127.0.0.1:9/site.git")
    desk.target("pages", "{kind: git, remote: 'https://git.example.org/site.git'}")
    desk.target("named", "{kind: git, remote: origin}")

    said = desk.publish("pages").errors + desk.publish("named").errors

    assert said.count("can't be read") == 2
    assert "t0ps3cr3t" not in said
    assert "an0ther" not in said
    assert remote.tip() == ""


def test_the_publish_before_comes_back_as_a_commit(desk: Desk, remote: Remote) -> None:
    made = []
    for title in ("One", "Two", "Three"):
        revise(desk, title)
        desk.write({"static/n.txt": title})
        desk.publish()
        made.append(remote.files())
    commits = git(remote.path, "log", "--format=%h", "--abbrev=10", "gh-pages").splitlines()

    said = desk.publish("--rollback")
    assert said.out == (
        f"the files of commit {commits[1]} are restored (Publish: 1 issue changed: Two)\n"
    )
    assert remote.files() == made[1]
    assert desk.publish("--rollback").code == 0
    assert remote.files() == made[0]
    last = desk.publish("--rollback")
    assert (last.code, last.errors) == (
        1,
        "site-builder: branch gh-pages has no earlier version to go back to\n",
    )
    assert len(remote.log()) == 5


def test_without_git_it_is_said(
    desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(desk.root))

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        "site-builder: publishing here needs git, which is not installed on this machine\n",
    )
    monkeypatch.undo()
    assert remote.tip() == ""


@pytest.mark.parametrize("start", ["nothing", "a site"])
def test_killed_at_any_step_the_branch_is_whole_and_the_next_publish_completes_it(
    desk: Desk, remote: Remote, interrupted: Interrupted, start: str
) -> None:
    if start == "a site":
        desk.publish()
        revise(desk)
    before = remote.files() if remote.tip() else {}
    seen = []

    for row in interrupted.rounds("kill", "programs"):
        assert row.code in (0, 99), row.said
        seen.append(remote.files() if remote.tip() else {})

    after = seen[-1]
    assert len(seen) > 10
    assert all(files in (before, after) for files in seen)
    assert after != before
    assert len(remote.log()) == (2 if start == "a site" else 1)


@pytest.fixture
def known(desk: Desk, remote: Remote) -> Desk:
    """A site whose target is a branch that Git reaches under GitHub's address."""
    settings = f'[url "{remote.path}"]\n  insteadOf = https://github.com/ada/tea.git\n'
    (Path.home() / ".gitconfig").write_text(settings)
    desk.target("pages", "{kind: git, remote: 'https://github.com/ada/tea.git'}")
    return desk


def test_a_target_that_knows_its_address_gives_it_and_says_so(known: Desk, remote: Remote) -> None:
    said = known.publish()

    assert said.out.startswith("published: https://ada.github.io/tea/ (")
    assert said.errors == (
        "note: this copy is made for https://ada.github.io/tea/ (GitHub Pages serves ada/tea there); "
        "if it will have another address, give target 'pages' a base_url\n"
    )
    assert b'href="/tea/' in remote.files()["404.html"]


@pytest.mark.parametrize(
    ("more", "target", "address"),
    [
        ("base_url: https://tea.example/\n", "", "https://tea.example/"),
        ("", ", base_url: 'https://cup.example/'", "https://cup.example/"),
        (
            "base_url: https://a.example/\n",
            ", base_url: 'https://b.example/'",
            "https://b.example/",
        ),
        ("base_url: https://a.example/\n", ", domain: b.example", "https://b.example/"),
        ("base_url: https://a.example/x/\n", ", domain: a.example", "https://a.example/x/"),
    ],
)
def test_what_is_written_wins(known: Desk, more: str, target: str, address: str) -> None:
    known.target("pages", f"{{kind: git, remote: 'https://github.com/ada/tea.git'{target}}}", more)

    said = known.publish()

    assert said.out.startswith(f"published: {address} (")
    assert ("note:" in said.errors) is (address == "https://b.example/" and "domain" in target)


def test_a_domain_that_is_set_already_comes_before_the_hosts_own(
    known: Desk, remote: Remote, tmp_path: Path
) -> None:
    remote.commit_by_somebody(tmp_path / "clone", {"CNAME": "Tea.example\n"}, "gh-pages")

    said = known.publish("--take-over", "--yes")
    assert said.out.startswith("published: https://tea.example/ (")

    known.write({"static/CNAME": "cup.example\n"})
    said = known.publish("--take-over", "--yes")
    assert said.out.startswith("published: https://cup.example/ (")
    assert "(static/CNAME says so)" in said.errors
