"""Fields without a value are fields that are not there, if they are fields at all.

`summary:` alone says nothing, and so it counts for nothing. A name that no field has is kept, for it is
wrong whatever its value; so is an entry without a value in a mapping by name, such as a stance.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any

from site_builder.content.dates import Date
from site_builder.content.records import ByKind

_DATE_FIELDS = ("date", "text")


def without_absent(hint: Any, data: Any) -> Any:
    """Plain data for a type without the fields of its records that have no value (null)."""
    return _of(hint, data) if _has_absent(data) else data


def _has_absent(data: Any) -> bool:
    if isinstance(data, str):
        return False
    values = data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ()
    for value in values:  # a hot path
        if value is None or (not isinstance(value, str) and _has_absent(value)):
            return True
    return False


def _of(hint: Any, data: Any) -> Any:
    if isinstance(data, list):
        inner = _items_of(hint)
        return [_of(inner, item) for item in data]
    if not isinstance(data, Mapping):
        return data
    hint = _items_of(hint)
    if typing.get_origin(hint) is dict:
        inner = typing.get_args(hint)[1]
        empty: Any = None if inner is str else {}
        return {key: _of(inner, empty if row is None else row) for key, row in data.items()}
    fields = _fields_of(hint, data)
    return {
        key: _of(fields.get(key), value)
        for key, value in data.items()
        if value is not None or (fields and key not in fields)
    }


def _items_of(hint: Any) -> Any:
    """What a list of a type holds, or one value where it is a list of one; else the type itself."""
    while True:
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Annotated:
            if any(isinstance(mark, ByKind) for mark in inner[1:]):
                return hint
            hint = inner[0]
        elif origin in {types.UnionType, typing.Union}:
            hint = next(member for member in inner if member is not types.NoneType)
        elif origin is tuple:
            hint = inner[0]
        else:
            return hint


def _fields_of(hint: Any, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of what a mapping is to be, with their types; none if nobody knows."""
    if hint is Date:
        return dict.fromkeys(_DATE_FIELDS, str)
    if typing.get_origin(hint) is typing.Annotated:
        members = typing.get_args(typing.get_args(hint)[0])
        kinds = {typing.get_args(typing.get_type_hints(row)["kind"])[0]: row for row in members}
        hint = kinds.get(data.get("kind"))
    return (
        typing.get_type_hints(hint, include_extras=True) if dataclasses.is_dataclass(hint) else {}
    )
