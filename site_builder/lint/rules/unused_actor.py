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
from site_builder.lint.uses import names_in, unused


def note(entity: LintedEntity) -> Sequence[EntityId]:
    """The actors whose names stand in an entity's texts."""
    return names_in(entity, HOLDERS)


def check_site(site: LintedSite, notes: Mapping[EntityId, Sequence[EntityId]]) -> Iterator[Finding]:
    """Actors that are used nowhere."""
    graph = site.graph
    ids = graph.ids_of(HOLDERS)
    if not ids or len(graph.heads) == len(ids):
        return
    left = dict.fromkeys(unused(graph, HOLDERS, notes))
    bodies = graph.tables["actor.affiliation"] if left else {}
    members = {id for body, rows in bodies.items() if body not in left for id, _ in rows}
    for id in left:
        head = graph.heads[id]
        if id not in members and not head.draft and site.can_be_found(id):
            yield Finding(
                f"nothing names {id}",
                site.places.key(head.file, head.within),
                "name it where it acts, or delete it",
            )
