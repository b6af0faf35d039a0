"""livereload, and nothing else of it: the socket that tells browsers to reload, and its script.

livereload keeps its connections on a class, for all servers of a process; takes any origin and host; and
lets any caller force a reload. Here each preview has its own `Browsers`, and a `Guard` decides. Its
watcher polls and its server can't be stopped, so neither is used.
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
    """The connected browsers of one preview. To be used on its event loop."""

    def __init__(self) -> None:
        self._sockets: set[Socket] = set()

    def add(self, socket: Socket) -> None:
        """From now on it is told."""
        self._sockets.add(socket)

    def discard(self, socket: Socket) -> None:
        """It is told no more."""
        self._sockets.discard(socket)

    def tell(self, path: str) -> None:
        """Sends the message that `path` changed: a style sheet is swapped in, anything else reloads."""
        message = {"command": "reload", "path": path, "liveCSS": True, "liveImg": True}
        for socket in tuple(self._sockets):
            with contextlib.suppress(WebSocketClosedError):
                socket.write_message(message)

    def disconnect(self) -> None:
        """Ends all connections."""
        for socket in tuple(self._sockets):
            socket.close(1001, "the preview has ended")
        self._sockets.clear()


class Socket(GuardedHandler, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """`/livereload`, the websocket (LiveReload protocol, official-7)."""

    watcher: ClassVar[Watcher] = Watcher()

    def initialize(self, guard: Guard, **more: object) -> None:
        """Takes the browsers to be among."""
        super().initialize(guard)
        self._browsers = cast(Browsers, more["browsers"])

    def check_origin(self, origin: str) -> bool:
        """The guard has looked at it already."""
        return True

    def on_message(self, message: str | bytes) -> None:
        """Passes on what livereload knows; anything else is passed over."""
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
        """The browser went away."""
        self._browsers.discard(self)

    def write_message(self, message: Any, binary: bool = False) -> asyncio.Future[None]:
        """Sends; that a browser is gone is no news."""
        sent: asyncio.Future[None] = super().write_message(message, binary)
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        return sent


class Script(GuardedHandler, LiveReloadJSHandler):  # type: ignore[misc]  # as above
    """livereload's own script."""


class ForceReload(GuardedHandler, ForceReloadHandler):  # type: ignore[misc]  # as above
    """`/forcereload`: a script of the writer's own may ask for a reload."""

    accepts_navigation = False

    def initialize(self, guard: Guard, **more: object) -> None:
        """Takes the browsers to tell."""
        super().initialize(guard)
        self._browsers = cast(Browsers, more["browsers"])

    def get(self) -> None:
        """Sends the message for the path in the argument `path`, or for any page."""
        self._browsers.tell(self.get_query_argument("path", "*"))
        self.write("ok\n")
