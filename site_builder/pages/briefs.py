"""Entities in short, for lists, links and cards.

A brief is made when its entity is linked and kept with the head, so a page that lists ten thousand
entities reads none of their texts. It holds no text in the language of the site: `Cards` puts its dates into words.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Mapping

from site_builder.content.dates import Date
from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId, Image
from site_builder.links.graph import NOBODY, Graph, Linked, LinkedText
from site_builder.links.plain import plain_text
from site_builder.links.redirects import old_slugs
from site_builder.links.views import Noted
from site_builder.pages.locale import Locale
from site_builder.values import NamedTuple


class Card(NamedTuple):
    """An entity in short: enough for a link, a list row, a hover card or a search result."""

    kind: str
    """`article`, `actor`, `issue`, `claim`, `event`, `source`, `term` or `update`; `about` for the about page.
    It is "" for what has expired, whose name has no link."""
    slug: str
    path: str
    """Where it stands; with an anchor if it has no page of its own."""
    name: str
    """Its full name or title."""
    short_name: str
    """The name for tight places; equals `name` if there is no shorter one."""
    line: str
    """One line of plain text about it: role, question, definition; may be ""."""
    detail: str = ""
    """A second short fact, in plain text: an actor's affiliation, a source's publisher; may be ""."""
    subkind: str = ""
    """An actor's kind (`person`, `state`, …), an event's importance, an update's kind; may be ""."""
    draft: bool = False
    former: tuple[str, ...] = ()
    """The slugs it had before."""


class Brief(NamedTuple):
    """An entity in short. The card lacks what comes from elsewhere: the path, the affiliation, dates in words."""

    card: Card
    summary: LinkedText = ()
    """An issue's summary, an actor's role."""
    affiliation: EntityId | None = None
    image: Image | None = None
    date: Date | None = None
    """When an event happened, a source was published, a note was written; its card shows it."""
    as_of: Date | None = None
    """The date that an article is current as of."""
    day: str = ""
    """The day of a note of changes, or "" if it is not dated to the day."""


def brief_of(linked: Linked) -> Brief:
    """The brief of an entity."""
    record = linked.entry.record
    id = linked.entry.id
    kind = KINDS[id.kind]

    def shown(*fields: str) -> str:
        return next(filter(None, (in_short(linked, field) for field in fields if field)), "")

    name = shown(kind.title) or linked.entry.title
    card = Card(
        id.kind,
        id.slug,
        "",
        name,
        shown(kind.short) or name,
        shown(*kind.line),
        shown(kind.detail),
        shown(kind.sub),
        record.draft,
        old_slugs(record.redirect_from),
    )
    return Brief(
        card,
        linked.prose.get((kind.summary,), ()),
        linked.refs.get((kind.belongs_to,)),
        getattr(record, kind.image) if kind.image else None,
        date=getattr(record, kind.date) if kind.date else None,
        as_of=getattr(record, kind.as_of) if kind.as_of else None,
        day=getattr(record, kind.day).exact_day if kind.day else "",
    )


def in_short(linked: Linked, field: str) -> str:
    """What a text of an entity's record says, without markup; "" if it says nothing."""
    text = linked.prose.get((field,))
    return plain_text(text) if text is not None else getattr(linked.entry.record, field) or ""


class Cards:
    """The cards of all entities, in one language."""

    def __init__(self, graph: Graph, briefs: Mapping[EntityId, Brief], locale: Locale) -> None:
        self._graph = graph
        self._locale = locale
        self.briefs = Noted(graph, "brief", briefs)
        self._cards: dict[EntityId, tuple[Card, EntityId | None]] = {}
        """With each card, whose title it shows too."""
        about = graph.content.about
        title = about.page.title if about else ""
        self._about = Card("about", "", graph.addresses.of(NOBODY), title, title, "")

    def of(self, id: EntityId) -> Card:
        """The card of an entity, or of the about page."""
        if id == NOBODY:
            return self._about
        known = self._cards.get(id)
        if known is None:
            known = self._cards[id] = self._card(id)
        card, affiliation = known
        self._graph.reader.note("brief", id)
        if affiliation:
            self._graph.reader.note("brief", affiliation)
        return card

    def _card(self, id: EntityId) -> tuple[Card, EntityId | None]:
        brief = self.briefs[id]
        card = brief.card._replace(path=self._graph.addresses.of(id))
        if brief.date:
            card = card._replace(detail=self._locale.date(brief.date).text)
        if brief.affiliation:
            card = card._replace(detail=self._graph.heads[brief.affiliation].title)
        return card, brief.affiliation
