"""Findings in SARIF 2.1.0, which code scanners and editors read (OASIS, 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from site_builder import __version__
from site_builder.diagnostics import CODES, Diagnostic, Severity
from site_builder.text.shown import in_message, on_one_line

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def as_sarif(diagnostics: Sequence[Diagnostic]) -> dict[str, object]:
    """All findings as a SARIF log. Columns are counted in characters of Unicode."""
    codes = sorted({row.code for row in diagnostics})
    rules = [{"id": code, "shortDescription": {"text": CODES.get(code, code)}} for code in codes]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "site-builder",
                        "semanticVersion": __version__,
                        "rules": rules,
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(row, codes.index(row.code)) for row in diagnostics],
            }
        ],
    }


def _result(row: Diagnostic, rule: int) -> dict[str, object]:
    place = row.location
    message = in_message(on_one_line(row.message))
    return {
        "ruleId": row.code,
        "ruleIndex": rule,
        "level": _LEVELS[row.severity],
        "message": {"text": f"{message}\n{in_message(row.hint)}" if row.hint else message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.path)},
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endColumn": place.column + max(1, place.length),
                    },
                }
            }
        ],
    }
