"""What is remembered reads back as it was, whichever Python wrote it."""

from __future__ import annotations

import pytest

from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.memory.pickles import dumps, loads


def by_name(self: Severity, _: int) -> tuple[object, tuple[type, str]]:
    """How members of enumerations are taken apart by Python 3.11.0 to 3.11.3."""
    return getattr, (type(self), self.name)


@pytest.mark.parametrize("severity", Severity)
def test_findings_of_every_severity(severity: Severity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Severity, "__reduce_ex__", by_name)
    finding = Diagnostic("bad-date", "no date", Location("a.md", 1, 2), "a hint", severity)

    assert loads(dumps(finding)) == finding
