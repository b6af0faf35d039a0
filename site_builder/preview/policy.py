"""The content security policy a preview sends: a built site's own, so that a breach shows early.

It is widened by what the preview's insertions need, and by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder.pages.host_files import content_security_policy

_IN_HEADERS = re.compile(rb"^\s+Content-Security-Policy:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


def policy(files: Mapping[str, bytes], host: str) -> str:
    """The policy for pages served under `host`: the build's own, from its `_headers`.

    The preview's scripts and styles come from the site's own origin. Its socket needs a `ws:` address,
    which some browsers do not take `'self'` to mean.
    """
    found = _IN_HEADERS.search(files.get("_headers", b""))
    rules = _parse(
        found[1].decode("ascii", "replace") if found else content_security_policy((), framed=False)
    )
    default = rules.get("default-src", ["'self'"])
    needs = {
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'", f"ws://{host}"],
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
