"""Publishes to a branch of a git repository, as for GitHub Pages.

All work is done in a temporary repository of our own. The author's checkout, index and branches are never
touched; only their settings are read. Publishing adds one commit to the branch and pushes it in one step;
if nothing changed, there is no commit.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from site_builder.content.targets import GitTarget
from site_builder.publish import record
from site_builder.publish.destination import Shipment, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.files import copy, digest_of, opened, pieces, size_of
from site_builder.publish.plan import Held, Present, Tell
from site_builder.publish.programs import Outcome, run, said
from site_builder.publish.reasons import what_to_do
from site_builder.publish.record import Record
from site_builder.publish.standing import Standing, at_domain, of_remote

_ROLLED_BACK = "Rolled-back-to"
"""The trailer of a commit that restores the files of an earlier one."""
_ITS_OWN = re.compile(
    r"(http|credential|url|core\.sshcommand|ssh|user|protocol)(\.|$)", re.IGNORECASE
)
"""Settings of the author's repository that are needed to reach a remote and to commit."""
_MOVED = ("fetch first", "non-fast-forward", "stale info")
"""What git writes if a branch has moved."""
_NOBODY = {"name": "site-builder", "email": "site-builder@localhost"}
_DOMAIN = "CNAME"
_LONGEST_DOMAIN = 10_000
_DEPTH = 50
"""How many commits of the branch --rollback fetches to find the one before."""


