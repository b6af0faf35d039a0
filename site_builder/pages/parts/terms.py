"""Terms: words used here, and what they mean."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable

from site_builder.content.models import Term
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Making
from site_builder.pages.parts.backlinks import BacklinkView, backlinks
from site_builder.pages.parts.updates import ChangeView, changes
from site_builder.values import NamedTuple


class TermView(NamedTuple):
    """A glossary entry."""

    card: Card
    anchor: str
    name: str
    definition: Text
    aliases: tuple[str, ...] = ()
    cites: tuple[CiteView, ...] = ()
    mentioned_on: tuple[BacklinkView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    """Newest first."""


def terms(making: Making, rows: Iterable[Linked]) -> tuple[TermView, ...]:
    """Terms in this order."""
    return tuple(_term(making, linked) for linked in rows)


def _term(making: Making, linked: Linked) -> TermView:
    id = linked.entry.id
    return TermView(
        card=making.pages.cards.of(id),
        anchor=linked.entry.slug,
        name=linked.entry.title,
        definition=making.prose(linked, "definition"),
        aliases=linked.entry.record_of(Term).aliases,
        cites=making.cites_at(linked, "cite"),
        mentioned_on=backlinks(making, id),
        changes=changes(making, id),
    )
