"""`unused-actor`: an actor is in no text, field or record but its own and an article's list.

Silent for drafts, for members of a body that is used, and for actors whose every name another entity has, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.content.kinds import HOLDERS
from site_builder.content.models import EntityId
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.site import LintedSite
from site_builder.lint.uses import names_in, used_in_records


def note(entity: LintedEntity) -> Sequence[EntityId]:
    """The actors whose names stand in an entity's texts."""
    return names_in(entity, HOLDERS)


def check_site(site: LintedSite, notes: Mapping[EntityId, Sequence[EntityId]]) -> Iterator[Finding]:
    """Actors that are used nowhere."""
    graph = site.graph
    ids = graph.ids_of(HOLDERS)
    if not ids or len(graph.heads) == len(ids):
        return
    used = used_in_records(graph)
    used |= {id for owner, named in notes.items() for id in named if id != owner}
    bodies = graph.tables["actor.affiliation"]
    members = {id for body, rows in bodies.items() if body in used for id, _ in rows}
    for id in ids:
        head = graph.heads[id]
        if id not in used and id not in members and not head.draft and site.can_be_found(id):
            yield Finding(
                f"nothing names {id}",
                site.places.key(head.file, head.within),
                "name it where it acts, or delete it",
            )
