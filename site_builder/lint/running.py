"""Runs rules: on one entity, and on the site as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from site_builder.content.linting import RULES
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding, Linted
from site_builder.lint.site import LintedSite


@cache
def _module(code: str) -> ModuleType:
    return import_module(f"site_builder.lint.rules.{code.replace('-', '_')}")


def lint_entity(entity: LintedEntity, codes: Iterable[str]) -> Linted:
    """What rules find in an entity."""
    found: list[Diagnostic] = []
    notes: list[tuple[str, Any]] = []
    for code in codes:
        module = _module(code)
        if hasattr(module, "check"):
            found += _diagnostics(code, module.check(entity))
        if hasattr(module, "note"):
            noted = module.note(entity)
            if noted:
                notes.append((code, noted))
    return Linted(tuple(found), tuple(notes))


def lint_site(
    site: LintedSite, codes: Collection[str], linted: Mapping[EntityId, Linted]
) -> Iterator[Diagnostic]:
    """What rules find in the site as a whole."""
    for code in codes:
        module = _module(code)
        if hasattr(module, "check_site"):
            notes = {
                id: value for id, row in linted.items() for name, value in row.notes if name == code
            }
            yield from _diagnostics(code, module.check_site(site, notes))


def _diagnostics(code: str, found: Iterable[Finding]) -> Sequence[Diagnostic]:
    level = RULES[code].level
    usual = Severity.ADVICE if level == "off" else Severity(level)
    return [
        Diagnostic(code, row.message, row.location, row.hint, row.severity or usual)
        for row in found
    ]
