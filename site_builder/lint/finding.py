"""What rules find, and what is remembered of it."""

from __future__ import annotations

from typing import Any

from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.values import NamedTuple


class Finding(NamedTuple):
    """What a rule has found. Its code is the rule's, and so is its level, unless it says another."""

    message: str
    location: Location
    hint: str = ""
    severity: Severity | None = None


class Linted(NamedTuple):
    """What comes of an entity: findings, and by rule what rules about the whole site need to know of it."""

    findings: tuple[Diagnostic, ...] = ()
    notes: tuple[tuple[str, Any], ...] = ()
