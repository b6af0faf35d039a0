"""Markdown bodies."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable
from typing import NamedTuple

from site_builder.links.graph import Linked, LinkedText
from site_builder.links.plain import heading_texts
from site_builder.markdown.document import Heading
from site_builder.pages.inline import NOTHING, Text
from site_builder.pages.making import Making


class HeadingView(NamedTuple):
    """A heading of a body, for a table of contents."""

    level: int
    anchor: str
    text: str


class BodyView(NamedTuple):
    """A Markdown body: finished HTML and its headings. Falsy if there is none."""

    html: Text = NOTHING
    headings: tuple[HeadingView, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.html)


def body(making: Making, linked: Linked) -> BodyView:
    """The body of an entry."""
    return body_of(making, making.graph.body(linked), linked.entry.headings)


def body_of(making: Making, text: LinkedText, headings: Iterable[Heading]) -> BodyView:
    """A body with its headings as the page shows them."""
    texts = heading_texts(text)
    views = (
        HeadingView(row.level, row.anchor, texts.get(row.anchor, row.text)) for row in headings
    )
    return BodyView(making.text(text), tuple(views))
