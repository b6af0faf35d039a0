"""The links, citations and pictures of a text as HTML of one page."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import html
from collections.abc import Sequence
from itertools import zip_longest

from markupsafe import Markup

from site_builder.links.graph import Href, Link, LinkedText, Photo
from site_builder.pages.briefs import Card
from site_builder.pages.paths import relative_url
from site_builder.values import NamedTuple


class CiteView(NamedTuple):
    """A citation as it stands in a text: a number that leads to the passage."""

    number: int
    """The number of its note on this page."""
    path: str
    """The source's page, at the passage (or at the top, if no words are quoted)."""
    anchor: str
    """The id of this very mark on the page (`cite-3`), for the way back from the note."""


class Text(Markup):
    """A text as HTML of one page, and what it was made from, for forms that are not HTML."""

    __slots__ = ("cites", "ending", "linked", "names")

    linked: LinkedText
    """The text with its links resolved."""
    names: bool
    """Whether names in it may link by themselves."""
    cites: tuple[CiteView, ...]
    """The citations in it, unless their passages are in the HTML."""
    ending: tuple[CiteView, ...]
    """Those of the mark that it ends with."""

    @classmethod
    def of(
        cls,
        html: str,
        linked: LinkedText,
        *,
        names: bool,
        cites: tuple[CiteView, ...] = (),
        ending: tuple[CiteView, ...] = (),
    ) -> "Text":
        """Finished HTML, and its origin."""
        text = str.__new__(cls, html)
        text.linked, text.names, text.cites, text.ending = linked, names, cites, ending
        return text

    def begun(self, start: str) -> "Text":
        """The same with more HTML in front of it."""
        return Text.of(
            start + str(self), self.linked, names=self.names, cites=self.cites, ending=self.ending
        )


NOTHING = Text.of("", (), names=False)


def marks_html(cites: Sequence[CiteView], page: str) -> str:
    """The mark of one or more citations as it stands in a text: one link with their numbers, each once."""
    if not cites:
        return ""
    by_number: dict[int, list[CiteView]] = {}
    for cite in cites:
        by_number.setdefault(cite.number, []).append(cite)
    numbers = sorted(by_number)
    first = by_number[numbers[0]].pop(0)
    shown = ", ".join(_number_html(number, by_number[number]) for number in numbers)
    notes = " ".join(f"note-{number}" for number in numbers)
    label = f"Source{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
    return (
        f'<sup class="cites"><a class="cite" id="{first.anchor}" '
        f'href="{html.escape(relative_url(first.path, page))}" data-note="{notes}" '
        f'aria-label="{label}">{shown}</a></sup>'
    )


def _number_html(number: int, cites: Sequence[CiteView]) -> str:
    """A number with the ids of its citations."""
    shown = str(number)
    for cite in cites:
        shown = f'<span id="{cite.anchor}">{shown}</span>'
    return shown


def cited_html(text: Text, cites: Sequence[CiteView], page: str) -> str:
    """A text with more citations for its last sentence, which share the mark that it may end with."""
    if not (cites and text.ending):
        return str(text) + marks_html(cites, page)
    begun = str(text).removesuffix(marks_html(text.ending, page))
    return begun + marks_html((*text.ending, *cites), page)


class Passage(NamedTuple):
    """The words behind a citation, to show them below the text."""

    cite: CiteView
    words: str
    """The exact words in quotation marks; "" if the source is cited as a whole."""
    language: str
    """The language of the words, if it is not the site's."""
    source: str
    """The name of the source."""


def passages_html(passages: Sequence[Passage], page: str) -> str:
    """The words behind the marks of a paragraph, each once. The switch of the page shows them."""
    if not passages:
        return ""
    by_number = {passage.cite.number: passage for passage in passages}
    rows = [by_number[number] for number in sorted(by_number)]
    following = [row.source for row in rows[1:]]
    lines = [
        _passage_html(row, page, named=row.source != after)
        for row, after in zip_longest(rows, following)
    ]
    return f'<span class="passages">{"".join(lines)}</span>'


def _passage_html(passage: Passage, page: str, *, named: bool) -> str:
    """The words behind a citation, with the name of their source if they are the last from it."""
    cite, words, language, source = passage
    lang = f' lang="{html.escape(language)}"' if language else ""
    name = html.escape(source, quote=False)
    said = f"{html.escape(words, quote=False)}</a>{f' {name}' if named else ''}"
    href = html.escape(relative_url(cite.path, page))
    return (
        f'<span data-passage="note-{cite.number}"><b>{cite.number}</b> '
        f'<a href="{href}"{lang}>{said if words else f"{name}</a>"}</span>'
    )


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
