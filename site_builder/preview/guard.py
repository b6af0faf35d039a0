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


_PORTS = {"http": ":80", "https": ":443"}
"""The ports that an origin leaves out (RFC 6454, section 6.2), and that a proxy may not."""


@dataclass(frozen=True)
class Guard:
    """What a server that listens on `host` answers to, and to `names` besides: those of proxies before it."""

    host: str
    names: frozenset[str] = frozenset()

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

    def host_for(self, host: str, forwarded: str | None) -> str:
        """The host that a browser asked for, by the headers `Host` and `X-Forwarded-Host`.

        A proxy may ask under a name of this machine, and say which it was asked under. That counts if it is
        among `names`. No page of another site can make a browser send it.
        """
        first = (forwarded or "").partition(",")[0].strip()
        return first if first and self.answers_to(host) and self.is_named(first) else host

    def is_named(self, header: str) -> bool:
        """Whether a `Host` header is one of the names of proxies."""
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
    """A name for `Guard.names`, as hosts are written in headers. Raises `ValueError` if it is not one exact name."""
    name = text.strip().rstrip(".")
    if name.startswith((".", "*")):
        raise ValueError(
            "write each name in full: a preview answers to no others, and to no patterns"
        )
    try:
        name = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError("it can't be the name of a host") from None
    if "://" in text or "/" in text or re.search(r":[0-9]*$", name.rpartition("]")[2]):
        raise ValueError("write the name alone, without https://, port and path")
    if not host_name(name):
        raise ValueError("it can't be the name of a host (write one like tea.example.dev)")
    return host_name(name)
