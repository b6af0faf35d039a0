"""A real preview in a thread, and what a browser does to it: requests, and a websocket."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import textwrap
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from site_builder.build import Options, render_site
from site_builder.preview.events import Event, Updated
from site_builder.preview.insertion import without_insertion
from site_builder.preview.policy import as_built
from site_builder.preview.serving import Settings, preview

T = TypeVar("T")
LONGEST = 120.0
"""Seconds to wait for anything, on a machine that is busy with other tests."""

TEA = {
    "content/site.yaml": "title: Tea\n",
    "content/articles/tea.md": """
        ---
        title: The tea question
        as_of: 2025-12-02
        issues: [milk]
        ---
        What [[milk]] does to [[anna]].
        """,
    "content/issues/milk.md": """
        ---
        title: Milk
        question: Milk first?
        positions:
          - actor: anna
            stance: supports
            summary: Milk first.
        ---
        Some say so.
        """,
    "content/actors/anna.md": """
        ---
        name: Anna
        kind: person
        ---
        Anna drinks tea.
        """,
    "content/terms.yaml": """
        steep:
          definition: To leave in water.
        """,
}
"""A small site: an article, an issue, an actor and a term."""


@dataclass(frozen=True)
class Response:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Live:
    """A preview that runs, the events it told, and ways to talk to it."""

    def __init__(self, root: Path, **settings: Any) -> None:
        self.root = root
        self.settings = Settings(root, **{"port": 0, **settings})
        self.events: list[Event] = []
        self.browsers: list[Socket] = []
        self._told = threading.Condition()
        self._begun = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.failure: BaseException | None = None

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            async with preview(self.settings, self._say) as self.url:
                self._begun.set()
                await self._stop.wait()
        except BaseException as failure:
            self.failure = failure
            raise
        finally:
            self._begun.set()

    def _say(self, event: Event) -> None:
        with self._told:
            self.events.append(event)
            self._told.notify_all()

    def start(self) -> None:
        self._thread.start()
        self._begun.wait()
        if self.failure:
            raise self.failure

    def stop(self) -> None:
        if not self._thread.is_alive():
            return
        for browser in self.browsers:
            self.call(browser.close())
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    # waiting

    @property
    def updates(self) -> list[Updated]:
        return [event for event in self.events if isinstance(event, Updated)]

    def wait_for(self, what: Callable[[], T], *, seconds: float = LONGEST) -> T:
        """Returns what is asked for when it is true; looked at whenever the preview tells something."""
        end = time.monotonic() + seconds
        while True:
            with self._told:
                count = len(self.events)
            answer = what()  # may ask the preview, which may be about to tell something
            if answer:
                return answer
            assert time.monotonic() < end, self.events[-3:]
            with self._told:
                self._told.wait_for(lambda seen=count: len(self.events) > seen, 0.2)

    def wait_for_update(self, after: int = 0) -> Updated:
        """The first update after so many."""
        return self.wait_for(lambda: self.updates[after : after + 1])[0]

    def tells_more_than(self, count: int, seconds: float = 2.0) -> bool:
        """Whether there are, or soon will be, more updates than so many."""
        with self._told:
            return self._told.wait_for(lambda: len(self.updates) > count, seconds)

    def edit(self, name: str, text: str | bytes | None) -> Updated:
        """Writes a file (or removes it, for None), and waits for what the preview makes of it."""
        count = len(self.updates)
        self.write(name, text)
        return self.wait_for_update(count)

    def write(self, name: str, text: str | bytes | None) -> None:
        file = self.root / name
        if text is None:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def replace(self, name: str, old: str, new: str) -> Updated:
        """Replaces words in a file, and waits for what the preview makes of it."""
        text = (self.root / name).read_text()
        assert old in text
        return self.edit(name, text.replace(old, new))

    # talking

    def request(
        self, path: str = "/", method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Response:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host="Host" in (headers or {}))
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            return Response(response.status, dict(response.getheaders()), response.read())

    def get(self, path: str = "/", **headers: str) -> Response:
        return self.request(path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def state(self, page: str = "/") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.get(f"/.preview/state?page={page}").body)
        return found

    def connect(self, **headers: str) -> Socket:
        browser = Socket(self, {k.replace("_", "-"): v for k, v in headers.items()})
        self.browsers.append(browser)
        return browser

    def call(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(LONGEST)

    # comparing

    def clean_build(self) -> Mapping[str, bytes]:
        site = render_site(Options(self.root, drafts=self.settings.drafts, whole_sources=True))
        assert site.ok, site.diagnostics
        return site.files

    def clean_build_pages(self) -> list[str]:
        return [path for path in self.clean_build() if path.endswith(".html")]

    def served(self, path: str) -> bytes:
        """A file of the site as it is served, less what the preview puts in."""
        response = self.get("/" + path)
        assert response.status == 200, path
        return (
            as_built(without_insertion(response.body)) if path.endswith(".html") else response.body
        )

    def style_sheets(self, path: str = "/") -> list[str]:
        """The addresses of the site's style sheets that a page asks for."""
        return re.findall(r'href="[./]*(assets/[^"]+\.css)"', self.get(path).text)

    def assert_equals_clean_build(self) -> None:
        for path, data in self.clean_build().items():
            assert self.served(path) == data, path


