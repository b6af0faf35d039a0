"""Parsed Markdown: finished HTML with gaps for what is not known yet.

The words of a text depend only on its own bytes; the titles and targets of its links depend on other
entities. So a parsed text is a sequence of finished HTML and *parts*, which the link stage resolves and
the page stage fills in. A `Document` can be cached by the digest of its bytes and is never stale.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import html
from collections.abc import Iterable

from site_builder.text import lazily
from site_builder.values import NamedTuple


class Dialect(NamedTuple):
    """The settings of Markdown that vary from site to site."""

    html: bool = False


USUAL = Dialect()
"""The default dialect."""


class Html(NamedTuple):
    """Finished HTML."""

    markup: str


class WikiLink(NamedTuple):
    """`[[target#anchor|label]]`. Line and column count from 1 in the file; see `Inline.line`."""

    target: str
    anchor: str
    label: str
    line: int
    column: int
    length: int


class LinkOpen(NamedTuple):
    """The start of an ordinary Markdown link; its end is finished HTML."""

    href: str
    title: str
    line: int
    column: int
    length: int


class Citation(NamedTuple):
    """`[@source "words", p. 3]`."""

    source: str
    words: str
    line: int
    column: int
    length: int
    place: str = ""
    """As it is written; "" if there is none."""
    place_at: tuple[int, int, int] = (0, 0, 0)
    """Line, column and length of the place."""


class Handle(NamedTuple):
    """`@name` in a text, which is a mistake if a source has that slug.

    It has no words of its own: the text before it contains them.
    """

    name: str
    line: int
    column: int
    length: int


class Picture(NamedTuple):
    """`![alt](src "title")`."""

    src: str
    alt: str
    title: str
    line: int
    column: int
    length: int


Part = str | Html | WikiLink | LinkOpen | Citation | Handle | Picture
"""A piece of inline content. A `str` is plain text, not yet escaped, in which names may be linked."""


class Inline(NamedTuple):
    """The inline content of a paragraph, table cell, heading or prose field.

    `linkable` says whether names in it are linked automatically (not in headings and quotations).
    `section` is the number of headings before it. `line` is its first line in the file, or 0 for prose in
    YAML, where the columns of its parts count from the beginning of the value.
    """

    parts: tuple[Part, ...]
    linkable: bool
    section: int
    line: int
    block: int = 0
    """The number of its paragraph, list item, row or block quotation, in which other runs may stand, too."""
    within: int = 0
    """The number of the block whose citations count for it, too: the item around it, or a paragraph that announces it."""
    quoted: bool = False
    """Whether it stands in a block quotation."""

    @property
    def only_words(self) -> str | None:
        """The text, if there is nothing but text; else None."""
        parts = self.parts
        return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else None


class Heading(NamedTuple):
    """A heading of a body."""

    level: int
    anchor: str
    text: str
    former_anchor: str = ""
    """An older id, which still leads to it."""


class Document(NamedTuple):
    """A parsed Markdown body."""

    parts: tuple[str | Inline, ...]
    headings: tuple[Heading, ...]

    @property
    def inlines(self) -> list[Inline]:
        """The inline content, in order."""
        return [part for part in self.parts if isinstance(part, Inline)]

    @property
    def words(self) -> str:
        """The plain text in which names may be linked; see `words_of`."""
        return words_of(self.inlines)


EMPTY = Document((), ())


def words_of(inlines: Iterable[Inline]) -> str:
    """The plain text of inline content, separated so that no name extends from one piece to the next."""
    return "\0".join([part for run in inlines for part in run.parts if isinstance(part, str)])


_TAG = lazily.pattern(r"<[^>]*>")


def _text_of_html(markup: str) -> str:
    """The text of finished HTML."""
    return html.unescape(_TAG.sub("", markup)) if "<" in markup or "&" in markup else markup


def words_of_part(part: Part) -> str:
    """The words of a part as written: for a link, its label or its target."""
    if isinstance(part, str):
        return part
    if isinstance(part, Html):
        return _text_of_html(part.markup)
    if isinstance(part, WikiLink):
        return part.label or part.target or part.anchor
    return part.alt if isinstance(part, Picture) else ""


def written_text(inline: Inline) -> str:
    """The words of all parts of inline content, as written."""
    return "".join([words_of_part(part) for part in inline.parts])
