"""The command itself: how it begins, what it says, and how it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from typing import IO

LONGEST = 120.0
SITE = {"content/site.yaml": "title: Tea\n", "content/actors/anna.md": "---\nname: Anna\n---\n"}


class Command:
    """`site-builder serve` as it runs, and the lines it has said."""

    def __init__(self, root: Path, *options: str, environment: Mapping[str, str] | None = None) -> None:  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", "-C", str(root), "serve", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        self.lines: list[str] = []
        self._ended = False
        self._told = threading.Condition()
        assert self.process.stdout
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()

    def _read(self, output: IO[str]) -> None:
        for line in output:
            with self._told:
                self.lines.append(line.rstrip("\n"))
                self._told.notify_all()
        with self._told:
            self._ended = True
            self._told.notify_all()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first line that has the pattern."""

        def found() -> re.Match[str] | None:
            return next(filter(None, (re.search(pattern, line) for line in self.lines)), None)

        with self._told:
            assert self._told.wait_for(lambda: self._ended or found() is not None, LONGEST)
            match = found()
        assert match, self.lines
        return match

    @property
    def port(self) -> int:
        return int(self.wait_for(r"http://127\.0\.0\.1:(\d+)/")[1])

    def end(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Its exit code, and the seconds it took to end."""
        begin = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(LONGEST)
        return code, time.monotonic() - begin


Serve = Callable[..., Command]


@pytest.fixture
def site(make_site: Callable[..., Path]) -> Path:
    return make_site(SITE)


@pytest.fixture
def serve(site: Path) -> Iterator[Serve]:
    running: list[Command] = []

    def begin(*options: str, environment: Mapping[str, str] | None = None) -> Command:
        running.append(Command(site, *options, environment=environment))
        return running[-1]

    yield begin
    for command in running:
        command.process.kill()
        command.process.wait()
        if command.process.stdout:
            command.process.stdout.close()


def test_it_says_what_was_rebuilt_how_many_pages_in_how_long(serve: Serve, site: Path) -> None:
    command = serve("--port", "0")
    clock = r"^\d\d:\d\d:\d\d  "

    command.wait_for(r"^Preview on http://127\.0\.0\.1:\d+/ \(drafts shown; Ctrl-C ends it\)$")
    command.wait_for(clock + r"\d+ pages in \d+\.\d\d s$")
    (site / "content/actors/anna.md").write_text("---\nname: Anna Tee\n---\n")
    command.wait_for(clock + r"content/actors/anna\.md: \d+ of \d+ pages changed in \d+\.\d\d s$")
    (site / "content/actors/anna.md").write_text("---\nnmae: Anna\n---\n")
    command.wait_for(r"^content/actors/anna\.md:2:1: an actor has no field 'nmae'")
    command.wait_for(clock + r"content/actors/anna\.md: 1 error; the last good pages stay \(")
    (site / "content/actors/anna.md").write_text("---\nname: Anna\n---\n")
    command.wait_for(clock + r"fixed: content/actors/anna\.md: \d+ of \d+ pages changed in ")
    assert command.end()[0] == 0
    assert not any("\x1b" in line or "Traceback" in line for line in command.lines)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_and_cleanly(serve: Serve, number: int) -> None:
    command = serve("--port", "0")
    command.wait_for("pages in")
    idle = http.client.HTTPConnection("127.0.0.1", command.port)
    idle.connect()

    code, seconds = command.end(number)

    assert code == 0
    assert seconds < LONGEST / 2  # the connection would stay open for much longer
    command.wait_for("^The preview has ended.$")
    assert "Traceback" not in "\n".join(command.lines)
    idle.close()


SLOW = """
import sys, time
from site_builder.preview import serving
def slow(options):
    options.tell("sleeping")
    return lambda: time.sleep(600)
serving.Settings.__init__.__defaults__ = (*serving.Settings.__init__.__defaults__[:-1], slow)
sys.argv[1:] = {arguments!r}
from site_builder.cli import main
main()
"""


def test_a_signal_ends_it_in_the_middle_of_a_build(site: Path) -> None:
    arguments = ["-C", str(site), "serve", "--port", "0"]
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW.format(arguments=arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if "sleeping … " in line:
            break
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    rest, _ = process.communicate(timeout=LONGEST)

    assert time.monotonic() - begin < LONGEST / 2
    assert process.returncode == 0, said
    assert rest.splitlines()[-1] == "The preview has ended."


def test_a_port_in_use_is_said_with_the_next_free_one(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = serve("--port", str(port))
        assert command.process.wait(LONGEST) == 1
        found = command.wait_for(
            rf"^site-builder: port {port} is in use by another program; the next free one is "
            r"(\d+): --port \1, or --next-port to take it automatically$"
        )
        assert int(found[1]) > port

        other = serve("--port", str(port), "--next-port")
        assert other.port > port
        assert other.end()[0] == 0


@pytest.mark.parametrize(
    ("options", "words", "code"),
    [
        (
            ["--host", "198.51.100.7", "--port", "0"],
            "'198.51.100.7' is not an address of this machine",
            1,
        ),
        (
            ["--host", "no.such.name.invalid"],
            "'no.such.name.invalid' is not an address of this machine",
            1,
        ),
        (["--port", "70000"], "70000 is not in the range 0<=x<=65535", 2),
        (["--editor", "vscod"], "there is no editor 'vscod' (did you mean 'vscode'?)", 1),
        (["--editor", "javascript:{path}"], "must begin with the editor's scheme", 1),
    ],
)
def test_what_cannot_begin_says_why(
    serve: Serve, options: list[str], words: str, code: int
) -> None:
    command = serve(*options)

    assert command.process.wait(LONGEST) == code
    command.wait_for(re.escape(words))
    assert "Traceback" not in "\n".join(command.lines)


def test_a_folder_without_a_site_is_said(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "site_builder", "-C", str(tmp_path), "serve", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.startswith("site-builder: there is no folder 'content' in ")


def test_it_opens_the_browser_when_there_is_something_to_see(serve: Serve, tmp_path: Path) -> None:
    program, opened = tmp_path / "browser", tmp_path / "opened"
    os.mkfifo(opened)
    program.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    program.chmod(0o755)

    command = serve("--port", "0", "--open", environment={"BROWSER": f"{program} %s"})

    assert opened.read_text() == f"http://127.0.0.1:{command.port}/\n"
    command.wait_for("pages in")


def test_it_goes_on_when_nobody_listens_to_what_it_says(site: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", "-C", str(site), "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    port = int(re.search(r":(\d+)/", process.stdout.readline())[1])  # type: ignore[index]
    process.stdout.close()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")

    assert connection.getresponse().read()
    connection.close()
    process.terminate()
    assert process.wait(LONGEST) == 0


def test_problems_are_in_colour_when_the_terminal_has_it(site: Path) -> None:
    import pty

    (site / "content/actors/anna.md").write_text("---\nnmae: Anna\n---\n")

    def said(environment: Mapping[str, str]) -> str:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", "-C", str(site), "serve", "--port", "0"],
            stdout=theirs,
            stderr=theirs,
            stdin=theirs,
            env={**os.environ, **environment},
        )
        os.close(theirs)
        text = ""
        while " s)" not in text:
            text += os.read(ours, 65536).decode()
        process.terminate()
        assert process.wait(LONGEST) == 0
        os.close(ours)
        return text

    assert "\x1b[31man actor has no field 'nmae'" in said({"TERM": "xterm", "NO_COLOR": ""})
    assert "\x1b" not in said({"TERM": "xterm", "NO_COLOR": "1"})
