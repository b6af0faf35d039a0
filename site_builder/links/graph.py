"""What the link stage hands on: every reference resolved, and the same read backwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.content.entries import Content, Entry
from site_builder.content.models import EntityId
from site_builder.links.addresses import Addresses
from site_builder.links.evidence import Passage, SourceText
from site_builder.reading.located_yaml import YamlPath


class Link(NamedTuple):
    """A link to an entity, written or made from a mention."""

    target: EntityId
    anchor: str
    text: str
    """Plain text."""


class Mark(NamedTuple):
    """A citation: `anchor` is the passage's on the source's page, "" for the source as a whole."""

    source: EntityId
    words: str
    anchor: str


class Href(NamedTuple):
    """The opening of an ordinary link: to a path of the site, or to an address elsewhere."""

    path: str | None
    url: str
    title: str


class Photo(NamedTuple):
    """An image of the site's own."""

    path: str
    alt: str
    title: str


LinkedPart = str | Link | Mark | Href | Photo
LinkedText = tuple[LinkedPart, ...]
"""A text ready to show: finished HTML between links whose addresses depend on the page."""


class Backlink(NamedTuple):
    """A place that refers to an entity."""

    source: EntityId
    anchor: str
    """The part of the source's page, or ""."""
    relation: str
    """`mentioned`, or a relation in words."""
    sentence: str
    """The sentence it stands in, as plain text; "" for a relation."""


class PositionAt(NamedTuple):
    """A position, by the issue it stands in and its number there."""

    issue: EntityId
    number: int


@dataclass(frozen=True)
class Linked:
    """An entry with its references resolved. Keys are paths in its record."""

    entry: Entry
    body: LinkedText
    prose: Mapping[YamlPath, LinkedText]
    refs: Mapping[YamlPath, EntityId]
    cites: Mapping[YamlPath, tuple[Mark, ...]]

    def refs_at(self, name: str) -> tuple[EntityId, ...]:
        """The entities a list field refers to, in order."""
        return tuple(target for where, target in self.refs.items() if where[0] == name)


@dataclass(frozen=True)
class CitedSource:
    """A source with its text and what rests on it."""

    text: SourceText | None
    passages: Mapping[str, tuple[str, Passage]] = field(default_factory=dict)
    """By anchor: the words and where they stand, in the order of the text."""
    uses: Mapping[str, tuple[Backlink, ...]] = field(default_factory=dict)
    """By anchor ("" for the whole): the places that cite it."""


@dataclass(frozen=True)
class Graph:
    """The linked content of a site. Everything is in a fixed order."""

    content: Content
    addresses: Addresses
    linked: Mapping[EntityId, Linked]
    about: LinkedText
    backlinks: Mapping[EntityId, tuple[Backlink, ...]]
    sources: Mapping[EntityId, CitedSource]
    positions_of: Mapping[EntityId, tuple[PositionAt, ...]]
    """By actor, in the order of the issues."""
    files: frozenset[str]
    """The site's own static files, by path."""

    def of_kind(self, kind: str) -> tuple[Linked, ...]:
        """The entries of a kind, in their order."""
        return tuple(row for row in self.linked.values() if row.entry.kind == kind)
