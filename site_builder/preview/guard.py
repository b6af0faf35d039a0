"""Decides which requests the preview answers: only those of its own pages.

A page of another site can make a browser send requests to this machine, either under a host name of its own
(DNS rebinding), which the `Host` header reveals, or directly, which `Origin` and `Sec-Fetch-Site` reveal.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOST = re.compile(r"(?P<name>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
"""A `Host` header: a name, an IPv4 address, or an IPv6 address in brackets, and possibly a port."""


_PORTS = {"http": ":80", "https": ":443"}
"""Default ports, which origins omit (RFC 6454, section 6.2) but proxies may not."""


@dataclass(frozen=True)
class Guard:
    """The host names that a server listening on `host` answers to, plus `names` of proxies in front of it."""

    host: str
    names: frozenset[str] = frozenset()

    def refusal(self, host: str, origin: str | None, fetch_site: str | None) -> str:
        """Why a request is refused; "" if it is accepted.

        The arguments are the headers `Host`, `Origin` and `Sec-Fetch-Site` (RFC 9110, section 7.2; RFC 6454;
        Fetch Metadata). A request without the last two does not come from a page of another site.
        """
        if not self.answers_to(host):
            return "this preview does not answer to that host name"
        if origin is not None and not is_same_origin(origin, host):
            return "this preview answers only to its own pages"
        if fetch_site in ("cross-site", "same-site"):
            return "this preview answers only to its own pages"
        return ""

    def host_for(self, host: str, forwarded: str | None) -> str:
        """The host that a browser requested, from the headers `Host` and `X-Forwarded-Host`.

        A proxy may use a name of this machine and forward the name it was requested under, which counts if it
        is one of `names`. No page of another site can make a browser send this header.
        """
        first = (forwarded or "").partition(",")[0].strip()
        return first if first and self.answers_to(host) and self.is_named(first) else host

    def is_named(self, header: str) -> bool:
        """Whether a `Host` header is the name of a proxy."""
        return host_name(header) in self.names

    def answers_to(self, header: str) -> bool:
        """Whether a `Host` header names this server."""
        name = host_name(header)
        if not name:
            return False
        if name in self.names or name == "localhost" or name.endswith(".localhost"):
            return True
        address = _address(name)
        if is_loopback(self.host):
            return address is not None and address.is_loopback
        # Unlike a name, an address can't be pointed elsewhere.
        own = {self.host.lower(), socket.gethostname().lower()}
        return address is not None or name in own or name.removesuffix(".local") in own


def is_loopback(host: str) -> bool:
    """Whether an address or name to listen on can be reached only from this machine."""
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback


def host_name(header: str) -> str:
    """The name or address in a `Host` header, in lower case and without port; "" if it is malformed."""
    match = _HOST.fullmatch(header.lower())
    return match["name"].strip("[]").removesuffix(".") if match else ""


def is_same_origin(origin: str, host: str) -> bool:
    """Whether an `Origin` header belongs to a page that this server sent under `host`."""
    try:
        parts = urlsplit(origin)
    except ValueError:  # such as http://[
        return False
    if parts.scheme not in _PORTS:
        return False
    port = _PORTS[parts.scheme]
    return parts.netloc.lower().removesuffix(port) == host.lower().removesuffix(port)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None


def allowed_name(text: str) -> str:
    """A name for `Guard.names`, as in headers. Raises `ValueError` if it is not one exact name."""
    name = text.strip().rstrip(".")
    if name.startswith((".", "*")):
        raise ValueError("write each name in full; patterns are not supported")
    try:
        name = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError("it is not a valid host name") from None
    if "://" in text or "/" in text or re.search(r":[0-9]*$", name.rpartition("]")[2]):
        raise ValueError("write only the name, without https://, port and path")
    if not host_name(name):
        raise ValueError("it is not a valid host name (write one like tea.example.dev)")
    return host_name(name)
