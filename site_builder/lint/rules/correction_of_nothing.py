"""`correction-of-nothing`: a correction does not say what it corrects.

Silent for updates and clarifications, and for what says so in `touches`.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import Update
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """A correction without `touches`."""
    note = entity.record
    if isinstance(note, Update) and note.kind == "correction" and not note.touches:
        yield Finding(
            "this correction does not say what it corrects",
            entity.key("kind"),
            "add touches, with the entities that were wrong: their pages then show the note",
        )
