"""`whole-source`: a source is cited as a whole, though its text is here.

Silent for sources without a text.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.content.records import Holds
from site_builder.content.shape import walk
from site_builder.diagnostics import Location
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.markdown.document import Citation


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Citations without words of sources with a text."""
    for name, place in _whole(entity):
        id = entity.site.meant(name, CITED)
        if id and _has_text(entity, id):
            yield Finding(
                f"this cites {id} as a whole, though its text is here",
                place,
                f'quote the words: {id.slug} "exact words"',
            )


def _whole(entity: LintedEntity) -> Iterator[tuple[str, Location]]:
    places, file, within = entity.site.places, entity.entry.file, entity.entry.within
    for found in walk(entity.record, Holds.CITES):
        for index, cite in enumerate(found.value):
            if not cite.words:
                yield cite.source, places.cite(file, within + found.path, index)
    for part, place in entity.placed(Citation):
        if not part.words:
            yield part.source, place


def _has_text(entity: LintedEntity, id: EntityId) -> bool:
    return any(source == id for source, _ in entity.site.texts)
