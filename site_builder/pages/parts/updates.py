"""Notes of what changed."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable

from site_builder.content.models import EntityId, Update
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import Text
from site_builder.pages.making import Making
from site_builder.values import NamedTuple


class ChangeView(NamedTuple):
    """That something changed: an update note in short, on the thing it touches."""

    kind: str
    """`update`, `clarification` or `correction`."""
    date: DateView
    path: str
    """Where the note stands."""


class UpdateView(NamedTuple):
    """A note of what changed."""

    card: Card
    anchor: str
    date: DateView
    instant: str
    """The instant that its date means or begins with (`2025-12-02T00:00:00Z`); "" if it is not dated to the day."""
    kind: str
    """`update`, `clarification` or `correction`."""
    text: Text
    touches: tuple[Card, ...] = ()


def updates(making: Making, rows: Iterable[Linked]) -> tuple[UpdateView, ...]:
    """Notes in this order."""
    return tuple(_update(making, linked) for linked in rows)


def updates_on(making: Making, id: EntityId) -> tuple[UpdateView, ...]:
    """The notes that touch an entity, newest first."""
    if not making.form.links_back:
        return ()
    return updates(making, making.pages.naming("update.touches", id))


def _update(making: Making, linked: Linked) -> UpdateView:
    record = linked.entry.record_of(Update)
    return UpdateView(
        card=making.pages.cards.of(linked.entry.id),
        anchor=linked.entry.slug,
        date=making.locale.date(record.date),
        instant=record.date.exact_instant,
        kind=record.kind,
        text=making.prose(linked, "text"),
        touches=making.card_list(linked.refs_at("touches")),
    )


def changes(making: Making, id: EntityId) -> tuple[ChangeView, ...]:
    """The notes that touch an entity, newest first, in short."""
    views: list[ChangeView] = []
    if not making.form.links_back:
        return ()
    for linked in making.pages.naming("update.touches", id):
        record = linked.entry.record_of(Update)
        path = making.graph.addresses.of(linked.entry.id)
        views.append(ChangeView(record.kind, making.locale.date(record.date), path))
    return tuple(views)
