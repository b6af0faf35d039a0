"""The content policy of a preview, in its headers and pages: a built site's own, so that a breach shows early.

It is widened by what the preview's insertions need, and by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from site_builder.pages.policy import content_policy

_IN_HEADERS = re.compile(rb"^\s+Content-Security-Policy:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


def policy(files: Mapping[str, bytes], host: str, *, proxied: bool = False) -> str:
    """The policy for pages served under `host`: the build's own, from its `_headers`, widened."""
    found = _IN_HEADERS.search(files.get("_headers", b""))
    text = found[1].decode("ascii", "replace") if found else content_policy(searches=False)
    return widened(text, host, proxied=proxied)


def widen_page(page: bytes, host: str, *, proxied: bool = False) -> bytes:
    """A page whose own policy lets in what the preview puts into it."""

    def widen(match: re.Match[bytes]) -> bytes:
        built = unescape(match[2].decode("utf-8", "replace"))
        wider = escape(widened(built, host, proxied=proxied), quote=False)
        return b"".join((match[1], wider.replace('"', "&quot;").encode(), _BUILT, match[2], b'">'))

    return _IN_PAGE.sub(widen, page, count=1)


def as_built(page: bytes) -> bytes:
    """The page as it was before `widen_page`."""
    return _WIDENED.sub(rb'\1\2">', page, count=1)


_IN_PAGE = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"<>]*)">')
_BUILT = b'" data-built="'
_WIDENED = re.compile(
    rb'(<meta http-equiv="Content-Security-Policy" content=")[^"]*" data-built="([^"]*)">'
)


def widened(text: str, host: str, *, proxied: bool = False) -> str:
    """A policy that lets in what the preview puts into pages, for pages served under `host`.

    The preview's scripts and styles come from the site's own origin. Its socket needs a `ws:` address,
    which some browsers do not take `'self'` to mean; a `wss:` one where it is `proxied`, perhaps over TLS.
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
    """Directives by name; of two of one name the first counts (CSP 3, section 2.2.1)."""
    rules: dict[str, list[str]] = {}
    for directive in text.split(";"):
        words = directive.split()
        if words:
            rules.setdefault(words[0].lower(), words[1:])
    return rules
