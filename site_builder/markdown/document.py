"""Markdown as the later stages read it: finished HTML with openings for what is not known yet.

What a text says depends on its own bytes alone; what its links are called and where they lead
depends on other entities. So a parsed text is a sequence of finished HTML and of *parts* that the
link stage resolves and the page stage fills in. A `Document` can be remembered by the digest of its
bytes and can't be stale.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import html
import re
from collections.abc import Iterable
from typing import NamedTuple


class Dialect(NamedTuple):
    """What of Markdown varies from site to site."""

    html: bool = False


USUAL = Dialect()
"""That of a site which does not say otherwise."""


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
    """The opening of an ordinary Markdown link; its end is finished HTML."""

    href: str
    title: str
    line: int
    column: int
    length: int


class Citation(NamedTuple):
    """`[@source "words"]`."""

    source: str
    words: str
    line: int
    column: int
    length: int


class Handle(NamedTuple):
    """`@name` in a text, which is a slip if a source is called so.

    It has no words of its own: they stand in the text before it.
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
"""A piece of inline content; a `str` is plain text, not yet escaped, in which names may link by themselves."""


class Inline(NamedTuple):
    """A run of inline content: a paragraph, a table cell, a heading, a field of prose.

    `linkable` says whether names in it may link by themselves (not in headings and quotations).
    `section` counts the headings before it. `line` is its first line in the file, or 0 for prose in
    YAML, where the columns of its parts count from the beginning of the value instead.
    """

    parts: tuple[Part, ...]
    linkable: bool
    section: int
    line: int

    @property
    def only_words(self) -> str | None:
        """The words of a run that is nothing else; None for any other."""
        parts = self.parts
        return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else None


class Heading(NamedTuple):
    """A heading of a body."""

    level: int
    anchor: str
    text: str
    former_anchor: str = ""
    """One that it used to have, which still leads to it."""


class Document(NamedTuple):
    """A parsed Markdown body."""

    parts: tuple[str | Inline, ...]
    headings: tuple[Heading, ...]

    @property
    def inlines(self) -> list[Inline]:
        """The inline runs in order."""
        return [part for part in self.parts if isinstance(part, Inline)]

    @property
    def words(self) -> str:
        """The plain text in which names may link by themselves; see `words_of`."""
        return words_of(self.inlines)


EMPTY = Document((), ())


def words_of(inlines: Iterable[Inline]) -> str:
    """The plain text of inline runs, its pieces apart: no name runs from one to the next."""
    return "\0".join([part for run in inlines for part in run.parts if isinstance(part, str)])


_TAG = re.compile(r"<[^>]*>")


def _text_of_html(markup: str) -> str:
    """The words of finished HTML."""
    return html.unescape(_TAG.sub("", markup)) if "<" in markup or "&" in markup else markup


def words_of_part(part: Part) -> str:
    """The words of a part as its author has written them: of a link, its label or its target."""
    if isinstance(part, str):
        return part
    if isinstance(part, Html):
        return _text_of_html(part.markup)
    if isinstance(part, WikiLink):
        return part.label or part.target or part.anchor
    return part.alt if isinstance(part, Picture) else ""


def written_text(inline: Inline) -> str:
    """The words of all parts of an inline run, as they stand."""
    return "".join([words_of_part(part) for part in inline.parts])
