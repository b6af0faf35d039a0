"""What a record holds, read from its class once; and the one way to look through records for something.

`shape_of` says of each field of a class what it holds. `walk` finds every value of a kind in a record, as
deep as it lies: all prose, all references, all citations, all dates. Whoever needs them asks for them so,
and keeps no list of fields.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.content.dates import Date
from site_builder.content.records import ByKind, Holds, Marks, Model, is_required, marks_of
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple


class Shape(NamedTuple):
    """A field of a record: what it holds, and what is said of it."""

    name: str
    holds: Holds
    """What its value is; of a list or a mapping by name, what each item is."""
    many: bool = False
    """Whether it is a list."""
    by_name: bool = False
    """Whether it is a mapping by names that authors choose, as `stances` is."""
    model: type[Model] | None = None
    """The class of the records it holds; also that of citations."""
    models: Mapping[str, type[Model]] = types.MappingProxyType({})
    """The classes of the records it holds by their `kind`, where they are of several."""
    choices: tuple[str, ...] = ()
    """The words it takes, if they are few."""
    required: bool = False
    """Whether it must be there."""
    always: bool = False
    """Whether it has a value in every record: it is required, or its default is one."""
    description: str = ""
    marks: Marks = Marks()


_SHAPES: dict[type, tuple[Shape, ...]] = {}
"""The shapes of classes that were asked for. Classes do not change."""


def shape_of(model: type[Model]) -> tuple[Shape, ...]:
    """The fields of a class, in order."""
    shapes = _SHAPES.get(model)
    if shapes is None:
        shapes = _SHAPES[model] = tuple(_field(row) for row in dataclasses.fields(model))
    return shapes


def _field(row: dataclasses.Field[Any]) -> Shape:
    shape = _of_type(Shape(row.name, Holds.OTHER), row.type)
    description = row.metadata.get("description", "")
    marks = marks_of(row)
    default = row.default not in (dataclasses.MISSING, None, "", ())
    return shape._replace(
        required=is_required(row),
        always=is_required(row) or default or bool(marks.data_from),
        description=description,
        marks=marks,
    )


def _of_type(shape: Shape, type: Any) -> Shape:
    """The shape with what a type says; a type within a type knows less than what stands around it."""
    origin, inner = typing.get_origin(type), typing.get_args(type)
    if origin is typing.Annotated:
        shape = _of_type(shape, inner[0])
        if any(isinstance(rule, ByKind) for rule in inner[1:]):
            members = typing.get_args(inner[0])
            return shape._replace(models={kind_of(member): member for member in members})
        holds = [rule for rule in inner[1:] if isinstance(rule, Holds)]
        if Holds.CITES in holds:  # a list of citations is one value
            return shape._replace(holds=Holds.CITES, many=False)
        return shape._replace(holds=holds[-1]) if holds else shape
    if origin in {types.UnionType, typing.Union}:
        members = tuple(member for member in inner if member is not types.NoneType)
        return _of_type(shape, members[0]) if len(members) == 1 else shape
    if origin is tuple:
        return _of_type(shape._replace(many=True), inner[0])
    if origin is dict:
        return _of_type(shape._replace(by_name=True), inner[1])
    if origin is typing.Literal:
        return shape._replace(holds=Holds.CHOICE, choices=inner)
    if issubclass(type, Model):
        return shape._replace(holds=Holds.RECORD, model=type)
    return shape._replace(holds=_PLAIN[type])


_PLAIN = {
    str: Holds.TEXT,
    bool: Holds.FLAG,
    int: Holds.NUMBER,
    datetime.date: Holds.DAY,
    Date: Holds.DATE,
}


def kind_of(model: type[Model]) -> str:
    """The `kind` by which a class is told from others that a field takes, too."""
    (shape,) = (shape for shape in shape_of(model) if shape.name == "kind")
    return shape.choices[0]


def shapes_in(model: type[Model], holds: Holds) -> list[tuple[YamlPath, Shape]]:
    """The fields of a class, and of records within, that hold such values, with the names on the way to them."""
    way = _way(model, holds)
    found: list[tuple[YamlPath, Shape]] = [((shape.name,), shape) for shape in way.own]
    for shape, _ in way.within:
        if shape.model:
            rows = shapes_in(shape.model, holds)
            found += (((shape.name, *names), inner) for names, inner in rows)
    return found


def said_in(model: type[Model]) -> str:
    """The field of a class that says in prose what its records state: the first one; "" if there is none."""
    return next((shape.name for shape in shape_of(model) if shape.holds is Holds.PROSE), "")


# --- walking -------------------------------------------------------------------------------------


class Found(NamedTuple):
    """A value in a record: the path to it, its field, and the record that has this field."""

    path: YamlPath
    value: Any
    field: Shape
    holder: Model


class _Way(NamedTuple):
    """Where records of a class hold what is looked for: in fields of their own, and in records within."""

    own: tuple[Shape, ...]
    within: tuple[tuple[Shape, _Way], ...]

    def __bool__(self) -> bool:
        return bool(self.own or self.within)


def walk(record: Model, holds: Holds) -> list[Found]:
    """All values of a kind in a record that are there; the record's own before those of records within.

    A list is walked item by item, and citations as the list that they are.
    """
    found: list[Found] = []
    _walk(record, _way(type(record), holds), (), found)
    return found


def records_in(record: Model, model: type[Model]) -> list[Found]:
    """All records of a class within a record, also those of its subclasses, each before those within it."""
    found: list[Found] = []
    way = _way(type(record), Holds.RECORD, model)
    if way:
        _walk(record, way, (), found)
    return found


_WAYS: dict[tuple[type, Holds, type | None], _Way] = {}
"""The ways that were asked for."""


def _way(model: type[Model], holds: Holds, of: type[Model] | None = None) -> _Way:
    """The way to all values of a kind; with `of`, to the records of that class alone."""
    way = _WAYS.get((model, holds, of))
    if way is None:
        shapes = shape_of(model)
        own = tuple(
            shape
            for shape in shapes
            if shape.holds is holds
            and (of is None or (shape.model is not None and issubclass(shape.model, of)))
        )
        inner = (
            (shape, _way(shape.model, holds, of))
            for shape in shapes
            if shape.holds is Holds.RECORD and shape.model
        )
        way = _Way(own, tuple((shape, further) for shape, further in inner if further))
        _WAYS[model, holds, of] = way
    return way


def _walk(record: Model, way: _Way, at: YamlPath, found: list[Found]) -> None:
    for shape in way.own:
        value = getattr(record, shape.name)
        if value is None or value in ((), ""):
            continue
        where = (*at, shape.name)
        if shape.many or shape.by_name:
            items = _items(value, shape, where)
            found += [Found(path, item, shape, record) for path, item in items]
        else:
            found.append(Found(where, value, shape, record))
    for shape, further in way.within:
        value = getattr(record, shape.name)
        if value is None or value == ():
            continue
        where = (*at, shape.name)
        if shape.many or shape.by_name:
            for path, item in _items(value, shape, where):
                _walk(item, further, path, found)
        else:
            _walk(value, further, where, found)


def _items(value: Any, shape: Shape, at: YamlPath) -> Iterable[tuple[YamlPath, Any]]:
    """The items of a list or mapping, each with its path."""
    rows = enumerate(value) if shape.many else value.items()
    return [((*at, key), item) for key, item in rows]
