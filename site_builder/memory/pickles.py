"""Our own values as bytes, and back, without running anything a foreign cache might hold.

Only classes of this package and a few plain ones are made again (see "Restricting Globals" in the
documentation of `pickle`); anything else counts as damage.
"""

from __future__ import annotations

import datetime
import importlib
import io
import pickle
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar, cast

from site_builder.diagnostics import Severity

K = TypeVar("K")
T = TypeVar("T")

_KNOWN: dict[tuple[str, str], Any] = {
    ("datetime", "date"): datetime.date,
    ("builtins", "frozenset"): frozenset,
    ("site_builder.diagnostics", "Severity"): Severity,
}


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        known = _KNOWN.get((module, name))
        return known if known is not None else _found(module, name)


def _found(module: str, name: str) -> Any:
    if module.startswith("site_builder.") and "." not in name and not name.startswith("_"):
        found = getattr(importlib.import_module(module), name)
        if isinstance(found, type):
            _KNOWN[module, name] = found
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is not ours")


class Packed(Generic[T]):
    """A value that is read from its bytes only when it is asked for."""

    __slots__ = ("_data", "_value")

    def __init__(self, value: T) -> None:
        self._value: T | None = value
        self._data: bytes | None = None

    def get(self) -> T:
        """The value. Raises `UnpicklingError` if its bytes are not ours."""
        if self._value is None:
            assert self._data is not None
            self._value = _Reader(io.BytesIO(self._data)).load()
        return cast("T", self._value)

    def read(self) -> T:
        """The same, but its bytes stay all that is kept of it."""
        if self._value is not None:
            return self._value
        assert self._data is not None
        return cast("T", _Reader(io.BytesIO(self._data)).load())

    def __getstate__(self) -> bytes:
        if self._data is None:
            self._data, self._value = dumps(self._value), None
        return self._data

    def __setstate__(self, data: bytes) -> None:
        self._value, self._data = None, data


class Unpacked(Mapping[K, T]):
    """A mapping to packed values as one to the values."""

    def __init__(self, packed: Mapping[K, Packed[T]]) -> None:
        self._packed = packed

    def __getitem__(self, key: K) -> T:
        return self._packed[key].get()

    def __iter__(self) -> Iterator[K]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class _Reductions(dict[type, Any]):
    """How values are taken apart: named tuples, of which most of ours are made, at half of the usual cost."""

    def __missing__(self, kind: type) -> Any:
        if not issubclass(kind, tuple):
            raise KeyError(kind)
        self[kind] = _taken_apart
        return _taken_apart


def _taken_apart(value: tuple[Any, ...]) -> tuple[type, tuple[Any, ...]]:
    return value.__class__, tuple(value)


class _Writer(pickle.Pickler):
    dispatch_table = _Reductions()


def dumps(value: object) -> bytes:
    """The bytes of a value of ours."""
    file = io.BytesIO()
    _Writer(file, protocol=5).dump(value)
    return file.getvalue()


def loads(data: bytes | memoryview) -> Any:
    """The value of bytes that `dumps` made; None if they are damaged, foreign or of another version."""
    try:
        return _Reader(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001  # whatever is wrong with a cache, it is as good as absent
        return None
