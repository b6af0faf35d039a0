"""Which entities are used: named in texts, or referred to in records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


def used_in_records(graph: Graph) -> set[EntityId]:
    """The entities that others refer to, but for lists of articles and notes of changes, and links."""
    used: set[Any] = {
        id for id, rows in graph.tables["backlinks"].items() if any(row[0] != id for row in rows)
    }
    used.update(graph.tables["positions"])
    for kind in KINDS.values():
        if kind.name in (FRONT, NOTES):
            continue
        for field in {names[0] for names, _ in shapes_in(kind.model, Holds.REF)}:
            table = graph.tables[f"{kind.name}.{field}"]
            used |= {id for id, rows in table.items() if any(row[0] != id for row in rows)}
    used |= {part.target for part in graph.about.body if isinstance(part, Link)}
    return used | {id for id in graph.nav_entities if isinstance(id, EntityId)}
