"""`status-contradicts`: the status of a claim contradicts what is recorded of it.

Silent for claims without a status, or that were withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.models import Claim
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding


def check(entity: LintedEntity) -> Iterator[Finding]:
    """An agreed claim that somebody contests, or a disputed one that nobody contests or has reviewed."""
    claim = entity.record
    if not isinstance(claim, Claim):
        return
    if claim.status == "agreed" and claim.contested_by:
        message = "this claim is 'agreed', but somebody contests it"
        hint = "leave the status out, and it follows from who contests it"
    elif claim.status == "disputed" and not claim.contested_by and not claim.verdict:
        message = "this claim is 'disputed', but nobody is recorded as contesting it"
        hint = "say who: contested_by; or leave the status out"
    else:
        return
    yield Finding(message, entity.value("status"), hint)
