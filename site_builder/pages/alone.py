"""The style of a page that can link to nothing: `404.html` of a site that does not say where it will stand.

Hosts serve it at any address, so relative links would lead anywhere; links from the top of the host are wrong
on a project's page (`/repo/`). It stands in the page itself, and the content policy names its digest.
"""

from __future__ import annotations

import base64
import hashlib

ALONE = (
    ":root{color-scheme:light dark}"
    "body{margin:0 auto;max-width:37rem;padding:1.5rem 1.25rem 4rem;"
    "font:1.1875rem/1.5 Georgia,serif;color:#1c1b18;background:#fbfaf6}"
    "h1{font-size:2rem;line-height:1.2}"
    "footer,.alone-title{color:#5b574e;font:0.875rem/1.5 system-ui,sans-serif}"
    "@media (prefers-color-scheme:dark){"
    "body{color:#e9e5db;background:#171613}"
    "footer,.alone-title{color:#a8a294}}"
)
"""No character in it needs escaping in HTML, so the digest of this text is the one the browser computes."""


def alone_source() -> str:
    """The source expression that lets this style, and no other, stand in a page (CSP 3, section 2.3.1)."""
    digest = hashlib.sha256(ALONE.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
