"""What this program starts ends when it does, however it ends."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.build import Options, render_site
from site_builder.exports import search
from site_builder.processes import Program
from site_builder.stages import rendering
from tests.conftest import MakeSite

SECONDS = 60.0
"""In which a process has to end after its parent was killed."""
ROOT = Path(__file__).parents[1]
PROC = Path("/proc")
pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked up in /proc")


class Marked:
    """A program of Python, and all processes that come of it: they inherit a mark."""

    def __init__(self, *command: str) -> None:
        self._mark = f"TEST_MARK={os.urandom(8).hex()}"
        name, value = self._mark.split("=")
        self.process = subprocess.Popen(
            [sys.executable, *command],
            env={**os.environ, "PYTHONPATH": str(ROOT), name: value},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def others(self) -> list[str]:
        """The commands of those that run, without the first."""
        found = []
        for folder in PROC.iterdir():
            if not folder.name.isdigit() or int(folder.name) == self.process.pid:
                continue
            try:
                if self._mark.encode() in (folder / "environ").read_bytes():
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                    found.append(command.decode("utf-8", "replace").strip())
            except OSError:
                continue  # it has ended, or is somebody else's
        return found

    def wait_for(self, count: int) -> None:
        """Until there are so many others."""
        end = time.monotonic() + 120
        while len(self.others()) < count:
            assert time.monotonic() < end, self.others()
            assert self.process.poll() is None
            time.sleep(0.02)

    def left_after_kill(self) -> list[str]:
        """What still runs when the first was killed and time has passed. It is ended, too."""
        self.process.kill()
        self.process.wait()
        end = time.monotonic() + SECONDS
        while (left := self.others()) and time.monotonic() < end:
            time.sleep(0.05)
        return left


WORKING = """
import sys, time
from site_builder.workers import FEWEST, Workers

def work(number):
    if sys.argv[1] == "sleep":
        time.sleep(30)
    elif sys.argv[1] == "large":
        return b"x" * 10_000_000
    else:
        while True:
            pass

Workers(4).map(work, range(FEWEST))
"""


@pytest.mark.parametrize("how", ["sleep", "large", "busy"])
def test_workers_end_with_their_parent(how: str) -> None:
    running = Marked("-c", WORKING, how)
    running.wait_for(3)
    assert running.left_after_kill() == []


STARTING = """
import sys, time
from subprocess import DEVNULL, PIPE
from site_builder.processes import Program

program = Program(sys.argv[1:], stdin=PIPE, stdout=DEVNULL)
time.sleep(30)
"""


@pytest.mark.parametrize(
    "command",
    [["/bin/sleep", "30"], ["/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"]],
)
def test_a_program_ends_with_who_started_it(command: list[str]) -> None:
    running = Marked("-c", STARTING, *command)
    running.wait_for(2)
    assert running.left_after_kill() == []


def test_a_program_that_is_ended_leaves_nothing() -> None:
    program = Program(["/bin/sleep", "30"])
    guard = program._guard
    assert guard is not None
    program.end()
    assert (program.process.returncode, guard.returncode) == (-signal.SIGKILL, -signal.SIGKILL)
    program.end()


def test_a_program_that_can_not_be_started_leaves_nothing(tmp_path: Path) -> None:
    before = children()
    with pytest.raises(FileNotFoundError):
        Program([str(tmp_path / "absent")])
    assert children() == before


def children() -> set[str]:
    """The processes of this one, but for those that have ended."""
    path = PROC / f"self/task/{os.getpid()}/children"
    if not path.exists():
        pytest.skip("this system does not tell the children of a process")
    return {*path.read_text().split()}


SITE = {
    "content/site.yaml": (
        "title: Tea\nbase_url: https://tea.example/\n"
        "publish:\n  folder:\n    kind: directory\n    path: ../published\n"
    ),
    "content/actors/bert.md": "---\nname: Bert\n---\n",
}


@pytest.fixture
def slow_pagefind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An indexer that never answers."""
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\nexec sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr(search, "find_pagefind", lambda: program)


@pytest.mark.usefixtures("slow_pagefind")
def test_a_mistake_while_the_index_is_made_leaves_nothing(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    actors = {f"content/actors/a{n}.md": f"---\nname: Anna {n}\n---\n" for n in range(20)}
    root = make_site({**SITE, **actors})
    before = children()
    seen = []

    def fails(*_: object) -> None:
        seen.append(len(children() - before))
        raise ZeroDivisionError

    monkeypatch.setattr(rendering, "render_pages", fails)
    with pytest.raises(ZeroDivisionError):
        render_site(Options(root))
    assert seen[0] >= 4  # the indexer, a process that draws, and a guard of each
    assert children() == before


def test_an_indexer_that_can_not_be_run_is_a_warning(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text("no program")
    program.chmod(0o644)
    monkeypatch.setattr(search, "find_pagefind", lambda: program)
    site = render_site(Options(make_site(SITE)))
    assert [row.message for row in site.diagnostics if row.code == "search-failed"] == [
        f"the search index can't be made: {program} can't be run: Permission denied"
    ]


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that takes more than a moment, in several processes."""
    root = tmp_path_factory.mktemp("large") / "site"
    for path, text in SITE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    for n in range(250):
        text = f"---\nname: Anna Nummer{n}\n---\n" + "Of tea and of much else. " * 30
        (root / f"content/actors/a{n}.md").write_text(text)
    return root


@pytest.mark.parametrize(
    "words",
    [["build", "--jobs", "4", "--clean"], ["serve", "--port", "0"], ["publish", "folder"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_nothing_of_ours_outlives_a_kill(large_site: Path, words: list[str]) -> None:
    chance = random.Random(7)
    for _ in range(3):
        shutil.rmtree(large_site / ".site-builder", ignore_errors=True)
        running = Marked("-m", "site_builder", "-C", str(large_site), *words)
        time.sleep(chance.uniform(0.2, 4))
        assert running.left_after_kill() == []
