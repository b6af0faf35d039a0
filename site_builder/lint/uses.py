"""Which entities are used: named in texts, or referred to in records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from site_builder.content.kinds import FRONT, HOLDERS, KINDS, NOTES
from site_builder.content.models import EntityId
from site_builder.content.records import Holds
from site_builder.content.shape import shapes_in
from site_builder.links.graph import Graph, Link
from site_builder.lint.entity import LintedEntity


def names_in(entity: LintedEntity, kind: str) -> Sequence[EntityId]:
    """The entities of a kind whose names stand in an entity's texts and lines, in whatever case."""
    lines = "\0".join(row.text for row in entity.lines)
    finder = entity.site.names_of(kind)
    text = f"{entity.entry.words}\0{lines}"
    found = {id for row in finder.find(text) for id in row[2]}
    if kind == HOLDERS:  # last names, too
        found |= {id for row in entity.site.persons.find(text) for id in row[2]}
    return tuple(sorted(found - {entity.id}))


def unused(
    graph: Graph, kind: str, notes: Mapping[EntityId, Sequence[EntityId]]
) -> Iterator[EntityId]:
    """The entities of a kind that no text names, and that no record, link or entry of the navigation refers to.

    `notes` are the entities that each entity's texts name. Lists of articles and notes of changes do not count.
    """
    named = {id for owner, ids in notes.items() for id in ids if id != owner}
    named |= {part.target for part in graph.about.body if isinstance(part, Link)}
    named |= {row.entity for row in graph.nav_rows if isinstance(row.entity, EntityId)}
    tables = ["backlinks", *_fields_of_records()]
    for id in graph.ids_of(kind):
        if (
            id not in named
            and id not in graph.tables["positions"]
            and not any(row[0] != id for table in tables for row in graph.tables[table].get(id, ()))
        ):
            yield id


@cache
def _fields_of_records() -> tuple[str, ...]:
    """The tables of fields that refer to entities, but for those of articles and notes of changes."""
    return tuple(
        f"{kind.name}.{field}"
        for kind in KINDS.values()
        if kind.name not in (FRONT, NOTES)
        for field in dict.fromkeys(names[0] for names, _ in shapes_in(kind.model, Holds.REF))
    )
