"""livereload, and nothing else of it: the socket that tells browsers to reload, and its script.

livereload keeps its connections on a class, so there is one preview in a process at a time. Its socket
takes any origin and host, and any caller may force a reload; here a `Guard` decides. Its watcher polls
and its server can't be stopped, so neither is used.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, ClassVar

from livereload.handlers import ForceReloadHandler, LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher

from site_builder.preview.requests import GuardedHandler


class Socket(GuardedHandler, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """`/livereload`, the websocket (LiveReload protocol, official-7)."""

    watcher: ClassVar[Watcher] = Watcher()
    live_css = True

    def check_origin(self, origin: str) -> bool:
        """The guard has looked at it already."""
        return True

    def on_message(self, message: str | bytes) -> None:
        """Passes on what livereload knows; anything else is passed over."""
        try:
            command = json.loads(message)
        except ValueError:
            return
        if isinstance(command, dict) and command.get("command") in ("hello", "info"):
            super().on_message(message)

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

    def get(self) -> None:
        """Sends the message for the path in the argument `path`, or for any page."""
        tell_browsers(self.get_query_argument("path", "*"))
        self.write("ok\n")


def tell_browsers(path: str) -> None:
    """Sends every connected browser the message that `path` changed."""
    Socket.reload_waiters(path)


def disconnect() -> None:
    """Ends all connections."""
    waiters: set[Any] = LiveReloadHandler.waiters
    for waiter in waiters.copy():
        waiter.close(1001, "the preview has ended")
    waiters.clear()
