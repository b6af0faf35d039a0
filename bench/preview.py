"""Time from saving an edit to the browser's reload message, compared with `hugo server`: `python -m bench.preview`.

For each size a site is written for both, both servers run at once, and the same kind of edit is made to
each in turn, over their real websockets (both speak the LiveReload protocol). The time runs from just
before the file is written to the arrival of the message; then the page is fetched and must show the edit.
The explainer in this repository does not exist for Hugo: Hugo gets a corpus of as many pages.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.corpus import make_corpus
from bench.generators import GENERATORS, OURS, OURS_DEFAULT_THEME, REFERENCE, ROOT

SITES = ROOT / ".cache" / "bench" / "preview"
SEED = 0
"""As a size: the explainer in this repository."""
GOALS = {SEED: 100, 1000: 150, 10_000: 500}
"""Milliseconds."""
LONGEST_BUILD = 900.0
LONGEST_EDIT = 60.0
PAUSE = 1.0
"""Seconds between edits: no writer is faster."""
HELLO = '{"command":"hello","protocols":["http://livereload.com/protocols/official-7"]}'
"""Without spaces: Hugo does not expect any."""


@dataclass
class Server:
    """A running preview server, and its measurements."""

    name: str
    command: Sequence[str]
    folder: Path
    edited: Path
    page: str
    port: int
    millis: list[float] = field(default_factory=list)
    right: int = 0
    """How many edits were on the page when the message arrived."""
    first: float = 0.0
    """Seconds until the first page."""
    idle: float = 0.0
    """The part of one processor that it uses while nothing happens."""

    def __post_init__(self) -> None:
        self.text = self.edited.read_text(encoding="utf-8")
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.socket: WebSocketClientConnection | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/"

    async def connect(self) -> None:
        """Wait for the first page, load the one that will be edited, and open the websocket."""
        begin = time.monotonic()
        while time.monotonic() < begin + LONGEST_BUILD:
            with contextlib.suppress(OSError):
                await AsyncHTTPClient().fetch(self.url, request_timeout=LONGEST_BUILD)
                break
            await asyncio.sleep(0.05)
        self.first = time.monotonic() - begin
        await AsyncHTTPClient().fetch(self.url + self.page)
        self.socket = await websocket_connect(f"ws://127.0.0.1:{self.port}/livereload")
        await self.socket.write_message(HELLO)
        await self.socket.read_message()
        info = {"command": "info", "plugins": {}, "url": self.url + self.page}
        await self.socket.write_message(json.dumps(info))

    async def edit(self, word: str) -> None:
        """Make one edit, and measure from before it is saved until its message arrives."""
        assert self.socket
        text = f"{self.text}\nAdded {word}.\n"
        begin = time.perf_counter()
        self.edited.write_text(text, encoding="utf-8")
        await self._reload_message(LONGEST_EDIT)
        self.millis.append((time.perf_counter() - begin) * 1000)
        page = await AsyncHTTPClient().fetch(self.url + self.page)
        self.right += f"Added {word}." in page.body.decode()
        with contextlib.suppress(TimeoutError):  # some tell of one edit more than once
            while True:
                await self._reload_message(0.3)

    async def _reload_message(self, seconds: float) -> None:
        assert self.socket
        while True:
            message = await asyncio.wait_for(self.socket.read_message(), seconds)
            if message is None:
                raise ConnectionError(f"{self.name} has closed the connection")
            if json.loads(message).get("command") == "reload":
                return

    async def rest(self, seconds: float) -> None:
        """Measure what it uses while nothing happens."""
        begin = self._processor()
        await asyncio.sleep(seconds)
        self.idle = (self._processor() - begin) / seconds

    def _processor(self) -> float:
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Stop the server and restore the edited file."""
        self.process.terminate()
        self.process.wait()
        self.edited.write_text(self.text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for, and print it; 1 if a page was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.preview", description=__doc__)
    parser.add_argument(
        "--pages",
        type=lambda text: [int(number) for number in text.split(",")],
        default=[SEED, 1000, 10_000],
        metavar="N,N",
        help="sizes; 0 is the seed explainer (0,1000,10000)",
    )
    parser.add_argument("--edits", type=int, default=15, help="edits of each site (15)")
    parser.add_argument("--idle", type=float, default=20.0, help="seconds of rest measured (20)")
    options = parser.parse_args(arguments)
    print(f"{platform.platform()}, {os.cpu_count()} processors\n")
    print("| entities | server | median, ms | slowest | goal | page right | first page, s | idle |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    wrong = False
    for pages in options.pages:
        for server in asyncio.run(measure(pages, options.edits, options.idle)):
            wrong |= server.right < options.edits
            print(row(server, pages, options.edits), flush=True)
        shutil.rmtree(SITES, ignore_errors=True)
    return int(wrong)


async def measure(pages: int, edits: int, idle: float) -> list[Server]:
    """All servers of one size, edited in turn."""
    servers = begin(pages)
    try:
        await asyncio.gather(*(server.connect() for server in servers))
        for number in range(edits):
            for server in servers:
                await server.edit(f"word{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}")
                await asyncio.sleep(PAUSE)
        await asyncio.sleep(12)  # a server may stay alert for a while after an edit
        await asyncio.gather(*(server.rest(idle) for server in servers))
    finally:
        for server in servers:
            server.end()
    return servers


def begin(pages: int) -> list[Server]:
    """Write the sites of one size, and start the servers that are installed."""
    servers = []
    if pages == SEED:
        folder = SITES / "seed"
        for name in ("content", "seeds"):
            shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
        issues = sorted((folder / "content/issues").glob("*.md"))
        servers.append(ours(OURS_DEFAULT_THEME, folder, issues[len(issues) // 2]))
    corpus = make_corpus(pages or 34)
    middle = corpus.issues[len(corpus.issues) // 2].slug
    for generator in GENERATORS:
        wanted = (REFERENCE,) if pages == SEED else (OURS, OURS_DEFAULT_THEME, REFERENCE)
        found = generator.find()
        if generator.name not in wanted or not found:
            continue
        folder = SITES / f"{pages}-{generator.name}"
        for path, text in generator.files(corpus).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        edited = folder / generator.issue_path.format(middle)
        if generator.name == REFERENCE:
            port = free_port()
            command = [found[0], "server", "--bind", "127.0.0.1", "--port", str(port)]
            page = f"issues/{middle}/"
            servers.append(Server(generator.name, command, folder, edited, page, port))
        else:
            servers.append(ours(generator.name, folder, edited))
    return servers


def ours(name: str, folder: Path, edited: Path) -> Server:
    """The preview of this checkout."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "site_builder",
        "-C",
        str(folder),
        "serve",
        "--port",
        str(port),
    ]
    environment = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{ROOT}{os.pathsep}{environment}" if environment else str(ROOT)
    return Server(name, command, folder, edited, f"issues/{edited.stem}/", port)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def row(server: Server, pages: int, edits: int) -> str:
    """One server's results as a row of the table."""
    goal = "" if server.name == REFERENCE else str(GOALS.get(pages, ""))
    cells = [
        "seed" if pages == SEED else f"{pages:,}",
        server.name,
        f"{statistics.median(server.millis):.0f}",
        f"{max(server.millis):.0f}",
        goal,
        f"{server.right} of {edits}",
        f"{server.first:.1f}",
        f"{server.idle:.2%}",
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
