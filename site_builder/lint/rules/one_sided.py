"""`one-sided`: all who are recorded on an issue hold one stance.

Silent where somebody is recorded as saying nothing: then somebody looked for another view.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import DEFAULT_STANCES, Position
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """An issue whose positions are all of one stance."""
    positions = records_in(entity.record, Position)
    stances = {row.value.stance for row in positions}
    if len(stances) != 1:
        return
    (stance,) = stances
    known = (entity.site.settings.stances or DEFAULT_STANCES).get(stance)
    if known is None or known.tone == SILENT:
        return
    yield Finding(
        "all who are recorded here hold one stance",
        entity.key(str(positions[0].path[0])),
        "record who holds another, or that they gave none: stance: unstated",
    )


SILENT = "none"
"""The tone of a stance that says that no view is known."""
