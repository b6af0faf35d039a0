"""One page while it is made. Its parts read the site through it, and it collects their notes and cards."""

# Without `from __future__ import annotations`, which would make them strings: `NamedTuple` compiles each such
# string again, which takes longer than the rest of a module that defines many.
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from site_builder.content.models import EntityId, Source
from site_builder.links.graph import Href, Link, Linked, LinkedText, Mark, Photo
from site_builder.pages.briefs import Card
from site_builder.pages.forms import PAGE, Form
from site_builder.pages.inline import (
    NOTHING,
    CiteView,
    Passage,
    Text,
    href_html,
    link_html,
    marks_html,
    passages_html,
    photo_html,
)
from site_builder.pages.marking import marked_by_sentence
from site_builder.pages.naming import may_name, once_named
from site_builder.pages.originals import original
from site_builder.pages.routes import Route, Routes
from site_builder.pages.site import Pages, Within
from site_builder.values import NamedTuple

MOST_CARDS = 200
"""Cards of a page. One with more links is a list, whose rows say what the cards would."""


class NoteView(NamedTuple):
    """A numbered source note of a page: everything its marks lead to."""

    number: int
    anchor: str
    """Its id on the page: `note-3`."""
    source: Card
    words: str
    """The exact words quoted; "" if the source is cited as a whole."""
    path: str
    place: str = ""
    """Where in the source: `p. 3`; "" if neither author nor source says so."""
    url: str = ""
    """The source's own address on the web; may be ""."""
    archived: str = ""
    original: str = ""
    """The address of that place in the original; "" if no address leads to it."""
    edited: tuple[str, ...] = ()
    """Of an edited quotation: the words of the source, by turns those that are quoted and those that are not."""
    translated: tuple[str, ...] = ()
    """Translations of the words by those who write the site."""
    marks: tuple[str, ...] = ()
    """The ids of the marks on this page that lead here."""
    language: str = ""
    """The language of the words, if it is not the site's."""


