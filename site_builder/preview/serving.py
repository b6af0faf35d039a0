"""The preview's server: sockets, Tornado and signals; how it starts and ends."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import multiprocessing
import signal
import socket
import webbrowser
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError

from site_builder.build import Options
from site_builder.faults import Fault, SiteNotFound
from site_builder.preview.answers import (
    Answer,
    Asker,
    answer,
    answer_later,
    own_file,
    state,
)
from site_builder.preview.building import Builds, MakeRender, in_background, render_in_memory
from site_builder.preview.editors import EDITORS, Editor
from site_builder.preview.events import Ended, Note, Say, Serving
from site_builder.preview.guard import Guard, is_loopback
from site_builder.preview.insertion import OWN
from site_builder.preview.livereload_socket import Browsers, ForceReload, Script, Socket
from site_builder.preview.policy import policy
from site_builder.preview.ranges import NoSuchPart, part_of
from site_builder.preview.requests import GuardedHandler
from site_builder.preview.sources import cite, not_cited
from site_builder.preview.updating import Updates
from site_builder.preview.watching import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

LARGEST_REQUEST = 64 * 1024
"""The largest request body or WebSocket message in bytes; nobody needs to send any."""
LARGEST_HEADERS = 1024 * 1024
"""The largest headers in bytes, including the address; up to here, a too long address gets an error page."""
PORTS_TRIED = 100


class PortInUse(Fault):
    """Another program listens on the port."""


@dataclass(frozen=True)
class Settings:
    """The options of a preview. `port` 0 takes any free port; `editor` is an address as in `editors.EDITORS`."""

    root: Path
    host: str = "127.0.0.1"
    port: int = 8000
    allow_hosts: tuple[str, ...] = ()
    """Additional host names, from `guard.allowed_name`."""
    next_port: bool = False
    """Whether to take the next free port if `port` is in use."""
    drafts: bool = True
    open_browser: bool = False
    editor: str = EDITORS["vscode"]
    poll: bool = False
    """Whether to look at all files once a second instead of waiting for the system's events."""
    make_render: MakeRender = field(default=render_in_memory)

    @property
    def options(self) -> Options:
        """The options of its builds, which have no output folder."""
        return Options(root=self.root, drafts=self.drafts)


def serve(settings: Settings, say: Say) -> None:
    """Serves until SIGINT or SIGTERM. Raises a `Fault` if it can't start."""
    asyncio.run(_serve_until_signal(settings, say))


async def _serve_until_signal(settings: Settings, say: Say) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with preview(settings, say):
        await stop.wait()
    say(Ended())


