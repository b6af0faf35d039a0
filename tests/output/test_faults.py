"""Writing the output while the file system fails at every call in turn, and while the process is killed."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.faults import OutputFault
from site_builder.output.manifest import NAME
from site_builder.output.writing import write

ROOT = Path(__file__).parents[2]
MINE = b"mine\n"
CALLS = ("open", "mkdir", "write", "replace", "unlink", "rmdir", "close", "listdir", "read", "stat")
"""The calls that writing makes of `os`."""

BEFORE: Mapping[str, bytes] = {
    "index.html": b"home 1",
    "a/b.html": b"b 1",
    "was": b"a file",
    "were/x": b"in a folder",
    "gone/x/y.html": b"gone",
    "same.css": b"same",
}
AFTER: Mapping[str, bytes] = {
    "index.html": b"home 2",
    "a/b.html": b"b 2",
    "was/x": b"in a folder",
    "were": b"a file",
    "new/x/y.html": b"new",
    "same.css": b"same",
}
OTHERS = {"a/mine.txt": MINE, "gone/mine.txt": MINE, "mine/x": MINE}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }


@pytest.fixture
def output(tmp_path: Path) -> Callable[[], Path]:
    """A new output folder with the site as it was, files of others in it, and links to them."""
    made = iter(range(1000))

    def make() -> Path:
        place = tmp_path / f"{next(made)}"
        folder = place / "output"
        write(BEFORE, folder)
        for path, data in OTHERS.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
        (place / "mine.txt").write_bytes(MINE)
        (folder / "hard.txt").hardlink_to(place / "mine.txt")
        return folder

    return make


class Failing:
    """Counts calls of `os`, and lets one of them fail."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, error: int, *, onwards: bool) -> None:
        self.calls = 0
        self.failed = ""
        for name in CALLS:
            patch.setattr(os, name, self._failing(name, getattr(os, name), at, error, onwards))

    def _failing(
        self, name: str, call: Callable[..., Any], at: int, error: int, onwards: bool
    ) -> Callable[..., Any]:
        def called(*words: Any, **more: Any) -> Any:
            self.calls += 1
            if self.calls == at or (onwards and self.calls > at):
                self.failed = self.failed or name
                if (
                    name == "close"
                ):  # as the system does: it is closed, and then says that it failed
                    call(*words, **more)
                # Of an open file, the system names no path.
                named = () if isinstance(words[0], int) else words[:1]
                raise OSError(error, os.strerror(error), *named)
            return call(*words, **more)

        return called


def each_call(
    output: Callable[[], Path], error: int, *, onwards: bool
) -> Iterator[tuple[Path, str]]:
    """Writes again and again, each time with another call that fails; the folder afterwards."""
    for at in range(1, 2000):
        folder = output()
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, at, error, onwards=onwards)
            ended = False
            try:
                write(AFTER, folder)
                ended = True
            except OutputFault as fault:
                said = str(fault)
                assert said.startswith("the output can't be written: '"), (said, failing.failed)
                # Or what follows, where a folder that can't be removed is no reason to stop.
                reasons = os.strerror(error), os.strerror(errno.EISDIR)
                assert said.rpartition(": ")[2] in reasons, (said, failing.failed)
                assert f"'{folder}" in said, (said, failing.failed)
        if not failing.failed:
            assert ended
            assert at > 60, "most calls were not counted"
            return
        yield folder, failing.failed
    raise AssertionError("there is no end")


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("onwards", [False, True])
def test_whatever_call_fails_nobody_elses_file_is_touched_and_the_next_build_repairs(
    output: Callable[[], Path], error: int, onwards: bool
) -> None:
    for folder, name in each_call(output, error, onwards=onwards):
        found = tree(folder)
        known = {**BEFORE, **OTHERS, "hard.txt": MINE}
        for path, data in found.items():
            if not path.startswith(".site-builder-"):
                assert data in (AFTER.get(path), known.get(path)), (name, path)
        assert {path: found.get(path) for path in OTHERS} == OTHERS, name
        assert (folder.parent / "mine.txt").read_bytes() == MINE

        write(AFTER, folder)

        assert tree(folder) == {**AFTER, **OTHERS, "hard.txt": MINE}, name


def test_whatever_call_fails_a_changed_mind_is_no_harm(output: Callable[[], Path]) -> None:
    """After a write that failed, a build of the site as it was brings it back."""
    for folder, name in each_call(output, errno.EIO, onwards=True):
        write(BEFORE, folder)
        assert tree(folder) == {**BEFORE, **OTHERS, "hard.txt": MINE}, name


WRITER = """
import sys
from pathlib import Path
from site_builder.output.writing import write
folder, number = Path(sys.argv[1]), int(sys.argv[2])
common = {f"p/{page}/index.html": b"%d" % number * 5000 for page in range(60)}
odd = {"turn": b"file"} if number % 2 else {"turn/x": b"folder"}
own = {f"of/{number % 3}/{page}.html": b"x" * 100 for page in range(20)}
print("ready", flush=True)
write({**common, **odd, **own}, folder)
"""


def test_killed_at_any_moment_every_file_is_whole_and_the_next_build_repairs(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "output"
    chance = random.Random(1)
    kills = 0
    for number in range(1, 301):  # on a busy machine a writer often ends before it is killed
        if kills > 10:
            break
        command = [sys.executable, "-c", WRITER, str(folder), str(number)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
        ) as writer:
            assert writer.stdout
            writer.stdout.readline()
            (folder / "mine").mkdir(parents=True, exist_ok=True)
            (folder / "mine/x").write_bytes(MINE)
            time.sleep(chance.random() * 0.03)
            writer.send_signal(signal.SIGKILL)
        kills += writer.returncode == -signal.SIGKILL
        for path, data in tree(folder).items():
            if path.startswith("p/"):
                assert len(data) in (5000, 10000), path
                assert len({*data}) <= 2, path
        assert (folder / "mine/x").read_bytes() == MINE
    assert kills > 3

    write(AFTER, folder)

    assert tree(folder) == {**AFTER, "mine/x": MINE}