class Git:
    """A git branch as a target."""

    manner = ""

    def __init__(self, target: GitTarget, around: Surroundings) -> None:
        self._branch = target.branch
        self._around = around
        self._folder = around.workspace / "repository"
        self._files = around.workspace / "files"
        self._environment = _environment(around, self._folder)
        self._unnamed = ""
        """What git writes if the author's repository has no remote of that name."""
        self._remote = self._find_remote(target.remote)
        self.address = f"branch {self._branch} of {self._remote}"
        self._tip: str | None = None
        """The commit of the branch; "" if there is no branch, None before `look`."""

    def standing(self) -> Standing | None:
        """Where the branch is served: at the domain in its `CNAME`, or at its host's address."""
        return self._at_cname() or of_remote(self._remote, self._branch)

    def _at_cname(self) -> Standing | None:
        """The domain in the branch's `CNAME`, if its host wrote it; one that we wrote does not count."""
        if self._tip is None:
            with contextlib.suppress(
                PublishFault
            ):  # reported by `look`, after problems of the content
                self._fetch()
        if not self._tip:
            return None
        tree = self._tree(self._tip)
        old = self._record(tree)
        if _DOMAIN not in tree or (old and _DOMAIN in old.files):
            return None
        name = self._domain(tree).decode("utf-8", "replace")
        return at_domain(name, f"the file {_DOMAIN} of the branch says so")

    # what is there

    def _find_remote(self, name: str) -> str:
        """The address of the remote, or of the author's remote with that name."""
        if re.fullmatch(r"[\w.-]+", name):
            asked = self._ask_author("remote", "get-url", "--push", name)
            if asked.code == 0:
                return asked.out.decode().strip()
            self._unnamed = asked.errors
        place = self._around.root / Path(name).expanduser()
        return str(place.resolve()) if place.exists() else name

    def _ask_author(self, *words: str) -> Outcome:
        """Runs a git command in the author's own repository that changes nothing."""
        return run(
            ["git", *words], folder=self._around.root, environment=_without_repository(os.environ)
        )

    def look(self, files: Mapping[str, bytes]) -> Present:
        """What the branch holds, after fetching it. Raises `PublishFault` if it can't be fetched."""
        if self._tip is None:
            self._fetch()
        if not self._tip:
            return Present({}, None)
        tree = self._tree(self._tip)
        old = self._record(tree)
        held = {}
        altered = []
        for path, (sum, size) in tree.items():
            ours = path == record.NAME or bool(old and path in old.files)
            if path not in files:
                differs = "no longer in the site"
                if ours and old and not old.wrote(path, self._digest(sum)):
                    ours = False
                    altered.append(path)
            else:
                differs = "" if sum == _blob_sum(files, path) else "content differs"
                # Hosts write a file CNAME when somebody sets a domain.
                ours = ours or (
                    path == _DOMAIN and files[path].strip() == self._domain(tree).strip()
                )
            held[path] = Held(size, differs, ours)
        return Present(held, old, altered=tuple(altered))

    def _record(self, tree: Mapping[str, tuple[str, int]]) -> Record | None:
        """The record of the last publish in the branch, if there is one."""
        if record.NAME not in tree:
            return None
        with self._blob(tree[record.NAME][0]) as file:
            return Record.read(file)

    def _domain(self, tree: Mapping[str, tuple[str, int]]) -> bytes:
        """The beginning of the file `CNAME` of the branch."""
        with self._blob(tree[_DOMAIN][0]) as file:
            return file.read(_LONGEST_DOMAIN)

    def _digest(self, sum: str) -> str:
        """The builder's digest of a file of the branch."""
        with self._blob(sum) as file:
            return digest_of(file)

    @contextlib.contextmanager
    def _blob(self, sum: str) -> Iterator[IO[bytes]]:
        """A file of the branch, of whatever size, in a temporary one; empty if it is not a file."""
        with tempfile.TemporaryFile(dir=self._around.workspace) as file:
            self._git("cat-file", "blob", sum, check=False, to=file)
            file.seek(0)
            yield file

    def _fetch(self, depth: int = 1) -> None:
        """Fetches the branch; sets `_tip` to its commit, or "" if there is no such branch."""
        if not self._folder.exists():
            self._git("init", "--quiet", "--bare", "--template=", str(self._folder))
        listed = self._git(
            "ls-remote", "--", self._remote, f"refs/heads/{self._branch}", check=False
        )
        if listed.code:
            output = self._unnamed + listed.errors
            advice = what_to_do(output) or (
                "is its address right, are you online, and does git have the key or password it needs?"
            )
            raise PublishFault(
                f"the repository {self._remote} can't be read: {advice}{said(output)}"
            )
        ends = f"\trefs/heads/{self._branch}"
        rows = [row for row in listed.out.decode().splitlines() if row.endswith(ends)]
        self._tip = rows[0].split("\t")[0] if rows else ""
        if self._tip:
            self._git(
                "fetch", "--quiet", "--no-tags", f"--depth={depth}", "--", self._remote,
                f"+refs/heads/{self._branch}:refs/heads/published",
            )  # fmt: skip
            self._tip = self._git("rev-parse", "refs/heads/published").out.decode().strip()

    def _tree(self, commit: str) -> dict[str, tuple[str, int]]:
        """The files of a commit, each with git's hash and its size in bytes."""
        files = {}
        for row in self._git("ls-tree", "-r", "-z", "--long", commit).out.split(b"\0"):
            if row:
                about, _, path = row.partition(b"\t")
                _, _, sum, size = about.decode().split()
                files[os.fsdecode(path)] = sum, int(size) if size.isdigit() else 0
        return files

    # publishing

    def send(self, shipment: Shipment, tell: Tell) -> None:
        """Commits the files on top of the branch and pushes. Raises `PublishFault`."""
        sent = [row.path for row in shipment.plan.sent]
        sums = self._store(shipment.files, sent)
        if self._tip:
            self._git("read-tree", self._tip)
        gone = [f"0 {'0' * 40}\t{row.path}\0" for row in shipment.plan.removals]
        come = [f"100644 {sum} 0\t{path}\0" for path, sum in zip(sent, sums, strict=True)]
        self._git("update-index", "-z", "--index-info", given=os.fsencode("".join([*gone, *come])))
        self._push(self._commit(_message(shipment.message)))
        for change in shipment.plan.changes:
            tell(change)

    def _store(self, files: Mapping[str, bytes], paths: Sequence[str]) -> list[str]:
        """Stores files in our repository, byte for byte; returns git's hashes."""
        names = [str(number) for number in range(len(paths))]
        self._files.mkdir()
        for name, path in zip(names, paths, strict=True):
            copy(files, path, self._files / name)
        places = "".join(f"{self._files / name}\n" for name in names).encode()
        stored = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=places)
        return stored.out.decode().split()

    def _commit(self, message: str, tree: str = "") -> str:
        """Commits a tree, by default that of the index, on top of the branch."""
        tree = tree or self._git("write-tree").out.decode().strip()
        parents = ["-p", self._tip] if self._tip else []
        made = self._git("commit-tree", tree, *parents, "-F", "-", given=f"{message}\n".encode())
        return made.out.decode().strip()

    def _push(self, commit: str) -> None:
        force = "+" if self._around.force else ""
        pushed = self._git(
            "push", "--porcelain", "--quiet", "--", self._remote,
            f"{force}{commit}:refs/heads/{self._branch}", check=False,
        )  # fmt: skip
        if not pushed.code:
            return
        output = pushed.errors + pushed.out.decode("utf-8", "replace")
        if any(word in output for word in _MOVED):
            rows = [row for row in output.splitlines() if any(word in row for word in _MOVED)]
            raise PublishFault(
                f"branch {self._branch} of {self._remote} has moved: somebody else pushed to it "
                "meanwhile. Nothing was published; check what they did and publish again "
                f"(--force would overwrite it){said(rows[0].expandtabs(1))}"
            )
        advice = (
            what_to_do(output)
            or "do you have permission to push there, and is the branch protected?"
        )
        raise PublishFault(
            f"{self._remote} refused the push to branch {self._branch}; nothing was published: "
            f"{advice}{said(output)}"
        )

    def roll_back(self) -> str:
        """Commits the files of the version before the last one, and pushes."""
        self._fetch(_DEPTH)
        if not self._tip:
            raise PublishFault(f"there is no branch {self._branch} at {self._remote} to roll back")
        shown = self._git("show", "-s", "--format=%B", self._tip).out.decode("utf-8", "replace")
        again = re.search(rf"^{_ROLLED_BACK}: ([0-9a-f]+)$", shown, re.MULTILINE)
        start = again[1] if again else self._tip
        before = self._git("rev-parse", "--verify", "--quiet", f"{start}^", check=False)
        commit = before.out.decode().strip()
        if before.code or not commit or record.NAME not in self._tree(commit):
            raise PublishFault(f"branch {self._branch} has no earlier version to go back to")
        tree = self._git("rev-parse", f"{commit}^{{tree}}").out.decode().strip()
        subject = self._git("show", "-s", "--format=%s", commit).out.decode("utf-8", "replace")
        self._push(self._commit(f"Roll back to {commit[:10]}\n\n{_ROLLED_BACK}: {commit}", tree))
        return f"the files of commit {commit[:10]} are restored ({subject.strip()})"

    def _git(
        self, *words: str, given: bytes = b"", check: bool = True, to: IO[bytes] | None = None
    ) -> Outcome:
        """Runs git in our own repository. With `check`, a failure is a `PublishFault`."""
        done = run(
            ["git", *words],
            folder=self._around.root,
            environment=self._environment,
            given=given,
            to=to,
        )
        if check and done.code:
            advice = what_to_do(done.errors)
            raise PublishFault(
                f"git {words[0]} failed; nothing was published{': ' * bool(advice)}{advice}{said(done.errors)}"
            )
        return done