class Making:
    """Makes the views of one page, numbers its source notes and collects the cards of whom it names.

    Notes are numbered in the order of the calls, so a page makes its parts in the order in which they are read.
    `within` is what lists are taken from: the whole site, or a story.
    """

    def __init__(
        self, pages: Pages, route: Route, form: Form = PAGE, within: Within | None = None
    ) -> None:
        self.pages = pages
        self.graph = pages.graph
        self.locale = pages.locale
        self.form = form
        self.within: Within = within or pages
        self.route = route
        self.path = route.path
        self.memo: dict[Any, Any] = {}
        """Views that a page shows in several places with the same notes, by what they show."""
        self._cards: dict[EntityId, Card] = {}
        self._notes: dict[Mark, int] = {}
        self._cited: list[Mark] = []
        """The citations by their numbers, from 1."""
        self._marks: dict[int, list[str]] = {}
        self._mark_count = 0
        self._named: set[EntityId] = set()
        """The entities that a text of the page links to."""

    @property
    def own(self) -> EntityId:
        """The entity whose page this is; not for pages that belong to none."""
        assert self.route.id is not None, self.route
        return self.route.id

    # what the page collects

    def notes(self) -> tuple[NoteView, ...]:
        """The numbered notes of everything asked for so far."""
        return tuple(self._note(mark, number) for mark, number in self._notes.items())

    def _note(self, mark: Mark, number: int) -> NoteView:
        record = self.graph.linked[mark.source].entry.record_of(Source)
        at = original(record, mark.spot)
        return NoteView(
            number=number,
            anchor=f"note-{number}",
            source=self.pages.cards.of(mark.source),
            words=mark.words,
            path=self.graph.addresses.of(mark.source, mark.anchor),
            place=mark.place,
            url=record.url or "",
            archived=record.archived or "",
            original="" if at == record.url else at,
            edited=mark.spot.edited,
            translated=mark.spot.translated,
            marks=tuple(self._marks[number]),
            language=self._other_language(record),
        )

    def _other_language(self, source: Source) -> str:
        """The language of a source, if it is not the site's."""
        own = self.graph.content.site.language
        return "" if source.language in (None, own) else source.language

    def cards(self) -> tuple[Card, ...]:
        """The cards of the entities that links on the page lead to, in order of appearance."""
        return tuple(self._cards.values()) if len(self._cards) <= MOST_CARDS else ()

    # entities and citations

    def card(self, id: EntityId) -> Card:
        """An entity that the page names."""
        card = self._cards.get(id)
        if card is None:
            card = self._cards[id] = self.pages.cards.of(id)
        return card

    def card_list(self, ids: Iterable[EntityId]) -> tuple[Card, ...]:
        """Several entities in short, each once."""
        return tuple(self.card(id) for id in dict.fromkeys(ids))

    def card_at(self, linked: Linked, *where: str | int) -> Card:
        """The card of whom a field names; one without a link for what has expired."""
        id = linked.refs.get(where)
        if id:
            return self.card(id)
        title = linked.expired[where]
        return Card("", "", "", title, title, "")

    def cites(self, marks: Sequence[Mark]) -> tuple[CiteView, ...]:
        """Citations, numbered on this page."""
        return tuple(self._cite(mark) for mark in marks)

    def cites_at(self, linked: Linked, *where: str | int) -> tuple[CiteView, ...]:
        """The citations of a `cite` field."""
        return self.cites(linked.cites.get(where, ()))

    def _cite(self, mark: Mark) -> CiteView:
        mark = mark._replace(place=self.locale.place(mark), found=None)
        number = self._notes.get(mark)
        if number is None:
            self._cited.append(mark)
            number = self._notes[mark] = len(self._cited)
        self._mark_count += 1
        anchor = f"cite-{self._mark_count}"
        self._marks.setdefault(number, []).append(anchor)
        return CiteView(number, self.graph.addresses.of(mark.source, mark.anchor), anchor)

    def marks_of(self, cites: Iterable[CiteView]) -> tuple[Mark, ...]:
        """The citations behind their numbers on this page."""
        return tuple(self._cited[cite.number - 1] for cite in cites)

    def passage(self, cite: CiteView) -> Passage:
        """The words behind a citation of this page."""
        mark = self._cited[cite.number - 1]
        record = self.graph.linked[mark.source].entry.record_of(Source)
        words = self.locale.quoted(mark.words) if mark.words else ""
        name = self.pages.cards.of(mark.source).name
        return Passage(cite, words, self._other_language(record), name)

    # texts

    def prose(self, linked: Linked, *where: str | int) -> Text:
        """A field of prose, or nothing."""
        text = linked.prose.get(where)
        return self.text(text, names=may_name(where)) if text else NOTHING

    def text(self, linked: LinkedText, *, names: bool = True, passages: bool = False) -> Text:
        """A linked text as HTML of this page. The marks of a sentence follow it as one.

        A name links by itself where it first stands on a page; nowhere in this text without `names`. With
        `passages`, the words behind the marks of a paragraph follow it, hidden until the reader asks for them.
        """
        if not self.form.html:
            return Text.of("", linked, names=names)
        text = once_named(linked, self._named if names else None, self.route.id)
        parts = [self._part(part) for part in text]
        if any(isinstance(part, Mark) for part in parts):
            return self._marked(parts, linked, names=names, passages=passages)
        return Text.of("".join(cast("list[str]", parts)), linked, names=names)

    def _marked(
        self, parts: Iterable[str | Mark], linked: LinkedText, *, names: bool, passages: bool
    ) -> Text:
        """A text with citations."""
        pieces: list[str] = []
        cited: list[CiteView] = []
        ending: tuple[CiteView, ...] = ()
        for block in marked_by_sentence(parts, self.locale.language):
            for piece in block.pieces:
                if isinstance(piece, str):
                    pieces.append(piece)
                    ending = () if piece else ending
                else:
                    ending = self.cites(piece)
                    cited += ending
                    pieces.append(marks_html(ending, self.path))
            if passages:
                pieces.append(passages_html([self.passage(cite) for cite in cited], self.path))
                cited.clear()
            pieces.append(block.after)
            ending = () if passages or block.after else ending
        return Text.of("".join(pieces), linked, names=names, cites=tuple(cited), ending=ending)

    def _part(self, part: object) -> str | Mark:
        if isinstance(part, (str, Mark)):
            return part
        if isinstance(part, Link):
            path = self.graph.addresses.of(part.target, part.anchor)
            return link_html(part, self.card(part.target), path, self.path)
        if isinstance(part, Href):
            return href_html(part, self.path)
        assert isinstance(part, Photo)
        return photo_html(part, self.path)


class Made(NamedTuple):
    """What a page shows: the name of its template, its title, a description ("" for the site's), and its context."""

    template: str
    title: str
    description: str
    content: Any


class PageType(NamedTuple):
    """A type of page. Each module of a page has one, `PAGE`."""

    name: str
    routes: Routes
    make: Callable[[Making], Made]


def made_list(making: Making, content: object) -> Made:
    """A page that lists things: its type names its template, its path its title."""
    locale, path = making.locale, making.path
    title, description = locale.title(path), locale.description(path)
    return Made(f"{making.route.type}.html", title, description, content)
