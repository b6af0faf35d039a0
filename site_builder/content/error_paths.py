"""The paths of a validator's errors: where they are in the file, and what may stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.content.records import Holds
from site_builder.content.shape import Shape, shape_of
from site_builder.reading.yaml_path import YamlPath


def value_at(data: Any, where: YamlPath) -> Any:
    """What stands at a path in plain data, or None."""
    for step in where:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def walk_errors(model: Any, where: YamlPath) -> tuple[Any, YamlPath]:
    """The dataclass at a validator's path below a model, or None; and the path in the file.

    The two paths differ where a mapping is one of several models: the validator's then has a step
    more, the kind.
    """
    written: list[str | int] = []
    is_key = False
    kinds: Mapping[str, Any] = {}
    for step in where:
        if kinds and not is_key and step in kinds:
            model, kinds = kinds[str(step)], {}
            continue
        written.append(step)
        if isinstance(step, int):
            continue
        if is_key:  # the key of a mapping by name, as in `stances`
            is_key = False
            continue
        shape = fields_of(model).get(step, _NO_FIELD) if model else _NO_FIELD
        model, is_key, kinds = shape.model, shape.by_name, shape.models
    return model, tuple(written)


_NO_FIELD = Shape("", Holds.OTHER)


def fields_of(model: Any) -> dict[str, Shape]:
    """The fields of a class by name."""
    return {shape.name: shape for shape in shape_of(model)}


def fields_at(model: Any, where: YamlPath) -> list[str]:
    """The names of the fields of what is at a path."""
    found, _ = walk_errors(model, where)
    return field_names(found) if found else []


def description_at(model: Any, where: YamlPath) -> str:
    """What the field at a path is for, in the form of a hint."""
    found, _ = walk_errors(model, where[:-1])
    shape = fields_of(found).get(str(where[-1])) if found else None
    return f"… ({shape.description.rstrip('.')})" if shape else "…"


def field_names(model: Any) -> list[str]:
    """The names of all fields."""
    return [shape.name for shape in shape_of(model)]
