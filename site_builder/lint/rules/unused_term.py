"""`unused-term`: a term is explained that no text uses.

Silent for drafts, and if a text has its plural, or writes it with a capital.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.site import LintedSite
from site_builder.lint.uses import names_in, unused

_KIND = next(kind.name for kind in KINDS.values() if kind.any_case)


def note(entity: LintedEntity) -> Sequence[EntityId]:
    """The terms that an entity's texts use."""
    return names_in(entity, _KIND)


def check_site(site: LintedSite, notes: Mapping[EntityId, Sequence[EntityId]]) -> Iterator[Finding]:
    """Terms that are used nowhere."""
    graph = site.graph
    ids = graph.ids_of(_KIND)
    if not ids or len(graph.heads) == len(ids):
        return
    for id in unused(graph, _KIND, notes):
        head = graph.heads[id]
        if not head.draft and site.can_be_found(id):
            yield Finding(
                f"no text uses {id}",
                site.places.key(head.file, head.within),
                "add the spelling that texts use to its names, or delete it",
            )
