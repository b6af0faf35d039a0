"""`image-credit`: a picture of a record says nothing of whose it is.

Silent for pictures in texts, which have no field for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import Image
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Pictures without a credit."""
    for row in records_in(entity.record, Image):
        if not row.value.credit:
            yield Finding("this picture has no credit", entity.key(*row.path), "add credit")
