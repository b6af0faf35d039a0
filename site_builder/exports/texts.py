"""Texts of the graph in the forms that formats want: plain, HTML with full links, Markdown."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from site_builder.content.models import EntityId
from site_builder.links.graph import Graph, Href, Link, Linked, LinkedText, Mark, Photo
from site_builder.links.plain import CITED, plain_lines, plain_text, without_gaps
from site_builder.pages.briefs import Cards

Address = Callable[[str], str]
"""From a path of the site to the address to write for it."""


def address(base_url: str | None) -> Address:
    """Full addresses where the site has one, else paths from its top (RFC 3986, 4.2)."""
    return lambda path: f"{base_url}{path}" if base_url else path or "./"


def words(linked: Linked, *where: str | int) -> str:
    """A field of prose as plain text, or ""."""
    return plain_text(linked.prose.get(where, ()))


def body_words(graph: Graph, linked: Linked) -> str:
    """A Markdown body as plain text, a line a paragraph, heading, item or row of a table."""
    return "\n".join(plain_lines(graph.body(linked)))


def html_of(text: LinkedText, cards: Cards, address: Address) -> str:
    """A text as HTML for readers elsewhere: links in full, no citation marks."""
    markup = "".join(
        CITED if isinstance(part, Mark) else _html_part(part, cards, address) for part in text
    )
    return without_gaps(markup) if CITED in markup else markup


def _html_part(part: object, cards: Cards, address: Address) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Link):
        path = _path(cards.of(part.target).path, part.anchor)
        return f'<a href="{html.escape(address(path))}">{html.escape(part.text, quote=False)}</a>'
    if isinstance(part, Href):
        url = address(part.path) if part.path is not None else part.url
        return f'<a href="{html.escape(url)}">' if url else "<a>"
    if isinstance(part, Photo):
        return f'<img src="{html.escape(address(part.path))}" alt="{html.escape(part.alt)}">'
    return ""


def _path(path: str, anchor: str) -> str:
    return f"{path.partition('#')[0]}#{anchor}" if anchor else path


# --- Markdown ------------------------------------------------------------------------------------


class Footnotes:
    """The citations of one Markdown copy, numbered as they come, and whom it names."""

    def __init__(self, cards: Cards, address: Address) -> None:
        self._cards = cards
        self._address = address
        self._numbers: dict[Mark, int] = {}
        self.named: set[EntityId] = set()
        """The entities that the copy links to."""

    def mark(self, mark: Mark) -> str:
        """The mark in the text: `[^3]`."""
        return f"[^{self._numbers.setdefault(mark, len(self._numbers) + 1)}]"

    def marks(self, marks: tuple[Mark, ...]) -> str:
        """Several marks in a row."""
        return "".join(self.mark(mark) for mark in marks)

    def lines(self) -> Iterator[str]:
        """The notes themselves, one a line."""
        from site_builder.exports.markdown_writer import escaped

        for mark, number in self._numbers.items():
            card = self._cards.of(mark.source)
            link = f"[{escaped(card.name)}]({self._address(_path(card.path, mark.anchor))})"
            quoted = f"“{escaped(mark.words)}” " if mark.words else ""
            yield f"[^{number}]: {quoted}{link}"


def markdown_of(text: LinkedText, cards: Cards, address: Address, notes: Footnotes) -> str:
    """A text as Markdown: CommonMark with tables, and footnotes for citations.

    The HTML in it is the builder's own, so only what it makes is known here; other elements (a
    site may allow them) lose their tags and keep their words.
    """
    from site_builder.exports.markdown_writer import MarkdownWriter, escaped

    if len(text) == 1 and isinstance(text[0], str) and "<" not in text[0]:
        return escaped(html.unescape(text[0]))
    writer = MarkdownWriter()
    for part in text:
        if isinstance(part, Mark):
            writer.mark(notes.mark(part))
        else:
            writer.feed(_html_part(part, cards, address))
    writer.close()
    return writer.text()
