"""What the preview inserts into a page: one piece of HTML before `</head>`.

Without it, the page is the page of a build, byte for byte.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup

BEGIN = "<!--site-builder preview-->"
END = "<!--/site-builder preview-->"

OWN = "/.preview/"
"""The folder of the preview's own files. No file of a site can be there, because of the dot in its name."""

# Text that only looks like the end of the head, and the end of the head.
_HEAD_END = re.compile(
    rb"<!--.*?-->|<(script|style|title|noscript|template)\b.*?</\1\s*>|(?P<end></head\s*>)",
    re.IGNORECASE | re.DOTALL,
)


def insert(page: bytes, stretch: bytes) -> bytes:
    """Inserts a piece of HTML before `</head>`, or at the end of a page without that tag."""
    at = next((m.start() for m in _HEAD_END.finditer(page) if m["end"]), len(page))
    return page[:at] + stretch + page[at:]


def without_insertion(page: bytes) -> bytes:
    """The page as it was before `insert`."""
    start, end = page.find(BEGIN.encode()), page.rfind(END.encode())
    return page if start < 0 else page[:start] + page[end + len(END) :]


def stretch(
    *, host: str, base: str, version: str, digest: str, margin: str, top: str = "/"
) -> bytes:
    """The HTML to insert into one page.

    `host` is that of the request and `base` the base path of the site. From `version`, of the site's shared
    files, and `digest`, of the page, the script knows what the page shows. `margin` is finished HTML. `top`
    leads from the page to the top of the preview.
    """
    name, _, port = host.rpartition(":") if re.search(r":\d+$", host) else (host, "", "80")
    own = f"{top}{OWN.removeprefix('/')}"
    script = f"{own}livereload.js?host={quote(name, safe='[]:')}&port={port}"
    script += "&mindelay=200&maxdelay=2000"
    tags = Markup(
        '<link rel="stylesheet" href="{own}preview.css">'
        '<template id="site-builder-margin-content">{margin}</template>'
        '<script src="{own}preview.js" defer data-base="{base}" data-version="{version}"'
        ' data-digest="{digest}"></script>'
        '<script src="{script}" defer></script>'
    ).format(
        own=own,
        margin=Markup(margin),  # noqa: S704  # from a template that escapes
        base=base,
        version=version,
        digest=digest,
        script=script,
    )
    return f"{BEGIN}{tags}{END}".encode()
