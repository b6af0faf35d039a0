"""The fields of records that name entities, and the anchors that records make on their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.content.entries import Entry
from site_builder.content.models import (
    Actor,
    Article,
    Claim,
    EntityId,
    Event,
    Issue,
    Update,
)
from site_builder.links.addresses import point_anchor, position_anchor
from site_builder.links.graph import LinkedText
from site_builder.links.plain import plain_text
from site_builder.reading.yaml_path import YamlPath


class Reference(NamedTuple):
    """A field that names an entity: where it stands, of which kinds, and how it reads backwards."""

    where: YamlPath
    text: str
    kinds: tuple[str, ...]
    relation: str


def references(entry: Entry) -> Iterator[Reference]:
    """The fields of an entry's record that name entities, in order."""
    record = entry.record
    match record:
        case Article():
            yield from _each("issues", record.issues, "issue", "covered in")
            yield from _each("actors", record.actors, "actor", "covered in")
            yield from _each("sources", record.sources, "source", "covered in")
        case Actor():
            if record.affiliation:
                yield Reference(("affiliation",), record.affiliation, ("actor",), "member")
            for i, relation in enumerate(record.relations):
                yield Reference(("relations", i, "to"), relation.to, ("actor",), relation.label)
        case Issue():
            actors = (position.actor for position in record.positions)
            yield from _each("positions", actors, "actor", "position", field="actor")
            yield from _each("related", record.related, "issue", "related")
        case Claim():
            yield from _each("made_by", record.made_by, "actor", "claim")
            actors = (contest.actor for contest in record.contested_by)
            yield from _each("contested_by", actors, "actor", "claim", field="actor")
            yield from _each("issues", record.issues, "issue", "claim")
        case Event():
            yield from _each("actors", record.actors, "actor", "event")
            yield from _each("issues", record.issues, "issue", "event")
            if record.after:
                yield Reference(("after",), record.after, ("event",), "event")
        case Update():
            yield from _each("touches", record.touches, "", "update")
        case _:
            pass


def _each(
    name: str, refs: Iterable[str], kind: str, relation: str, *, field: str = ""
) -> Iterator[Reference]:
    """References to entities of a kind (any, if "") in a list, or in a field of its items."""
    for index, text in enumerate(refs):
        where: YamlPath = (name, index, field) if field else (name, index)
        yield Reference(where, text, (kind,) if kind else (), relation)


SHOWN_ELSEWHERE = frozenset(("position", "event", "claim", "member", "update", "covered in"))
"""Relations that the page of their target shows in a part of its own."""


def part_anchors(entry: Entry, refs: Mapping[YamlPath, EntityId]) -> dict[YamlPath, str]:
    """The anchors of the parts of a record, by the first two steps of their path."""
    record = entry.record
    anchors: dict[YamlPath, str] = {}
    if isinstance(record, Article):
        return _points(entry, record, marks=True)
    if isinstance(record, Issue):
        for where, target in refs.items():
            if where[0] == "positions":
                anchors[where[:2]] = position_anchor(target)
    return anchors


def _points(entry: Entry, article: Article, *, marks: bool) -> dict[YamlPath, str]:
    anchors: dict[YamlPath, str] = {}
    taken = heading_ids(entry)
    numbers: dict[str, int] = {}
    for name, points in (
        ("key_points", article.key_points),
        ("open_questions", article.open_questions),
    ):
        for i, point in enumerate(points):
            anchors[(name, i)] = point_anchor(point, taken, numbers, marks=marks)
    return anchors


def former_point_anchors(entry: Entry) -> dict[YamlPath, str]:
    """The anchors that points had before marks were kept in them, if they are others and free."""
    record = entry.record
    if not isinstance(record, Article) or all(
        point.text.isascii() for point in (*record.key_points, *record.open_questions)
    ):
        return {}
    now = set(point_anchors(entry).values())
    before = _points(entry, record, marks=False)
    return {where: anchor for where, anchor in before.items() if anchor not in now}


def heading_ids(entry: Entry) -> set[str]:
    """The ids that the headings of an entity's text have, and had."""
    ids = {heading.anchor for heading in entry.headings}
    return ids | {row.former_anchor for row in entry.headings if row.former_anchor}


def point_anchors(entry: Entry) -> dict[YamlPath, str]:
    """The anchors of an article's points, by path: `("key_points", 0)`."""
    return part_anchors(entry, {})


def statement(entry: Entry, prose: Mapping[YamlPath, LinkedText], where: YamlPath) -> str:
    """The statement that a `cite` field supports, as plain text."""
    for name in ("text", "summary", "statement", "definition", "role"):
        text = prose.get((*where[:-1], name))
        if text:
            return plain_text(text)
    return entry.title if where == ("cite",) else ""


def own_anchors(entry: Entry, refs: Mapping[YamlPath, EntityId]) -> tuple[str, ...]:
    """The anchors that an entity's own content makes on its page."""
    anchors = heading_ids(entry)
    anchors |= set(part_anchors(entry, refs).values())
    anchors |= set(former_point_anchors(entry).values())
    anchors |= {"background"} if entry.has_body else set()
    match entry.record:
        case Issue():
            anchors |= {"positions"} if entry.record.positions else set()
            anchors |= {"related"} if entry.record.related else set()
        case Article():
            anchors |= {"key-points"} if entry.record.key_points else set()
            anchors |= {"open-questions"} if entry.record.open_questions else set()
            anchors |= {"positions", "issues", "claims", "timeline", "actors", "notes"}
        case _:
            pass
    return tuple(sorted(anchors))
