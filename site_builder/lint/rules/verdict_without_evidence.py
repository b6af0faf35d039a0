"""`verdict-without-evidence`: a reviewer's verdict can't be followed to anything.

Silent if the verdict has an address, or says in words what was found.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import Verdict
from site_builder.content.shape import records_in
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Verdicts without a text and an address."""
    for row in records_in(entity.record, Verdict):
        if not row.value.text and not row.value.url:
            yield Finding(
                f"nothing shows how {row.value.reviewer} came to this verdict",
                entity.key(*row.path),
                "add the address of the review (url), or say what was found (text)",
            )
