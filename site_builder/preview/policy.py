"""The Content Security Policy of a preview: that of the built site, so that violations show early.

It also allows what the preview inserts into pages, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from site_builder.pages.policy import content_policy

_IN_HEADERS = re.compile(rb"^\s+Content-Security-Policy:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


def policy(files: Mapping[str, bytes], host: str, *, proxied: bool = False) -> str:
    """The policy for pages served under `host`: that of the build, from its `_headers`, widened."""
    found = _IN_HEADERS.search(files.get("_headers", b""))
    text = found[1].decode("ascii", "replace") if found else content_policy(searches=False)
    return widened(text, host, proxied=proxied)


def widen_page(page: bytes, host: str, *, proxied: bool = False) -> bytes:
    """A page whose own policy allows what the preview inserts."""

    def widen(match: re.Match[bytes]) -> bytes:
        built = unescape(match[2].decode("utf-8", "replace"))
        wider = escape(widened(built, host, proxied=proxied), quote=False)
        return b"".join((match[1], wider.replace('"', "&quot;").encode(), _BUILT, match[2], b'">'))

    return _IN_PAGE.sub(widen, page, count=1)


def as_built(page: bytes) -> bytes:
    """The page without the changes of `widen_page`."""
    return _WIDENED.sub(rb'\1\2">', page, count=1)


_IN_PAGE = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"<>]*)">')
_BUILT = b'" data-built="'
_WIDENED = re.compile(
    rb'(<meta http-equiv="Content-Security-Policy" content=")[^"]*" data-built="([^"]*)">'
)


def widened(text: str, host: str, *, proxied: bool = False) -> str:
    """A policy that allows what the preview inserts into pages, for pages served under `host`.

    The preview's scripts and styles come from the site's own origin. Its WebSocket needs a `ws:` address,
    which `'self'` does not include in some browsers, and a `wss:` address if it is `proxied` over TLS.
    """
    rules = _parse(text)
    default = rules.get("default-src", ["'self'"])
    needs = {
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'", f"ws://{host}", *([f"wss://{host}"] if proxied else [])],
    }
    for name, sources in needs.items():
        present = rules.get(name, default)
        if any(source not in present for source in sources):
            kept = [source for source in present if source != "'none'"]
            rules[name] = list(dict.fromkeys([*kept, *sources]))
    return "; ".join(" ".join([name, *sources]) for name, sources in rules.items())


def _parse(text: str) -> dict[str, list[str]]:
    """Directives by name; the first of several with one name counts (CSP 3, section 2.2.1)."""
    rules: dict[str, list[str]] = {}
    for directive in text.split(";"):
        words = directive.split()
        if words:
            rules.setdefault(words[0].lower(), words[1:])
    return rules
