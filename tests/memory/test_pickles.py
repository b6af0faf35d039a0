"""What is remembered reads back as it was, whichever Python wrote it."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

from site_builder.content.models import Actor, EntityId
from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.memory.pickles import Packed, dumps, loads


def by_name(self: Severity, _: int) -> tuple[object, tuple[type, str]]:
    """How members of enumerations are taken apart by Python 3.11.0 to 3.11.3."""
    return getattr, (type(self), self.name)


@pytest.mark.parametrize("severity", Severity)
def test_findings_of_every_severity(severity: Severity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Severity, "__reduce_ex__", by_name)
    finding = Diagnostic("bad-date", "no date", Location("a.md", 1, 2), "a hint", severity)

    assert loads(dumps(finding)) == finding


def build(target: bytes, attributes: bytes = b"X\x04\0\0\0codeK\x01") -> bytes:
    """A pickle that sets attributes of a value: `BUILD` with a state of the second kind, for slots."""
    return b"\x80\x05" + target + b"N}(" + attributes + b"u\x86b."


def name_of(kind: type) -> bytes:
    return f"c{kind.__module__}\n{kind.__qualname__}\n".encode()


@pytest.mark.parametrize("kind", [EntityId, Diagnostic, Severity, Actor, Packed, date])
def test_a_pickle_changes_no_class(kind: type) -> None:
    before = {**vars(kind)}

    assert loads(build(name_of(kind))) is None
    assert loads(build(name_of(kind)).replace(b"N}(", b"}(").replace(b"u\x86b", b"ub")) is None

    after = {**vars(kind)}
    before.setdefault("__setstate__", after.get("__setstate__"))
    assert {name: value for name, value in after.items() if value is not before.get(name)} == {}


def test_a_pickle_changes_no_member_of_an_enumeration() -> None:
    member = name_of(Severity) + b"X\x05\0\0\0error\x85R"
    assert loads(b"\x80\x05" + member + b".") is Severity.ERROR

    assert loads(build(member, b"X\x07\0\0\0_value_K\x01")) is None
    assert loads(b"\x80\x05" + member + b"}X\x07\0\0\0_value_K\x01sb.") is None

    assert Severity.ERROR.value == "error"


def test_records_are_read_and_copied_as_before() -> None:
    record = Actor(name="Holt")
    assert loads(dumps(record)) == record
    assert copy.deepcopy(record) == record == copy.copy(record)
    assert pickle.loads(pickle.dumps(record)) == record
    assert copy.deepcopy(EntityId("actor", "holt")) == EntityId("actor", "holt")
    assert pickle.loads(pickle.dumps(Severity.ERROR)) is Severity.ERROR
