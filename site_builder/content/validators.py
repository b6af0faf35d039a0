"""The validators of records, made for pydantic's core from what the records' classes say.

pydantic makes such validators of any class, but takes longer to import than a small site to build.
Records use so few types that its core alone will do; pydantic is asked only for JSON Schemas.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, core_schema

from site_builder.content.dates import UNKNOWN, Date
from site_builder.content.records import (
    After,
    AsJsonSchema,
    Before,
    ByKind,
    Marks,
    Model,
    Text,
    WrongValue,
    is_required,
    marks_of,
)
from site_builder.content.shape import kind_of


@cache
def validator(model: type[Model]) -> SchemaValidator:
    """What makes records of a class from plain data; it finds everything that is wrong at once."""
    return SchemaValidator(schema_of(model))


@cache
def lenient_validator(model: type[Model]) -> SchemaValidator:
    """What makes records of a class from any mapping: what is wrong or missing gets a default."""
    return SchemaValidator(schema_of(model, lenient=True))


def schema_of(model: type[Model], *, lenient: bool = False) -> CoreSchema:
    """What a class says of its records, as pydantic's core takes it."""
    schemas = _Schemas(lenient=lenient)
    schema = schemas.of(model)
    return core_schema.definitions_schema(schema, list(schemas.models.values()))


_NO_MARKS = Marks()


class _Schemas:
    """Makes schemas of type hints; `models` are those of the records they hold, by their class.

    Those of lenient ones take everything but a record that is no mapping.
    """

    def __init__(self, *, lenient: bool) -> None:
        self.models: dict[type[Model], CoreSchema] = {}
        self._lenient = lenient

    def of(self, hint: Any, marks: Marks = _NO_MARKS) -> CoreSchema:
        """The schema of a type. `marks` are those of its field."""
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Annotated:
            return self._annotated(inner[0], inner[1:], marks)
        if origin is Literal:
            return core_schema.literal_schema(list(inner))
        if origin is tuple:
            return core_schema.tuple_schema(
                [self._item(inner[0])],
                variadic_item_index=0,
                min_length=marks.min_length,
                max_length=marks.max_length,
            )
        if origin is dict:
            return core_schema.dict_schema(self.of(inner[0]), self.of(inner[1]))
        if origin in {types.UnionType, typing.Union}:
            (one,) = (member for member in inner if member is not types.NoneType)
            return core_schema.nullable_schema(self.of(one, marks))
        if issubclass(hint, Model):
            return self._model(hint)
        return _PLAIN[hint]

    def _annotated(self, hint: Any, beside: tuple[Any, ...], marks: Marks) -> CoreSchema:
        """The schema of a type with rules of ours beside it, the innermost first."""
        if isinstance(beside[0], ByKind):
            return self._by_kind(typing.get_args(hint))
        schema = self.of(hint, marks)
        for rule in beside:
            match rule:
                case Text():
                    schema = core_schema.str_schema(
                        strip_whitespace=True, min_length=rule.shortest, max_length=rule.longest
                    )
                case Before():
                    function = _with_errors_of_core(rule.function)
                    schema = core_schema.no_info_before_validator_function(function, schema)
                case After():
                    function = _with_errors_of_core(rule.function)
                    schema = core_schema.no_info_after_validator_function(function, schema)
                case AsJsonSchema():
                    schema = {**schema, "metadata": {"pydantic_js_functions": [rule]}}
        return schema

    def _by_kind(self, models: tuple[type[Model], ...]) -> CoreSchema:
        choices = {}
        for model in models:
            choices[kind_of(model)] = self.of(model)
        return core_schema.tagged_union_schema(choices, "kind")

    def _model(self, model: type[Model]) -> CoreSchema:
        name = f"{model.__module__}.{model.__qualname__}:{id(model)}"
        if model not in self.models:
            rows = dataclasses.fields(model)
            self.models[model] = core_schema.dataclass_schema(
                model,
                core_schema.dataclass_args_schema(
                    model.__name__, [self._field(row) for row in rows]
                ),
                [row.name for row in rows],
                config={
                    "title": model.__name__,
                    "extra_fields_behavior": "ignore" if self._lenient else "forbid",
                },
                ref=name,
            )
        return core_schema.definition_reference_schema(name)

    def _field(self, row: dataclasses.Field[Any]) -> core_schema.DataclassField:
        schema = self.of(row.type, marks_of(row))
        on_error: Literal["raise", "default"] = "default" if self._lenient else "raise"
        if row.default_factory is not dataclasses.MISSING:
            schema = core_schema.with_default_schema(
                schema, default_factory=row.default_factory, on_error=on_error
            )
        elif not is_required(row):
            schema = core_schema.with_default_schema(schema, default=row.default, on_error=on_error)
        elif self._lenient:
            schema = _or_empty(schema, row.type)
        about = {name: row.metadata[name] for name in ("description",) if name in row.metadata}
        return core_schema.dataclass_field(
            row.name, schema, metadata={"pydantic_js_updates": about}
        )

    def _item(self, hint: Any) -> CoreSchema:
        """The schema of an item of a list. A lenient one never leaves an item out, so that all keep their numbers."""
        schema = self.of(hint)
        return _or_empty(schema, hint) if self._lenient else schema


def _or_empty(schema: CoreSchema, hint: Any) -> CoreSchema:
    """A schema that takes an empty value for what is missing or wrong."""
    return core_schema.with_default_schema(
        schema, default_factory=lambda: _empty(hint), on_error="default"
    )


def _empty(hint: Any) -> object:
    """The emptiest value of a type."""
    while typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    origin = typing.get_origin(hint)
    if origin is Literal:
        return typing.get_args(hint)[0]
    if origin in {types.UnionType, typing.Union}:
        return None
    if issubclass(hint, Model):
        return lenient_validator(hint).validate_python({})
    return UNKNOWN if hint is Date else (origin or hint)()


_PLAIN: dict[type, CoreSchema] = {
    str: core_schema.str_schema(),
    bool: core_schema.bool_schema(),
    int: core_schema.int_schema(),
    datetime.date: core_schema.date_schema(),
    Date: core_schema.is_instance_schema(Date),
}


def _with_errors_of_core(function: Callable[[Any], object]) -> Callable[[Any], object]:
    """The same function with errors that pydantic's core takes as they are."""

    def checked(value: Any) -> object:
        try:
            return function(value)
        except WrongValue as wrong:
            # The message comes last, so that nothing in it is taken for a name to fill in.
            context = {"at": wrong.at, "counts_parts": wrong.counts_parts, "message": str(wrong)}
            raise PydanticCustomError(wrong.code, "{message}", context) from None

    return checked
