"""`NamedTuple`, as in `typing`, for the many small classes that every command defines at its start.

`typing.NamedTuple` compiles a constructor for each class and looks at each annotation, which is a tenth of the time of
a build after an edit. Here, a constructor is compiled once for each number of fields and given the names of a class,
and annotations are left alone. The rest is the same: `_fields`, `_replace`, `_asdict`, `_make`, defaults, pickles,
generic classes. For type checkers it is `typing.NamedTuple` itself.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

__all__ = ["NamedTuple"]

if TYPE_CHECKING or sys.version_info >= (3, 14):  # where annotations are not in a class's namespace
    from typing import NamedTuple
else:
    import types
    from collections import namedtuple
    from collections.abc import Iterable
    from functools import cache
    from typing import Any

    _NAMES = [f"field{number}" for number in range(64)]
    _GETTERS = list(map(vars(namedtuple("Value", _NAMES)).__getitem__, _NAMES))
    """The attributes of named tuples, by the number of the item."""

    _SHOWN = "%s=%r"

    class _Value(tuple):
        """What all classes of values have in common."""

        __slots__ = ()
        __class_getitem__ = classmethod(types.GenericAlias)

        @classmethod
        def _make(cls, values: Iterable[Any]) -> _Value:
            value = tuple.__new__(cls, values)
            if len(value) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(value)}")
            return value

        def _replace(self, /, **values: Any) -> _Value:
            value = tuple.__new__(type(self), map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {list(values)!r}")
            return value

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            shown = map(_SHOWN.__mod__, zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({', '.join(shown)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    @cache
    def _constructor(count: int) -> types.FunctionType:
        """The constructor of a class with so many fields, as `collections.namedtuple` makes it."""
        names = "".join(f"{name}, " for name in _NAMES[:count])
        space = {"_new": tuple.__new__, "__builtins__": {}, "__name__": __name__}
        made: types.FunctionType = eval(f"lambda _class, {names}: _new(_class, ({names}))", space)  # noqa: S307
        return made

    class _Class(type):
        """Makes a class of values from its annotations and defaults."""

        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            if not bases:  # `NamedTuple` itself
                return super().__new__(cls, name, bases, space)
            fields = tuple(space.get("__annotations__", ()))
            defaults = {field: space[field] for field in fields if field in space}
            if fields[len(fields) - len(defaults) :] != tuple(defaults):
                raise TypeError(f"{name}: a field without a default follows one that has one")
            shared = _constructor(len(fields))
            code = shared.__code__.replace(co_varnames=("_class", *fields), co_name="__new__")
            values = tuple(defaults.values()) or None
            new = types.FunctionType(code, shared.__globals__, "__new__", values)
            space |= zip(fields, _GETTERS, strict=False)
            space |= {"_fields": fields, "__match_args__": fields, "_field_defaults": defaults}
            space |= {"__slots__": (), "__new__": new}
            others = (base for base in bases if base is not NamedTuple)
            return type(name, (_Value, *others), space)

    class NamedTuple(metaclass=_Class):
        """The base of classes of values."""