class Socket:
    """A browser's connection, after the greeting."""

    def __init__(self, live: Live, headers: Mapping[str, str]) -> None:
        self.live = live
        request = HTTPRequest(f"ws://{live.host}/livereload", headers=dict(headers))
        self.connection: WebSocketClientConnection = live.call(self._connect(request))
        self.greeting = self.message()

    async def _connect(self, request: HTTPRequest) -> WebSocketClientConnection:
        connection = await websocket_connect(request)
        hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
        await connection.write_message(json.dumps(hello))
        info = {"command": "info", "plugins": {}, "url": self.live.url}
        await connection.write_message(json.dumps(info))
        return connection

    async def close(self) -> None:
        """Closes the connection, and reads on until it is closed."""
        self.connection.close()
        while await self.connection.read_message() is not None:
            pass

    def send(self, message: str | bytes) -> None:
        async def write() -> None:
            await self.connection.write_message(message, binary=isinstance(message, bytes))

        self.live.call(write())

    def message(self, seconds: float = LONGEST) -> dict[str, Any]:
        async def read() -> str | bytes | None:
            return await asyncio.wait_for(self.connection.read_message(), seconds)

        text = self.live.call(read())
        return json.loads(text) if text else {}

    def drain(self) -> None:
        """Takes the messages that have come, so that they don't pile up."""

        async def read() -> None:
            with contextlib.suppress(TimeoutError):
                while True:
                    await asyncio.wait_for(self.connection.read_message(), 0)

        self.live.call(read())

    def messages(self, quiet: float = 0.5) -> list[dict[str, Any]]:
        """The message that has come or will, however long that takes, and those that follow it soon."""
        return [self.message(), *self.messages_until_quiet(quiet)]

    def messages_until_quiet(self, seconds: float = 0.5) -> list[dict[str, Any]]:
        found = []
        with contextlib.suppress(TimeoutError):
            while message := self.message(seconds):
                found.append(message)
        return found


StartPreview = Callable[..., Live]


@pytest.fixture
def start(make_site: Callable[..., Path]) -> Iterator[StartPreview]:
    """Starts a preview of a miniature site, `TEA` unless told otherwise, and waits for its first build."""
    running: list[Live] = []

    def begin(
        files: Mapping[str, str | bytes] | None = None, *, wait: bool = True, **settings: Any
    ) -> Live:
        live = Live(make_site({**TEA, **(files or {})}), **settings)
        live.start()
        running.append(live)
        if wait:
            live.wait_for_update()
        return live

    yield begin
    for live in running:
        live.stop()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A preview of the site `TEA` for all tests of a module. Nobody changes the site."""
    root = tmp_path_factory.mktemp("still")
    for name, text in TEA.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(textwrap.dedent(text).removeprefix("\n"))
    live = Live(root)
    live.start()
    live.wait_for_update()
    yield live
    live.stop()


@pytest.fixture
def live(start: StartPreview) -> Live:
    """A preview of the site `TEA`."""
    return start()
