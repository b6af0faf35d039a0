"""HTML that authors write into Markdown, where the site turns it on: cleaned, and closed.

nh3 (the `html` extra) decides what may stay. A tag opened in a paragraph is closed in it.
"""

from __future__ import annotations

import re

from site_builder.faults import MissingExtra

_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset(("br", "hr", "img", "wbr", "col"))


class RawHtml:
    """Cleans the raw HTML of one run of content."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def block(self, markup: str) -> str:
        """A block of HTML, cleaned as a whole."""
        return _clean(markup)

    def inline(self, markup: str) -> str:
        """One inline tag: as it is when it is allowed, else nothing."""
        match = _TAG.match(markup)
        if match is None:
            return ""
        name = match["name"].lower()
        if match["slash"]:
            if name not in self._open:
                return ""
            closing = ""
            while True:
                last = self._open.pop()
                closing += f"</{last}>"
                if last == name:
                    return closing
        cleaned = _clean(markup)
        if not cleaned or name in _VOID or markup.endswith("/>"):
            return cleaned
        self._open.append(name)
        return cleaned.removesuffix(f"</{name}>")

    def close(self) -> str:
        """The ends of all tags still open."""
        closing = "".join(f"</{name}>" for name in reversed(self._open))
        self._open.clear()
        return closing


def _clean(markup: str) -> str:
    try:
        import nh3
    except ImportError:
        raise MissingExtra("HTML in Markdown", "html") from None
    return nh3.clean(markup, link_rel=None)
