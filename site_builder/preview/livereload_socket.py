"""The parts of livereload that are used: the socket that tells browsers to reload, and its script.

livereload keeps its connections on a class, accepts any origin and host, and lets any caller force a reload.
Here each preview has its own `Browsers`, protected by a `Guard`. livereload's watcher polls and its server
can't be stopped, so neither is used.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any, ClassVar, cast

from livereload.handlers import ForceReloadHandler, LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.websocket import WebSocketClosedError

from site_builder.preview.guard import Guard
from site_builder.preview.requests import GuardedHandler


class Browsers:
    """The connected browsers of one preview. Use it on the preview's event loop only."""

    def __init__(self) -> None:
        self._sockets: set[Socket] = set()

    def add(self, socket: Socket) -> None:
        """Adds a browser, which is notified from now on."""
        self._sockets.add(socket)

    def discard(self, socket: Socket) -> None:
        """Removes a browser."""
        self._sockets.discard(socket)

    def tell(self, path: str) -> None:
        """Tells browsers that `path` changed: they replace a style sheet, and reload for anything else."""
        message = {"command": "reload", "path": path, "liveCSS": True, "liveImg": True}
        for socket in tuple(self._sockets):
            with contextlib.suppress(WebSocketClosedError):
                socket.write_message(message)

    def disconnect(self) -> None:
        """Closes all connections."""
        for socket in tuple(self._sockets):
            socket.close(1001, "the preview has ended")
        self._sockets.clear()


class Socket(GuardedHandler, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """`/livereload`, the WebSocket (LiveReload protocol, official-7)."""

    watcher: ClassVar[Watcher] = Watcher()

    def initialize(self, guard: Guard, **more: object) -> None:
        """Takes the `Browsers` to join."""
        super().initialize(guard)
        self._browsers = cast(Browsers, more["browsers"])

    def check_origin(self, origin: str) -> bool:
        """Always true: the guard has checked the origin already."""
        return True

    def on_message(self, message: str | bytes) -> None:
        """Handles messages that livereload knows, and ignores others."""
        try:
            command = json.loads(message)
        except ValueError:
            return
        match command:
            case {"command": "hello"}:
                super().on_message(message)
            case {"command": "info", "url": _}:
                self._browsers.add(self)

    def on_close(self) -> None:
        """Removes a browser that has disconnected."""
        self._browsers.discard(self)

    def write_message(self, message: Any, binary: bool = False) -> asyncio.Future[None]:
        """Sends a message; ignores that a browser has disconnected."""
        sent: asyncio.Future[None] = super().write_message(message, binary)
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        return sent


class Script(GuardedHandler, LiveReloadJSHandler):  # type: ignore[misc]  # as above
    """livereload's own script."""


class ForceReload(GuardedHandler, ForceReloadHandler):  # type: ignore[misc]  # as above
    """`/forcereload`, with which the author's own scripts can cause a reload."""

    accepts_navigation = False

    def initialize(self, guard: Guard, **more: object) -> None:
        """Takes the `Browsers` to notify."""
        super().initialize(guard)
        self._browsers = cast(Browsers, more["browsers"])

    def get(self) -> None:
        """Tells browsers that the file in the argument `path` changed, or any page."""
        self._browsers.tell(self.get_query_argument("path", "*"))
        self.write("ok\n")
