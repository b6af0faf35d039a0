"""Our own values as bytes, and back, without running anything a foreign cache might hold.

Only the classes listed here are made again (see "Restricting Globals" in the documentation of `pickle`);
anything else counts as damage. All of them only hold values: to make one runs nothing but its constructor.
"""

from __future__ import annotations

import importlib
import io
import pickle
from collections.abc import Callable
from enum import Enum
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

_LISTED = """
datetime date
site_builder.content.dates Date
site_builder.content.entries About AboutFile BrokenEntry Entry EntryFacts FileFacts LoadedFile SiteFile
site_builder.content.models EntityId
site_builder.content.moments Moment
site_builder.content.places Late
site_builder.diagnostics Diagnostic Location Severity
site_builder.engine.steps Step
site_builder.links.belonging Belonging
site_builder.links.evidence Passage
site_builder.links.graph AnchorUse Backlink Head Href Link LinkedAbout Mark Photo Use
site_builder.markdown.document Citation Document Handle Heading Html Inline LinkOpen Picture WikiLink
site_builder.memory.pickles Packed
site_builder.memory.rows Published
site_builder.pages.briefs Brief Card
site_builder.lint.comments Comment
site_builder.lint.finding Linted
site_builder.sources.places Spot Standing
site_builder.stages.steps Told
"""
CLASSES = frozenset(
    (module, name)
    for module, *names in map(str.split, _LISTED.strip().splitlines())
    for name in names
)
"""The classes of what is remembered, by module and name, but for those of records."""
RECORDS = frozenset(
    (
        "site_builder.content.citing",
        "site_builder.content.linting",
        "site_builder.content.models",
        "site_builder.content.standards",
        "site_builder.content.targets",
    )
)
"""The modules whose record classes are remembered, too: every class there that is a `Model`."""
_found: dict[tuple[str, str], type] = {}
"""Those of them that were needed so far."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        known = _found.get((module, name))
        return known if known is not None else _find(module, name)


def _find(module: str, name: str) -> type:
    is_listed = (module, name) in CLASSES
    if not is_listed and module not in RECORDS:
        raise pickle.UnpicklingError(f"{module}.{name} is not one of ours")
    found: type = getattr(importlib.import_module(module), name)
    if not is_listed and not _is_record(found, module):
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
    if not hasattr(found, "__setstate__") and found.__module__ != "datetime":
        # A class of Python's own, written in C, can't be changed anyway.
        found.__setstate__ = _refused if is_listed else _OfInstances()  # type: ignore[attr-defined]
    _found[module, name] = found
    return found


def _refused(_value: object, _state: object) -> None:
    """The method `__setstate__` of classes whose values are made from arguments alone.

    The opcode `BUILD` of a pickle sets attributes of whatever is there, even of a class or of a member of an
    enumeration, unless that has such a method. So what a stranger has written could change our classes.
    """
    raise pickle.UnpicklingError("this value has no state")


class _OfInstances:
    """The same for records, whose attributes are set when one is read: only their classes have the method."""

    def __get__(self, value: object, owner: type) -> Callable[[object, object], None]:
        if value is None:
            return _refused
        raise AttributeError("__setstate__")


def _is_record(found: object, module: str) -> bool:
    """Whether a value of a module is a class of records that was written there. Records only hold values."""
    bases = {f"{base.__module__}.{base.__name__}" for base in getattr(found, "__mro__", ())[1:]}
    is_here = getattr(found, "__module__", "") == module
    return isinstance(found, type) and is_here and "site_builder.content.records.Model" in bases


class _PlainReader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


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

    def put_away(self) -> None:
        """Keeps its bytes alone, until the value is asked for."""
        self.__getstate__()

    def __getstate__(self) -> bytes:
        if self._data is None:
            self._data, self._value = dumps(self._value), None
        return self._data

    def __setstate__(self, data: bytes) -> None:
        self._value, self._data = None, data


class _Reductions(dict[type, Any]):
    """How values are taken apart: named tuples, of which most of ours are made, at half of the usual cost.

    Members of an enumeration are called by their value. Python before 3.11.4 would read them by `getattr`, which is
    not on the list.
    """

    def __missing__(self, kind: type) -> Any:
        if issubclass(kind, tuple):
            self[kind] = _taken_apart
        elif issubclass(kind, Enum):
            self[kind] = _by_value
        else:
            raise KeyError(kind)
        return self[kind]


def _taken_apart(value: tuple[Any, ...]) -> tuple[type, tuple[Any, ...]]:
    return value.__class__, tuple(value)


def _by_value(value: Enum) -> tuple[type, tuple[Any, ...]]:
    return value.__class__, (value.value,)


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


def plain_loads(data: bytes) -> Any:
    """Plain data of bytes that `dumps` made: no classes. None if they are damaged or hold anything else."""
    try:
        return _PlainReader(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001  # as above
        return None