@contextlib.asynccontextmanager
async def preview(settings: Settings, say: Say) -> AsyncIterator[str]:
    """Runs a preview inside the context, and gives its address. Raises a `Fault` if it can't start."""
    if not (settings.root / "content").is_dir():
        raise SiteNotFound(
            f"there is no folder 'content' in '{settings.root}'. Go to the site's folder, name it "
            "with -C, or begin a new one with: site-builder init my-explainer"
        )
    sockets = listen(settings.host, settings.port, next_port=settings.next_port)
    loop = asyncio.get_running_loop()
    browsers = Browsers()
    updates = Updates(Builds(settings.options, settings.make_render), say, browsers.tell)

    def tell(changed: frozenset[str] | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(updates.signal, changed)

    def note(text: str) -> None:
        loop.call_soon_threadsafe(say, Note(text))

    watch = Watch(settings.root, tell, note, poll=settings.poll)
    with _quiet_libraries():
        server = HTTPServer(
            application(settings, updates, browsers),
            max_body_size=LARGEST_REQUEST,
            max_header_size=LARGEST_HEADERS,
            idle_connection_timeout=600,
        )
        server.add_sockets(sockets)
        url = address(settings.host, sockets)
        say(Serving(url, settings.drafts, settings.allow_hosts))
        tasks = []
        try:
            await in_background(watch.start)
            tasks.append(asyncio.create_task(updates.run()))
            if settings.open_browser:
                tasks.append(asyncio.create_task(_open(url, updates, say)))
            yield url
        finally:
            watch.stop()
            for task in tasks:
                task.cancel()
            server.stop()
            browsers.disconnect()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    await server.close_all_connections()
            await asyncio.gather(*tasks, return_exceptions=True)
            # A running build may have started workers, which must not delay the end.
            for process in multiprocessing.active_children():
                process.kill()


def application(settings: Settings, updates: Updates, browsers: Browsers) -> Application:
    """The application: a handler for each path."""
    common = {"guard": Guard(settings.host, frozenset(settings.allow_hosts))}
    telling = {**common, "browsers": browsers}
    more = {
        **common,
        "updates": updates,
        "editor": Editor(settings.root.absolute(), settings.editor),
    }
    return Application(
        [
            (r"/livereload", Socket, telling),
            (r"/forcereload", ForceReload, telling),
            (rf"{OWN}livereload\.js", Script, common),
            (rf"{OWN}state", State, more),
            (rf"{OWN}cite", Cite, more),
            (rf"{OWN}uncited", NotCited, more),
            (rf"{OWN}.*", OwnFile, common),
            (r".*", Site, more),
        ],
        log_function=lambda _: None,
        websocket_max_message_size=LARGEST_REQUEST,
    )


class _Answering(GuardedHandler):
    """Sends an `Answer`."""

    def send(self, result: Answer) -> None:
        """Sends the answer, or the requested part of it."""
        self.set_status(result.status)
        if result.location:
            self.set_header("Location", result.location)
        self.set_header("Content-Type", result.type)
        if not result.tag:
            self.finish(result.body)
            return
        self.set_header("ETag", result.tag)
        self.set_header("Accept-Ranges", "bytes")
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
            return
        size, headers = len(result.body), self.request.headers
        try:
            part = None
            if self.request.method == "GET":
                part = part_of(size, headers.get("Range"), headers.get("If-Range"), result.tag)
        except NoSuchPart:
            self.set_status(416)
            self.set_header("Content-Range", f"bytes */{size}")
            self.finish()
            return
        if part:
            self.set_status(206)
            self.set_header("Content-Range", part.content_range)
            self.finish(result.body[part.start : part.end])
        else:
            self.finish(result.body)


class OwnFile(_Answering):
    """The preview's own script and style sheet."""

    def get(self) -> None:
        """Sends it."""
        self.send(own_file(self.request.path.removeprefix(OWN)))


class Site(_Answering):
    """The pages and files of the site."""

    def initialize(self, guard: Guard, **more: object) -> None:
        """Takes the snapshots, and the editor for links."""
        super().initialize(guard)
        updates, editor = more["updates"], more["editor"]
        assert isinstance(updates, Updates)
        assert isinstance(editor, Editor)
        self.updates = updates
        self.editor = editor

    async def get(self) -> None:
        """Sends a page or file; waits for the first build."""
        snapshot = await self.updates.snapshot()
        host, proxied = self.host_asked_for, self.is_proxied
        self.set_header("Content-Security-Policy", policy(snapshot.files, host, proxied=proxied))
        path = self.path_asked_for
        later = None
        if PurePosixPath(path).suffix not in ("", ".html"):
            later = await in_background(partial(answer_later, snapshot, path))
        self.send(later or answer(snapshot, path, self.asker))

    @property
    def asker(self) -> Asker:
        """The client. A browser on another machine gets no links to files on this one."""
        near = is_loopback(self.request.remote_ip or "") and not self.is_proxied
        steps = self.path_asked_for.count("/") - 1
        return Asker(
            self.host_asked_for,
            self.editor if near else Editor(self.editor.root, ""),
            ("../" * steps or "./") if self.is_proxied else "/",
        )

    @property
    def is_proxied(self) -> bool:
        """Whether the request came through a proxy."""
        return self.guard.is_named(self.host_asked_for)


class State(Site):
    """The state that the preview's script requests."""

    async def get(self) -> None:
        """Sends the state of the page in the argument `page`."""
        snapshot = await self.updates.snapshot()
        try:
            page = urlsplit(self.get_query_argument("page", "/")).path
        except ValueError:
            raise HTTPError(400) from None
        text = state(snapshot, page, self.asker)
        self.send(Answer(200, "application/json; charset=utf-8", text.encode()))


class Cite(Site):
    """How to cite what is selected in the text of a source."""

    async def get(self) -> None:
        """Sends it as JSON: of the argument `slug`, from `from` to `to`."""
        snapshot = await self.updates.snapshot()
        slug, start, end = map(self.get_query_argument, ("slug", "from", "to"))
        self.send(await in_background(partial(cite, snapshot, slug, start, end)))


class NotCited(Site):
    """The sentences of a source that nothing cites."""

    async def get(self) -> None:
        """Sends them as HTML, of the argument `slug`."""
        snapshot = await self.updates.snapshot()
        slug = self.get_query_argument("slug")
        self.send(await in_background(partial(not_cited, snapshot, slug)))


async def _open(url: str, updates: Updates, say: Say) -> None:
    """Opens the browser after the first build."""
    await updates.snapshot()
    if not await in_background(lambda: webbrowser.open(url)):
        say(Note(f"No browser could be opened. The preview is at {url}"))


def listen(host: str, port: int, *, next_port: bool) -> list[socket.socket]:
    """Opens listening sockets. Raises a `Fault` that says what to do if the address is not available."""
    try:
        return bind_sockets(port, host)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = _next_free(host, port)
            if free and next_port:
                return listen(host, free, next_port=True)
            hint = f"; the next free one is {free}: --port {free}" if free else ""
            more = ", or --next-port to take it automatically" if free else ""
            raise PortInUse(f"port {port} is in use by another program{hint}{more}") from None
        if error.errno == errno.EACCES:
            raise Fault(
                f"port {port} is reserved for the system; use one above 1023: --port 8000"
            ) from None
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise Fault(f"'{host}' is not an address of this machine; leave out --host for 127.0.0.1, or use 0.0.0.0 for all") from None  # fmt: skip
        raise Fault(f"can't listen on {host}, port {port}: {error.strerror}") from None


def _next_free(host: str, port: int) -> int | None:
    """The next free port, or None if there is none nearby."""
    for candidate in range(port + 1, min(port + PORTS_TRIED, 65535) + 1):
        try:
            sockets = bind_sockets(candidate, host)
        except OSError:
            continue
        for one in sockets:
            one.close()
        return candidate
    return None


def address(host: str, sockets: list[socket.socket]) -> str:
    """The address to open in a browser."""
    port = sockets[0].getsockname()[1]
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  # not listened on
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}/"


@contextlib.contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Hides log messages of Tornado and livereload; the preview reports what matters itself."""
    loggers = [logging.getLogger(name) for name in ("tornado", "livereload", "asyncio")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)
