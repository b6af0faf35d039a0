"""Turns linked texts into other forms: plain text, HTML with full links, Markdown."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from site_builder.content.models import EntityId
from site_builder.links.graph import Graph, Href, Link, Linked, LinkedText, Mark, Photo
from site_builder.links.plain import CITED, plain_lines, plain_text, without_gaps
from site_builder.pages.briefs import Cards
from site_builder.pages.locale import Locale

Address = Callable[[str], str]
"""Turns a path of the site into an address."""


def address(base_url: str | None) -> Address:
    """Full addresses if the site has a base address, else paths from its top (RFC 3986, 4.2)."""
    return lambda path: f"{base_url}{path}" if base_url else path or "./"


def words(linked: Linked, *where: str | int) -> str:
    """A prose field as plain text, or ""."""
    return plain_text(linked.prose.get(where, ()))


def body_words(graph: Graph, linked: Linked) -> str:
    """A Markdown body as plain text, with one line for each paragraph, heading, list item or table row."""
    return "\n".join(plain_lines(graph.body(linked)))


def html_of(text: LinkedText, cards: Cards, address: Address) -> str:
    """A text as HTML for use outside the site: with full links, without citation marks."""
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
    """The citations of one Markdown copy, numbered in order, and the entities it links to."""

    def __init__(self, cards: Cards, locale: Locale, address: Address) -> None:
        self._cards = cards
        self._locale = locale
        self._address = address
        self._numbers: dict[Mark, int] = {}
        self.named: set[EntityId] = set()
        """The entities that the copy links to."""

    def mark(self, mark: Mark) -> str:
        """The mark of a citation in the text: `[^3]`."""
        mark = mark._replace(place=self._locale.place(mark), found=None)
        return f"[^{self._numbers.setdefault(mark, len(self._numbers) + 1)}]"

    def marks(self, marks: tuple[Mark, ...]) -> str:
        """Several marks in a row."""
        return "".join(self.mark(mark) for mark in marks)

    def lines(self) -> Iterator[str]:
        """The notes, one on each line."""
        from site_builder.exports.markdown_writer import escaped

        for mark, number in self._numbers.items():
            card = self._cards.of(mark.source)
            link = f"[{escaped(card.name)}]({self._address(_path(card.path, mark.anchor))})"
            quoted = f"“{escaped(mark.words)}” " if mark.words else ""
            place = f", {escaped(mark.place)}" if mark.place else ""
            yield f"[^{number}]: {quoted}{link}{place}"


def markdown_of(text: LinkedText, cards: Cards, address: Address, notes: Footnotes) -> str:
    """A text as Markdown: CommonMark with tables, and footnotes for citations.

    The HTML in a text is the builder's own, so only the elements it makes are converted; other elements, if a
    site allows them, lose their tags and keep their words.
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
