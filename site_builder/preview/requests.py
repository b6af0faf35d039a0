"""The base of all request handlers of the preview: which requests and methods they accept."""

from __future__ import annotations

import logging
import re
from typing import Any

from tornado.web import HTTPError, RequestHandler

from site_builder.preview.guard import Guard

_log = logging.getLogger(__name__)

READING = ("GET", "HEAD")
LONGEST_ADDRESS = 8000
"""The longest address in characters; RFC 9110 (section 4.1) recommends this limit."""
_WHOLE = re.compile(r"https?://(?P<host>[^/?#]*)", re.IGNORECASE)
"""The start of a request's address that is more than a path."""


class GuardedHandler(RequestHandler):
    """Refuses foreign hosts and origins, and methods that change anything; its answers are not cached."""

    SUPPORTED_METHODS = READING
    accepts_navigation = True
    """Whether links on other sites may lead here."""

    def initialize(self, guard: Guard, **_: object) -> None:
        """Takes the arguments of the application."""
        self.guard = guard

    def set_default_headers(self) -> None:
        """Sets headers of every answer, including errors."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        """Checks the request before anything else. Raises `HTTPError` to refuse it."""
        if len(self.request.uri or "") > LONGEST_ADDRESS:
            raise HTTPError(414)
        headers = self.request.headers
        fetch_site = headers.get("Sec-Fetch-Site")
        if self.accepts_navigation and headers.get("Sec-Fetch-Dest") == "document":
            fetch_site = None
        refusal = self.guard.refusal(self.host_asked_for, headers.get("Origin"), fetch_site)
        if refusal:
            raise HTTPError(403, reason=refusal)

    @property
    def host_asked_for(self) -> str:
        """The host of a request: from its address, if sent to a proxy, or from `Host` (RFC 9112, 3.2.2)."""
        whole = _WHOLE.match(self.request.path)
        host = whole["host"] if whole else self.request.host
        return self.guard.host_for(host, self.request.headers.get("X-Forwarded-Host"))

    @property
    def path_asked_for(self) -> str:
        """The path of a request."""
        whole = _WHOLE.match(self.request.path)
        return self.request.path[whole.end() :] or "/" if whole else self.request.path

    def head(self, *_: object) -> Any:
        """Sends the headers of `get`."""
        return self.get()

    def compute_etag(self) -> str | None:
        """None, because answers are not cached."""
        return None

    def write_error(self, status_code: int, **_: object) -> None:
        """Sends a line of plain text."""
        if status_code == 405:
            self.set_header("Allow", ", ".join(READING))
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")

    def log_exception(self, typ: object, value: BaseException | None, tb: object) -> None:
        """Logs bugs, but not refused requests."""
        if not isinstance(value, HTTPError):
            _log.error("A request failed, which is a bug in site-builder: %r", value)
