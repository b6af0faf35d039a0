"""Publishing with the real rsync and git while the file system fails at every call of theirs in turn.

`failing.c` stands between the programs and the system. The calls of all their processes are counted, at
or below the target; one of them fails, or the process that makes it is killed.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.content.targets import GitTarget, RsyncTarget
from site_builder.publish import record
from site_builder.publish.destination import Destination, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.publishing import open_destination
from tests.publish.test_faults import AFTER, BEFORE, MINE, publish

KILLED = 0
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES)
TEMPORARY = re.compile(r"(^|/)\.[^/]+\.\w{6}$")
"""What an rsync that is killed over there leaves; nobody can tell whether it is somebody else's."""
READS = "look read stat64 lstat64 opendir close"
"""Calls that change nothing: git makes hundreds of them."""
OTHERS = {"mine.txt": MINE, "a/mine.txt": MINE}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`failing.c`, compiled."""
    compiler = shutil.which("cc")
    if compiler is None or not Path("/proc/self/fd").is_dir():
        pytest.skip("no C compiler, or another system than Linux")
    made = tmp_path_factory.mktemp("failing") / "failing.so"
    source = Path(__file__).with_name("failing.c")
    command = [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(made)]
    subprocess.run([*command, str(source), "-ldl"], check=True)
    return made


@pytest.fixture
def failing(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Failing:
    return Failing(library, tmp_path / "calls", monkeypatch)


class Failing:
    """The environment of programs whose calls are to fail."""

    def __init__(self, library: Path, calls: Path, patch: pytest.MonkeyPatch) -> None:
        self._library = library
        self._calls = calls
        self._patch = patch

    def begin(self, below: Path, at: int, how: int, skips: str) -> None:
        self._calls.unlink(missing_ok=True)
        values: dict[str, object] = {
            "LD_PRELOAD": self._library,
            "FAIL_BELOW": below,
            "FAIL_COUNT": self._calls,
        }
        values |= {"FAIL_AT": at, "FAIL_HOW": how, "FAIL_SKIPS": f" {skips} "}
        for name, value in values.items():
            self._patch.setenv(name, str(value))

    def end(self) -> list[str]:
        """The calls that were counted."""
        for name in ("LD_PRELOAD", *(name for name in os.environ if name.startswith("FAIL_"))):
            self._patch.delenv(name)
        data = self._calls.read_bytes() if self._calls.is_file() else b""
        return [data[at : at + 16].rstrip(b"\0").decode() for at in range(0, len(data), 16)]


class Place:
    """A target of programs, with the site as it was, and files of others in it and around it."""

    def __init__(self, kind: str, top: Path) -> None:
        self._kind = kind
        self._top = top
        self._count = 0
        (top / "site").mkdir(parents=True)
        (top / "mine.txt").write_bytes(MINE)
        self.folder = top / "far"
        if kind == "git":
            self._git("init", "--quiet", "--bare", "--initial-branch=main", str(self.folder))

    def open(self) -> Destination:
        self._count += 1
        workspace = self._top / f"workspace-{self._count}"
        workspace.mkdir()
        around = Surroundings(self._top / "site", workspace, interactive=False)
        if self._kind == "git":
            target = GitTarget(kind="git", remote=str(self.folder), branch="pages")
            return open_destination(target, around)
        return open_destination(RsyncTarget(kind="rsync", to=str(self.folder)), around)

    def begin(self) -> None:
        publish(self.open(), BEFORE)
        if self._kind == "rsync":
            for path, data in OTHERS.items():
                (self.folder / path).write_bytes(data)
        shutil.copytree(self.folder, self._top / "before")

    def files(self) -> dict[str, bytes]:
        """What readers get."""
        if self._kind == "rsync":
            return {
                path.relative_to(self.folder).as_posix(): path.read_bytes()
                for path in sorted(self.folder.rglob("*"))
                if path.is_file()
            }
        names = self._git("ls-tree", "-r", "-z", "--name-only", "pages").split(b"\0")[:-1]
        return {name.decode(): self._git("show", f"pages:{name.decode()}") for name in names}

    def site(self) -> dict[str, bytes]:
        """The same, without the record and what rsync put aside for a moment."""
        return {
            path: data
            for path, data in self.files().items()
            if path != record.NAME and not TEMPORARY.search(path)
        }

    def restore(self) -> None:
        """Makes it as it was when it was begun."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._top / "before", self.folder)

    def _git(self, *words: str) -> bytes:
        command = ["git", *words] if words[0] == "init" else ["git", "-C", str(self.folder), *words]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def is_sound(self) -> None:
        assert (self._top / "mine.txt").read_bytes() == MINE
        if self._kind == "git":
            self._git("fsck", "--no-dangling")

    def unlock(self, said: str) -> None:
        """Does what git says is to be done where a process of its own was killed."""
        for path in re.findall(r"'([^'\n]+\.lock)'", said):
            assert path.startswith(f"{self.folder}/")
            Path(path).unlink(missing_ok=True)


