"""A position that several actors hold is written once, with a list of them, and read as one position for each.

So whoever reads a record sees one actor a position. `as_written` leads from a path in a record back to the file,
where one item stands for several.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.reading.yaml_path import YamlPath

LIST, BY = "positions", "actor"
"""The list whose items may stand for several, and the field of an item that then is a list."""


def spread(data: Any) -> Any:
    """The data of an entity with a position for each actor that one names."""
    if not isinstance(data, Mapping):
        return data
    items = _items(data.get(LIST))
    if all(_count(item) is None for item in items):
        return data
    return {**data, LIST: [one for item in items for one in _spread(item)]}


def _spread(item: Any) -> list[Any]:
    if _count(item) is None:
        return [item]
    return [{**item, BY: actor} for actor in item[BY]]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _count(item: Any) -> int | None:
    """How many an item stands for, if it names them in a list."""
    named = item.get(BY) if isinstance(item, Mapping) else None
    return len(named) if isinstance(named, list) and named else None


def as_written(where: YamlPath, data: Any) -> YamlPath:
    """A path in a record, or to it, as a path in the YAML data that it was read from."""
    found: list[str | int] = []
    steps = list(where)
    while steps:
        step = steps.pop(0)
        found.append(step)
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list):
            data = data[step] if isinstance(step, int) and step < len(data) else None
        if step != LIST or not steps or not isinstance(steps[0], int):
            continue
        number, which, data = _item_at(_items(data), steps.pop(0))
        found.append(number)
        if which is not None and steps[:1] == [BY]:
            return (*found, BY, which, *steps[1:])
    return tuple(found)


def _item_at(items: list[Any], number: int | str) -> tuple[int, int | None, Any]:
    """The item that has this number once all are spread, which of its actors that is, and the item."""
    left = int(number)
    for index, item in enumerate(items):
        count = _count(item)
        if left < (count or 1):
            return index, None if count is None else left, item
        left -= count or 1
    return len(items) + left, None, None
