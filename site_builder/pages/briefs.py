"""Entities in short: what lists, links and cards show of them, made once an entity.

A brief is made when its entity is linked and kept with the head, so a page that lists ten thousand
entities reads none of their texts.
"""

# Without `from __future__ import annotations`: see `pages/contexts.py`.
from collections.abc import Mapping
from typing import NamedTuple

from site_builder.content.models import (
    Actor,
    Article,
    Claim,
    EntityId,
    Event,
    Image,
    Issue,
    Source,
    Term,
    Update,
)
from site_builder.links.graph import NOBODY, Graph, Linked, LinkedText
from site_builder.links.plain import plain_text
from site_builder.links.redirects import old_slugs
from site_builder.links.tracing import Traced
from site_builder.pages.contexts import Card, DateView
from site_builder.pages.dates import date_view


class Brief(NamedTuple):
    """An entity in short. The card lacks what comes from others: the path and the affiliation."""

    card: Card
    summary: LinkedText = ()
    """An issue's summary, an actor's role."""
    affiliation: EntityId | None = None
    image: Image | None = None
    as_of: DateView | None = None
    """As of when an article tells."""
    day: str = ""
    """The day of a note of changes, or "" if it is not dated to the day."""


def brief_of(linked: Linked) -> Brief:
    """The brief of an entity."""
    record = linked.entry.record
    id = linked.entry.id
    title = linked.entry.title
    card = Card(id.kind, id.slug, "", title, title, "", former=old_slugs(record.redirect_from))

    def plain(*where: str) -> str:
        return plain_text(linked.prose.get(where, ()))

    match record:
        case Actor():
            return Brief(
                card._replace(
                    short_name=record.short_name or record.name,
                    line=plain("role"),
                    subkind=record.kind or "",
                    draft=record.draft,
                ),
                linked.prose.get(("role",), ()),
                linked.refs.get(("affiliation",)),
                record.image,
            )
        case Issue():
            line = record.question or plain("summary")
            card = card._replace(line=line, detail=record.status or "")
            return Brief(card._replace(draft=record.draft), linked.prose.get(("summary",), ()))
        case Article():
            card = card._replace(line=plain("standfirst"), detail=record.status or "")
            return Brief(card._replace(draft=record.draft), as_of=date_view(record.as_of))
        case Claim():
            card = card._replace(name=plain("statement"), short_name=plain("statement"))
        case Event():
            detail = date_view(record.date).text
            card = card._replace(line=plain("text"), detail=detail, subkind=record.importance)
        case Source():
            published = date_view(record.published).text if record.published else ""
            line = record.publisher or ""
            card = card._replace(line=line, detail=published, subkind=record.kind or "")
        case Term():
            card = card._replace(line=plain("definition"))
        case Update():
            card = card._replace(
                name=plain("text"),
                short_name=plain("text"),
                detail=date_view(record.date).text,
                subkind=record.kind,
            )
            return Brief(card._replace(draft=record.draft), day=record.date.exact_day)
    return Brief(card._replace(draft=record.draft))


class Cards:
    """The cards of all entities."""

    def __init__(self, graph: Graph, briefs: Mapping[EntityId, Brief]) -> None:
        self._graph = graph
        self.briefs = Traced("brief", briefs, graph.trace)
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
        self._graph.trace.note("brief", id)
        if affiliation:
            self._graph.trace.note("brief", affiliation)
        return card

    def _card(self, id: EntityId) -> tuple[Card, EntityId | None]:
        brief = self.briefs[id]
        card = brief.card._replace(path=self._graph.addresses.of(id))
        if brief.affiliation:
            card = card._replace(detail=self._graph.heads[brief.affiliation].title)
        return card, brief.affiliation
