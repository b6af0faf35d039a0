"""The fields of records that name entities, and the anchors that records make on their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from site_builder.content.entries import Entry
from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId, Point
from site_builder.content.records import Holds
from site_builder.content.shape import Found, records_in, said_in, shape_of, shapes_in, walk
from site_builder.links.addresses import point_anchor, position_anchor
from site_builder.links.graph import LinkedText
from site_builder.links.plain import plain_text
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple

POSITIONS = "positions"
"""The field, and the part of pages, in which actors take positions."""


class Reference(NamedTuple):
    """A field that names an entity: where it stands, of which kinds, and how it reads backwards."""

    where: YamlPath
    text: str
    kinds: tuple[str, ...]
    """Those it may name; all if empty."""
    relation: str
    """How it reads among the places that mention its target; "" if it is not among them."""
    is_position: bool
    may_be_own: bool
    """Whether it may name the entity that it belongs to."""
    is_own: bool
    """Whether its text is the word for that entity."""


def references(entry: Entry) -> Iterator[Reference]:
    """The fields of an entry's record that name entities, in order."""
    for where, text, field, holder in walk(entry.record, Holds.REF):
        marks = field.marks
        relation = getattr(holder, marks.back_from) if marks.back_from else marks.back
        is_position = marks.part == POSITIONS
        is_own = bool(marks.own) and text.casefold() == marks.own
        yield Reference(where, text, marks.to, relation, is_position, marks.itself, is_own)


class ReferringField(NamedTuple):
    """A field of a kind that names entities: `claim.made_by`, and the kinds that it may name."""

    name: str
    kinds: tuple[str, ...]


@cache
def fields_by_part() -> Mapping[str, tuple[ReferringField, ...]]:
    """By the part of its target's page that shows it: the fields that name entities."""
    table: dict[str, list[ReferringField]] = {}
    for kind in KINDS.values():
        for names, shape in shapes_in(kind.model, Holds.REF):
            field = ReferringField(f"{kind.name}.{names[0]}", shape.marks.to)
            table.setdefault(shape.marks.part, []).append(field)
    return {part: tuple(fields) for part, fields in table.items()}


@cache
def fields_with_news(kind: str) -> tuple[str, ...]:
    """The fields whose entities bear on one of this kind, so that what changed on them is news of it."""
    return tuple(
        f"{row.name}.{names[0]}"
        for row in KINDS.values()
        for names, shape in shapes_in(row.model, Holds.REF)
        if shape.marks.news and kind in shape.marks.to
    )


def part_anchors(entry: Entry, refs: Mapping[YamlPath, EntityId]) -> dict[YamlPath, str]:
    """The anchors of the parts of a record, by the first two steps of their path."""
    anchors = _points(entry, marks=True)
    for where, target in refs.items():
        if where[0] == POSITIONS:
            anchors[where[:2]] = position_anchor(target)
    return anchors


def _points(entry: Entry, *, marks: bool) -> dict[YamlPath, str]:
    points = records_in(entry.record, Point)
    taken = heading_ids(entry) if points else set()
    numbers: dict[str, int] = {}
    return {row.path: point_anchor(row.value, taken, numbers, marks=marks) for row in points}


def former_point_anchors(entry: Entry) -> dict[YamlPath, str]:
    """The anchors that points had before marks were kept in them, if they are others and free."""
    if all(row.value.text.isascii() for row in records_in(entry.record, Point)):
        return {}
    now = set(point_anchors(entry).values())
    before = _points(entry, marks=False)
    return {where: anchor for where, anchor in before.items() if anchor not in now}


def heading_ids(entry: Entry) -> set[str]:
    """The ids that the headings of an entity's text have, and had."""
    ids = {heading.anchor for heading in entry.headings}
    return ids | {row.former_anchor for row in entry.headings if row.former_anchor}


def point_anchors(entry: Entry) -> dict[YamlPath, str]:
    """The anchors of an article's points, by path: `("key_points", 0)`."""
    return part_anchors(entry, {})


def statement(entry: Entry, prose: Mapping[YamlPath, LinkedText], cite: Found) -> str:
    """The statement that a `cite` field supports, as plain text."""
    text = prose.get((*cite.path[:-1], said_in(type(cite.holder))))
    if text:
        return plain_text(text)
    return entry.title if cite.holder is entry.record else ""


def own_anchors(entry: Entry, refs: Mapping[YamlPath, EntityId]) -> tuple[str, ...]:
    """The anchors that an entity's own content makes on its page."""
    record = entry.record
    anchors = heading_ids(entry)
    anchors |= set(part_anchors(entry, refs).values())
    anchors |= set(former_point_anchors(entry).values())
    anchors |= {"background"} if entry.has_body else set()
    for shape in shape_of(type(record)):
        if shape.marks.anchor and getattr(record, shape.name):
            anchors.add(shape.marks.anchor)
    return tuple(sorted(anchors.union(KINDS[entry.kind].parts)))
