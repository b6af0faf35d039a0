"""Whom the preview talks to: its own pages in a browser on this machine, and nobody else's.

A page of another site can make a browser send requests here: with a name of its own that leads to this
machine (DNS rebinding), which the `Host` header gives away; or as what it is, which `Origin` and
`Sec-Fetch-Site` give away.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOST = re.compile(r"(?P<name>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
"""A `Host` header: a name, an IPv4 address or an IPv6 address in brackets, perhaps a port."""


@dataclass(frozen=True)
class Guard:
    """What a server that listens on `host` answers to."""

    host: str

    def refusal(self, host: str, origin: str | None, fetch_site: str | None) -> str:
        """Why a request is refused; "" if it is not.

        Takes the headers `Host`, `Origin` and `Sec-Fetch-Site` (RFC 9110, section 7.2; RFC 6454; Fetch
        Metadata). A request without the latter two comes from no page of another site.
        """
        if not self.answers_to(host):
            return "this preview does not answer to that host name"
        if origin is not None and not is_same_origin(origin, host):
            return "this preview answers only to its own pages"
        if fetch_site in ("cross-site", "same-site"):
            return "this preview answers only to its own pages"
        return ""

    def answers_to(self, header: str) -> bool:
        """Whether a `Host` header names this server."""
        name = host_name(header)
        if not name:
            return False
        if name == "localhost" or name.endswith(".localhost"):
            return True
        address = _address(name)
        if is_loopback(self.host):
            return address is not None and address.is_loopback
        # An address can't be made to lead elsewhere, as a name can.
        own = {self.host.lower(), socket.gethostname().lower()}
        return address is not None or name in own or name.removesuffix(".local") in own


def is_loopback(host: str) -> bool:
    """Whether an address or name to listen on reaches this machine alone."""
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback


def host_name(header: str) -> str:
    """The name or address in a `Host` header, in lower case, without port; "" if it is malformed."""
    match = _HOST.fullmatch(header.lower())
    return match["name"].strip("[]").removesuffix(".") if match else ""


def is_same_origin(origin: str, host: str) -> bool:
    """Whether an `Origin` header is that of a page this server sent under `host`."""
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None
