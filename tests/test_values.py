"""Our named tuples are those of `typing`, but faster to define."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any, Generic, TypeVar

import pytest

from site_builder import values

T = TypeVar("T")


class Ours(values.NamedTuple):
    """A value."""

    name: str
    number: int = 7
    more: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Both in words."""
        return f"{self.name} {self.number}"

    @classmethod
    def of(cls, name: str) -> Ours:
        """One with defaults."""
        return cls(name)


class Theirs(typing.NamedTuple):
    """A value."""

    name: str
    number: int = 7
    more: tuple[str, ...] = ()


class Pair(values.NamedTuple, Generic[T]):
    """A generic value."""

    first: T
    second: T


class Empty(values.NamedTuple):
    """A value without fields."""


def _tried(call: Any) -> Any:
    try:
        return call()
    except Exception as error:  # noqa: BLE001
        return type(error)


@pytest.mark.parametrize(
    "use",
    [
        lambda kind: tuple(kind("a")),
        lambda kind: tuple(kind("a", 2, ("x",))),
        lambda kind: tuple(kind(number=2, name="a")),
        lambda kind: kind(),
        lambda kind: kind("a", 1, (), 4),
        lambda kind: kind("a", numbr=1),
        lambda kind: kind("a").number,
        lambda kind: kind("a").more,
        lambda kind: tuple(kind("a")._replace(number=9)),
        lambda kind: kind("a")._replace(numbr=9),
        lambda kind: kind("a")._asdict(),
        lambda kind: tuple(kind._make(["a", 1, ()])),
        lambda kind: kind._make(["a"]),
        lambda kind: kind._fields,
        lambda kind: kind._field_defaults,
        lambda kind: kind.__match_args__,
        lambda kind: kind.__doc__,
        typing.get_type_hints,
        lambda kind: repr(kind("a")).partition("(")[2],
        lambda kind: kind("a") == ("a", 7, ()),
        lambda kind: hash(kind("a")),
        lambda kind: min([kind("b"), kind("a")])[0],
        lambda kind: pickle.loads(pickle.dumps(kind("a"))) == kind("a"),
        lambda kind: type(copy.copy(kind("a"))) is kind,
        lambda kind: hasattr(kind("a"), "__dict__"),
        lambda kind: setattr(kind("a"), "name", "b"),
        lambda kind: isinstance(kind("a"), tuple),
    ],
)
def test_they_do_what_those_of_typing_do(use: Any) -> None:
    assert _tried(lambda: use(Ours)) == _tried(lambda: use(Theirs))


def test_a_class_may_have_methods_and_parameters() -> None:
    assert Ours.of("a").shown == "a 7"
    assert Pair(1, 2) == (1, 2)
    assert Pair[int](1, 2).second == 2
    assert Empty() == ()
    match Ours("a", 3):
        case Ours(name, number):
            assert (name, number) == ("a", 3)


def test_a_field_without_a_default_does_not_follow_one_with_one() -> None:
    with pytest.raises(TypeError, match=r"a field without a default follows|[Nn]on-default"):
        type(values.NamedTuple)(
            "Wrong", (values.NamedTuple,), {"__annotations__": {"a": "int", "b": "int"}, "a": 1}
        )


def test_all_fields_of_a_large_class_are_there() -> None:
    names = [f"f{number}" for number in range(50)]
    space = {"__annotations__": dict.fromkeys(names, "int"), "__module__": __name__}
    kind: Any = type(values.NamedTuple)("Large", (values.NamedTuple,), space)
    assert [getattr(kind(*range(50)), name) for name in names] == list(range(50))
