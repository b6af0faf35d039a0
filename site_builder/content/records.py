"""What records are declared with.

A record is a `Model`, a dataclass of the standard library. What its fields take is said beside their types, as
in `Annotated[str, Text(longest=200)]`; `content.validators` reads that. So whoever only uses records
need not wait for what validates them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, dataclass_transform


def field(description: str, **more: Any) -> Any:
    """A field of a record: what it is for, and its `default` or `default_factory` if it has one.

    `min_length` and `max_length` bound the number of its items.
    """
    settings = {key: more.pop(key) for key in ("default", "default_factory") if key in more}
    return dataclasses.field(metadata={"description": description, **more}, **settings)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Model:
    """What every record is: a frozen dataclass whose fields are named when one is made.

    What all records do alike is written here once. `dataclasses` would write and compile six methods
    for each class, a millisecond a class at every start of the program.
    """

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    def __init_subclass__(cls) -> None:
        dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)

    def __init__(self, **values: Any) -> None:
        for row in dataclasses.fields(self):
            if row.name in values:
                value = values.pop(row.name)
            elif row.default_factory is not dataclasses.MISSING:
                value = row.default_factory()
            elif row.default is not dataclasses.MISSING:
                value = row.default
            else:
                raise TypeError(f"{type(self).__name__} needs '{row.name}'")
            object.__setattr__(self, row.name, value)
        if values:
            raise TypeError(f"{type(self).__name__} has no field '{next(iter(values))}'")

    def __setattr__(self, name: str, _: object) -> None:
        raise dataclasses.FrozenInstanceError(f"'{name}' can't be changed")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"'{name}' can't be deleted")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, row.name) for row in dataclasses.fields(self)))

    def __repr__(self) -> str:
        fields = (f"{row.name}={getattr(self, row.name)!r}" for row in dataclasses.fields(self))
        return f"{type(self).__name__}({', '.join(fields)})"


def is_required(row: dataclasses.Field[Any]) -> bool:
    """Whether a field must be there."""
    return row.default is dataclasses.MISSING and row.default_factory is dataclasses.MISSING


class WrongValue(ValueError):
    """A value that its field does not take.

    `code` is the type of the validator's error. `at` is the part of the value that is wrong, if it
    has parts: a field, or the number of an item.
    """

    def __init__(self, code: str, message: str, at: int | str = "") -> None:
        super().__init__(message)
        self.code = code
        self.at = at


class Text(NamedTuple):
    """A text of at least one character, without the white space around it."""

    shortest: int | None = 1
    longest: int | None = None


class Before(NamedTuple):
    """A function that the value goes through first. It may raise `WrongValue`."""

    function: Callable[[Any], object]


class After(NamedTuple):
    """A function that the value goes through last. It may raise `WrongValue`."""

    function: Callable[[Any], object]


class ByKind:
    """One of several records, told apart by their field `kind`."""


class AsJsonSchema:
    """What JSON Schemas say of the field, where the validator is a function of ours."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema

    def __call__(self, *_: object) -> dict[str, Any]:
        """The schema, whatever pydantic would say."""
        return dict(self._schema)
