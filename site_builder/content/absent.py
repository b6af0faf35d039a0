"""Fields without a value are fields that are not there, if they are fields at all.

`summary:` alone says nothing, and so it counts for nothing. A name that no field has is kept, for it is
wrong whatever its value; so is an entry without a value in a mapping by name, such as a stance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.content.records import Holds, Model
from site_builder.content.shape import Shape, shape_of

_DATE_FIELDS = ("date", "text")


def without_absent(model: type[Model], data: Any) -> Any:
    """Plain data for a record without the fields of it, and of records within, that have no value (null)."""
    return _record(model, data) if _has_absent(data) else data


def _has_absent(data: Any) -> bool:
    if isinstance(data, str):
        return False
    values = data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ()
    for value in values:  # a hot path
        if value is None or (not isinstance(value, str) and _has_absent(value)):
            return True
    return False


def _record(model: type[Model] | None, data: Any) -> Any:
    if not isinstance(data, Mapping) or model is None:
        return data
    fields = {shape.name: shape for shape in shape_of(model)}
    return {
        key: _field(fields[key], value) if key in fields else value
        for key, value in data.items()
        if value is not None or key not in fields
    }


def _field(shape: Shape, value: Any) -> Any:
    if isinstance(value, list):
        return [_item(shape, item) for item in value]
    if shape.by_name and isinstance(value, Mapping):
        empty: Any = {} if shape.model or shape.models else None
        return {key: _item(shape, empty if row is None else row) for key, row in value.items()}
    return _item(shape, value)


def _item(shape: Shape, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if shape.holds is Holds.DATE:
        return {k: v for k, v in value.items() if v is not None or k not in _DATE_FIELDS}
    return _record(shape.models.get(value.get("kind", "")) if shape.models else shape.model, value)