def rounds(
    place: Place, failing: Failing, kinds: tuple[int, ...], skips: str = ""
) -> Iterator[tuple[int, str, str]]:
    """Publishes again and again, each time with another call that fails: with which error, which call, what was said."""
    for at in range(1, 2000):
        how = kinds[at % len(kinds)]
        failing.begin(place.folder, at, how, skips)
        said = ""
        try:
            publish(place.open(), AFTER)
        except PublishFault as fault:
            said = str(fault)
        calls = failing.end()
        if len(calls) < at:
            assert said == ""
            return
        yield how, calls[at - 1], said
    raise AssertionError("there is no end")


@pytest.fixture
def place(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> Place:
    if shutil.which(kind) is None:
        pytest.skip(f"no {kind}")
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return Place(kind, tmp_path / "top")


@pytest.mark.parametrize("kind", ["rsync"])
@pytest.mark.parametrize("kinds", [ERRORS, (KILLED,)], ids=["fails", "is killed"])
def test_whatever_call_of_rsync_fails_the_next_publish_repairs(
    place: Place, failing: Failing, kinds: tuple[int, ...]
) -> None:
    place.begin()
    count = 0
    # Killed where it would read, it leaves what it leaves where it has just written.
    for how, call, said in rounds(place, failing, kinds, READS if kinds == (KILLED,) else ""):
        count += 1
        for path, data in place.files().items():
            if path != record.NAME and ".~tmp~" not in path and not TEMPORARY.search(path):
                known = (BEFORE.get(path), AFTER.get(path), OTHERS.get(path))
                assert data in known, (count, call, path)
        place.is_sound()
        if said:
            assert said.startswith(f"publishing to {place.folder} failed: "), (count, call)
            assert how == KILLED or is_named(said, place, how), (count, call, said)
        else:
            assert place.site() == {**AFTER, **OTHERS}, (count, call)
        publish(place.open(), AFTER)
        assert place.site() == {**AFTER, **OTHERS}, (count, call)
        place.restore()
    assert count > (50 if kinds == (KILLED,) else 100)


def is_named(said: str, place: Place, how: int) -> bool:
    """Whether a message names a path and the system's reason."""
    return (os.strerror(how) in said and str(place.folder) in said) or "did not arrive (" in said


@pytest.mark.parametrize("kind", ["git"])
@pytest.mark.parametrize("kinds", [ERRORS, (KILLED,)], ids=["fails", "is killed"])
def test_whatever_call_of_git_fails_the_branch_holds_the_old_site_or_the_new_one(
    place: Place, failing: Failing, kinds: tuple[int, ...]
) -> None:
    place.begin()
    count = 0
    for how, call, said in rounds(place, failing, kinds, READS):
        count += 1
        place.is_sound()
        assert place.site() in (BEFORE, AFTER), (count, call)
        assert said or place.site() == AFTER, (count, call)
        if said and how != KILLED:
            reasons = (os.strerror(how), "remote unpack failed", "[remote rejected] (")
            assert any(reason in said for reason in reasons), (count, call, said)
        assert str(place.folder) in said or not said
        try:
            publish(place.open(), AFTER)
        except PublishFault as fault:
            place.unlock(str(fault))
            publish(place.open(), AFTER)
        assert place.site() == AFTER, (count, call)
        place.restore()
    assert count > 40
