"""HTML to blocks of text: paragraphs, headings, items, rows of tables.

Pages are other people's, so nothing of what they hold is trusted to be well formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from site_builder.values import NamedTuple

_LEFT_OUT = frozenset(
    "script style noscript template svg math iframe object embed canvas head title select option "
    "button input textarea audio video map dialog".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary "
    "table tbody tfoot thead tr ul caption".split()
)
_CELLS = frozenset(("td", "th"))
_REFERENCE = re.compile(r"\[?(\d{1,4}|[a-z]{1,3})\]?")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CALL = re.compile(r"\(\s*(\d{1,4})\s*\)|\[\s*(\d{1,4})\s*\]")
_SPACE = re.compile(r"[ \t\r\n\f]+")


class Block(NamedTuple):
    """A paragraph, heading, item or row, and how much of it is links."""

    text: str
    tag: str
    linked: int
    """Characters within links."""
    note: str = ""
    """The number of the footnote that it is, if it begins as one."""


def blocks(root: Any) -> list[Block]:
    """The blocks of text below an element, in order."""
    return list(_Walk().walk(root))


class _Walk:
    """Goes through a tree without recursion, for pages may be nested as deep as they like."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._linked = 0
        self._within_link = 0
        self._tag = "p"
        self._note = ""

    def walk(self, root: Any) -> Iterator[Block]:
        node, is_end = root, False
        while True:
            if not is_end:
                yield from self._begin(node)
                child = None if node.tag in _LEFT_OUT or self._said(node) else node.first_child
                if child is not None:
                    node = child
                    continue
            yield from self._end(node)
            if node.mem_id == root.mem_id:
                break
            following = node.next
            node, is_end = (following, False) if following is not None else (node.parent, True)
        yield from self._flush("p")

    def _begin(self, node: Any) -> Iterator[Block]:
        tag = node.tag
        if node.is_text_node:
            text = node.text_content or ""
            self._pieces.append(text)
            self._linked += len(text.strip()) if self._within_link else 0
        elif tag in _BLOCKS:
            yield from self._flush(tag)
        elif tag in _CELLS:
            self._pieces.append(" ")
        elif tag == "br":
            self._pieces.append("\0")
        elif tag == "a":
            self._within_link += 1
            number = _number_of_link(node)
            if number and "".join(self._pieces).strip():
                self._pieces.append(f"[^{number}]")
            elif number:
                self._note = number
        elif tag == "sup":
            self._pieces.append(_superscript(node))

    def _said(self, node: Any) -> bool:
        """Whether an element's text was taken when it began."""
        return bool(node.tag == "sup" or (node.tag == "a" and _number_of_link(node)))

    def _end(self, node: Any) -> Iterator[Block]:
        if node.tag == "a":
            self._within_link = max(0, self._within_link - 1)
        elif node.tag in _BLOCKS:
            yield from self._flush("p")

    def _flush(self, next_tag: str) -> Iterator[Block]:
        text = _SPACE.sub(" ", "".join(self._pieces)).replace("\0", "\n")
        text = "\n".join(line.strip() for line in text.split("\n")).strip("\n")
        if text.strip():
            yield Block(text, self._tag, self._linked, self._note)
            self._note = ""
        self._pieces = []
        self._linked = 0
        self._tag = next_tag


def _number_of_link(node: Any) -> str:
    """The number of a footnote, if a link within the page is its call or leads back to it; else ""."""
    if not (node.attributes.get("href") or "").startswith("#"):
        return ""
    match = _CALL.fullmatch((node.text(deep=True) or "").strip())
    return match[1] or match[2] if match else ""


def _superscript(node: Any) -> str:
    """What stands raised: the call of a footnote, if it is a link; a power; else its text."""
    text = (node.text(deep=True) or "").strip()
    reference = _REFERENCE.fullmatch(text)
    if reference and node.css_first("a") is not None:
        return f"[^{reference[1]}]"
    return text.translate(_SUPERSCRIPTS) if text.isdigit() else text