def _message(news: str) -> str:
    """A commit message: the changes, repeated in full below if the first line is too short for them."""
    line = f"Publish: {news}"
    return line if len(line) <= 72 else f"{line[:71].rstrip()}…\n\n{news}"


def _blob_sum(files: Mapping[str, bytes], path: str) -> str:
    """Git's hash of a file (gitformat-loose)."""
    made = hashlib.sha1(b"blob %d\0" % size_of(files, path), usedforsecurity=False)
    with opened(files, path) as file:
        for data in pieces(file):
            made.update(data)
    return made.hexdigest()


def _without_repository(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without variables that point git to a repository, which hooks set."""
    return {
        name: value
        for name, value in environment.items()
        if not re.fullmatch(
            r"GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES"
            r"|COMMON_DIR|PREFIX|NAMESPACE|QUARANTINE_PATH)",
            name,
        )
    }


def _environment(around: Surroundings, folder: Path) -> dict[str, str]:
    """The environment for git: our repository, messages in English, the author's settings for the remote.

    Settings are passed in the environment, where other users of the machine can't read them.
    """
    environment = _without_repository(os.environ)
    rows = _settings_of_author(around.root, environment)
    if "EMAIL" not in environment and not _setting("user.email", around.root, environment):
        rows += [(f"user.{name}", value) for name, value in _NOBODY.items()]
    # The author's hooks are meant for the author's own commits.
    rows += [("core.hooksPath", os.devnull), ("gc.auto", "0"), ("core.autocrlf", "false")]
    start = int(environment.get("GIT_CONFIG_COUNT") or 0)
    for number, (name, value) in enumerate(rows, start=start):
        environment[f"GIT_CONFIG_KEY_{number}"] = name
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    environment |= {
        "GIT_CONFIG_COUNT": str(start + len(rows)),
        "GIT_DIR": str(folder),
        "LC_ALL": "C",
    }
    if not around.interactive:
        environment["GIT_TERMINAL_PROMPT"] = "0"
        if "GIT_SSH" not in environment and not _setting(
            "core.sshCommand", around.root, environment
        ):
            environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
    return environment


def _setting(name: str, root: Path, environment: Mapping[str, str]) -> str:
    """A git setting in the author's folder, or ""."""
    asked = run(["git", "config", "--get", name], folder=root, environment=environment)
    return asked.out.decode("utf-8", "replace").strip()


def _settings_of_author(root: Path, environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """The settings for remotes of the repository that contains the site, if there is one."""
    asked = run(
        ["git", "config", "--local", "--includes", "--list", "-z"],
        folder=root,
        environment=environment,
    )
    rows = []
    for row in asked.out.decode("utf-8", "replace").split("\0") if not asked.code else []:
        name, _, value = row.partition("\n")
        if _ITS_OWN.match(name):
            rows.append((name, value))
    return rows
