"""Entities of a kind without a page module: a page for each, or a list of them, made from what their fields hold.

`laws/<slug>/` (`record.html`) and `laws/` (`records.html`).
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Collection, Iterator
from typing import Any

from markupsafe import Markup, escape

from site_builder.content.kinds import KINDS, PLACED, Kind
from site_builder.content.models import EntityId
from site_builder.content.records import Holds, Model
from site_builder.content.shape import Shape, shape_of
from site_builder.links.fields import fields_by_part
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import CiteView
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.backlinks import BacklinkView, backlinks
from site_builder.pages.parts.texts import BodyView, body
from site_builder.pages.parts.updates import ChangeView, UpdateView, changes, updates_on
from site_builder.pages.routes import each, listed
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple


class FactView(NamedTuple):
    """What a field holds. Of the last five fields one is filled."""

    label: str
    texts: tuple[Markup, ...] = ()
    cards: tuple[Card, ...] = ()
    """The entities that it names."""
    dates: tuple[DateView, ...] = ()
    urls: tuple[str, ...] = ()
    records: tuple[tuple["FactView", ...], ...] = ()
    """For each record in it: what its fields hold."""
    cites: tuple[CiteView, ...] = ()
    """What the record of this field rests on, on its last one."""


class NamedByView(NamedTuple):
    """The entities that name this one in fields that belong to a part of its page."""

    anchor: str
    title: str
    cards: tuple[Card, ...]


class RecordView(NamedTuple):
    """An entity of a kind without a page module."""

    card: Card
    anchor: str
    """Its id on the page that lists it; "" if it has a page of its own."""
    title: str
    facts: tuple[FactView, ...]
    changes: tuple[ChangeView, ...] = ()


class RecordContext(NamedTuple):
    """`<kinds>/<slug>/` (`record.html`), for a kind without a page module."""

    record: RecordView
    body: BodyView
    named_by: tuple[NamedByView, ...]
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]


class RecordsContext(NamedTuple):
    """`<kinds>/` (`records.html`), for a kind without a page module."""

    records: tuple[RecordView, ...]


def make(making: Making) -> Made:
    """The page of an entity."""
    id = making.own
    linked = making.graph.linked[id]
    card = making.pages.cards.of(id)
    context = RecordContext(
        record=RecordView(card, "", card.name, facts(making, linked)),
        body=body(making, linked),
        named_by=tuple(_named_by(making, id)),
        updates=updates_on(making, id),
        backlinks=backlinks(making, id),
    )
    return Made("record.html", card.name, card.line, context)


def make_list(making: Making) -> Made:
    """The page that lists a kind, in the order of readers."""
    (kind,) = (row for row in PLACED if row.listed_on == making.path)
    views = []
    for id in making.graph.sequence(kind.name):
        card = making.pages.cards.of(id)
        anchor = "" if kind.own_page else id.slug
        held = () if kind.own_page else facts(making, making.graph.linked[id])
        views.append(RecordView(card, anchor, card.name, held, changes(making, id)))
    return made_list(making, RecordsContext(tuple(views)))._replace(template="records.html")


def page_types(named: Collection[str]) -> tuple[PageType, ...]:
    """The pages of kinds that have no module among the page types of these names."""
    rows: list[PageType] = []
    for kind in PLACED:
        if kind.own_page and kind.name not in named:
            rows.append(PageType(kind.name, each(kind.name), make))
        listing = kind.listed_on.rstrip("/")
        if listing and listing not in named:
            rows.append(PageType(listing, listed(kind.listed_on), make_list))
    return tuple(rows)


# --- what its fields hold ------------------------------------------------------------------------


def facts(making: Making, linked: Linked) -> tuple[FactView, ...]:
    """What the fields of an entity hold, but for its title and settings."""
    kind = KINDS[linked.entry.kind]
    return tuple(_facts(making, linked, linked.entry.record, (), hidden=kind))


def _facts(
    making: Making, linked: Linked, record: Model, at: YamlPath, hidden: Kind | None = None
) -> Iterator[FactView]:
    rows = []
    for shape in shape_of(type(record)):
        where = (*at, shape.name)
        value = getattr(record, shape.name)
        if not shape.marks.data or value in (None, "", ()) or shape.holds is Holds.CITES:
            continue
        if hidden is None or shape.name != hidden.title:
            values = value if shape.many else (value,)
            paths = [(*where, n) for n in range(len(values))] if shape.many else [where]
            rows.append(_fact(making, linked, shape, dict(zip(paths, values, strict=True))))
    if cites := making.cites_at(linked, *at, "cite"):
        last = rows.pop() if rows else FactView("")
        rows.append(last._replace(cites=cites))
    yield from rows


def _fact(making: Making, linked: Linked, shape: Shape, values: dict[YamlPath, Any]) -> FactView:
    """What a field holds; `values` are its values by their paths."""
    label = making.locale.translate(shape.marks.show or in_words(shape.name))
    fact = FactView(label)
    match shape.holds:
        case Holds.PROSE:
            return fact._replace(texts=tuple(making.prose(linked, *at) for at in values))
        case Holds.REF:
            return fact._replace(cards=tuple(making.card_at(linked, *at) for at in values))
        case Holds.DATE:
            return fact._replace(dates=tuple(map(making.locale.date, values.values())))
        case Holds.URL:
            return fact._replace(urls=tuple(values.values()))
        case Holds.RECORD:
            records = (tuple(_facts(making, linked, row, at)) for at, row in values.items())
            return fact._replace(records=tuple(records))
        case _:
            return fact._replace(texts=tuple(escape(str(value)) for value in values.values()))


def in_words(name: str) -> str:
    """The name of a field as a label: `in_force` is `In force`."""
    return name.replace("_", " ").capitalize()


def _named_by(making: Making, id: EntityId) -> Iterator[NamedByView]:
    for part, fields in fields_by_part().items():
        names = [field.name for field in fields if not field.kinds or id.kind in field.kinds]
        found = [other for name in names for other in making.graph.naming(name, id)]
        if part and part != "updates" and found:
            yield NamedByView(part, making.locale.part(part), making.card_list(found))
