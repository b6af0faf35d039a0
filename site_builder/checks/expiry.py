"""`expires-soon`: an entity that others refer to will expire."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import NOBODY, Graph, Link

_NAMED = 5


def advise(graph: Graph, places: Places) -> list[Diagnostic]:
    """Advice for each entity that will expire while something that refers to it is still published."""
    found = []
    for id, day in graph.expiring.items():
        head = graph.heads[id]
        where = dict.fromkeys(_referring(graph, id))
        if not where:
            continue
        named = ", ".join(list(where)[:_NAMED])
        more = f" and {len(where) - _NAMED} more" if len(where) > _NAMED else ""
        found.append(
            Diagnostic(
                "expires-soon",
                f"from {day} on, {id} is not published, but these refer to it: {named}{more}",
                places.value(head.file, (*head.within, "expires_on")),
                "its name will be shown there without a link, and parts that need it will be left out",
                Severity.ADVICE,
            )
        )
    return found


def _referring(graph: Graph, id: EntityId) -> Iterator[str]:
    """The files that refer to an entity, except for entities that expire with it."""
    day = graph.expiring[id]
    rows = (*graph.tables["backlinks"].get(id, ()), *graph.tables["uses"].get(id, ()))
    referring = {owner for owner, _ in rows}
    for head in graph.heads.values():
        if head.id == id or graph.expiring.get(head.id, day.max) <= day:
            continue
        if head.id in referring or id in graph.linked[head.id].refs.values():
            yield head.file
    about = graph.content.about
    cited = (source for source, _ in graph.about.uses)
    if about and (
        id in cited
        or any(isinstance(part, Link) and part.target == id for part in graph.about.body)
    ):
        yield about.file
    yield from (row.file for row in graph.nav_rows if row.entity == id != NOBODY)
