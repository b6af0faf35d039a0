"""What all request handlers of the preview have in common: whom they answer, and which methods."""

from __future__ import annotations

import logging
import re
from typing import Any

from tornado.web import HTTPError, RequestHandler

from site_builder.preview.guard import Guard

_log = logging.getLogger(__name__)

READING = ("GET", "HEAD")
LONGEST_ADDRESS = 8000
"""Characters; RFC 9110 (section 4.1) asks servers to take as many."""
_WHOLE = re.compile(r"https?://(?P<host>[^/?#]*)", re.IGNORECASE)
"""The beginning of a request's address that is not a path alone."""


class GuardedHandler(RequestHandler):
    """Refuses foreign hosts and origins, and methods that do not read; nothing it sends is kept."""

    SUPPORTED_METHODS = READING
    accepts_navigation = True
    """Whether a link on another site may lead here."""

    def initialize(self, guard: Guard, **_: object) -> None:
        """Takes what the application was made with."""
        self.guard = guard

    def set_default_headers(self) -> None:
        """What every answer says, errors included."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        """Looks at who asks, before anything else. Raises `HTTPError` to refuse."""
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
        """The host that a request names: in its address, as proxies are asked, or in `Host` (RFC 9112, 3.2.2)."""
        whole = _WHOLE.match(self.request.path)
        host = whole["host"] if whole else self.request.host
        return self.guard.host_for(host, self.request.headers.get("X-Forwarded-Host"))

    @property
    def path_asked_for(self) -> str:
        """The path that a request names."""
        whole = _WHOLE.match(self.request.path)
        return self.request.path[whole.end() :] or "/" if whole else self.request.path

    def head(self, *_: object) -> Any:
        """The headers of what `get` would send."""
        return self.get()

    def compute_etag(self) -> str | None:
        """None: nothing is kept, so nothing is compared."""
        return None

    def write_error(self, status_code: int, **_: object) -> None:
        """A line of plain text."""
        if status_code == 405:
            self.set_header("Allow", ", ".join(READING))
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")

    def log_exception(self, typ: object, value: BaseException | None, tb: object) -> None:
        """Says what went wrong, if that was in here; a refusal is no news."""
        if not isinstance(value, HTTPError):
            _log.error("A request failed, which is a mistake in site-builder: %r", value)
