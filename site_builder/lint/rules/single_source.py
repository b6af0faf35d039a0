"""`single-source`: all that a page cites is one source, though the site has several.

Silent for pages with fewer than three citations.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import CITED
from site_builder.links.graph import Mark
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

_FEW = 3


def check(entity: LintedEntity) -> Iterator[Finding]:
    """A page that rests on one source."""
    if len(entity.graph.ids_of(CITED)) < 2 or not entity.entry.has_body:
        return
    texts = [*entity.linked.prose.values(), entity.graph.body(entity.linked)]
    marks = [part for text in texts for part in text if isinstance(part, Mark)]
    marks += [mark for cites in entity.linked.cites.values() for mark in cites]
    sources = {mark.source for mark in marks}
    if len(sources) == 1 and len(marks) >= _FEW:
        (source,) = sources
        yield Finding(
            f"all that this page cites is {source}",
            entity.key(),
            "look for a second source, or say on the page that there is one",
        )
