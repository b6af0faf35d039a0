"""The links, citations and pictures of a text as HTML of one page."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.links.graph import Href, Link, LinkedText, Photo
from site_builder.pages.briefs import Card
from site_builder.pages.paths import relative_url


class Text(Markup):
    """A text as HTML of one page, and what it was made from, for forms that are not HTML."""

    __slots__ = ("linked", "names")

    linked: LinkedText
    """The text with its links resolved."""
    names: bool
    """Whether names in it may link by themselves."""

    @classmethod
    def of(cls, html: str, linked: LinkedText, *, names: bool) -> "Text":
        """Finished HTML, and its origin."""
        text = str.__new__(cls, html)
        text.linked, text.names = linked, names
        return text


NOTHING = Text.of("", (), names=False)


class CiteView(NamedTuple):
    """A citation as it stands in a text: a number that leads to the passage."""

    number: int
    """The number of its note on this page."""
    path: str
    """The source's page, at the passage (or at the top, if no words are quoted)."""
    anchor: str
    """The id of this very mark on the page (`cite-3`), for the way back from the note."""


def marks_html(cites: Sequence[CiteView], page: str) -> str:
    """Citation marks as they stand in a text."""
    if not cites:
        return ""
    links = "".join(
        f'<a class="cite" id="{cite.anchor}" href="{html.escape(relative_url(cite.path, page))}" '
        f'data-note="note-{cite.number}" aria-label="Source {cite.number}">{cite.number}</a>'
        for cite in cites
    )
    return f'<sup class="cites">{links}</sup>'


_SPACE_BEFORE_MARKS = re.compile(r'\s+(?=<sup class="cites">)')


def without_spaces_before_marks(markup: str) -> str:
    """The same, where each mark follows its word without a space."""
    return _SPACE_BEFORE_MARKS.sub("", markup) if '<sup class="cites">' in markup else markup


def link_html(link: Link, card: Card, path: str, page: str) -> str:
    """A link to an entity, or to a part of its page, at `path`."""
    href = html.escape(relative_url(path, page))
    text = html.escape(link.text, quote=False)
    return (
        f'<a class="ref ref-{card.kind}" href="{href}" '
        f'data-card="card-{card.kind}-{html.escape(card.slug)}">{text}</a>'
    )


def href_html(href: Href, page: str) -> str:
    """The opening tag of an ordinary link."""
    title = f' title="{html.escape(href.title)}"' if href.title else ""
    if href.path is not None:
        return f'<a href="{html.escape(relative_url(href.path, page))}"{title}>'
    rel = "" if href.url.startswith(("#", "mailto:")) else ' rel="external noopener"'
    return f'<a href="{html.escape(href.url)}"{title}{rel}>' if href.url else "<a>"


def photo_html(photo: Photo, page: str) -> str:
    """A picture in a text."""
    src = html.escape(relative_url(photo.path, page))
    return f'<img src="{src}" alt="{html.escape(photo.alt)}" loading="lazy" decoding="async">'
