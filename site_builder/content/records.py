"""What records are declared with.

A record is a `Model`, a dataclass of the standard library. Beside a field's type stands what it takes, as
in `Annotated[str, Text(longest=200)]`, which `content.validators` reads, and what it holds (`Holds`); `field`
adds marks for what the rest of the program does with it, which `content.shape` reads. So whoever only uses
records need not wait for what validates them.
"""

# Without `from __future__ import annotations`, here and where records are declared: a field's type is then
# the type itself, and nobody has to evaluate strings to know what a record holds.
import dataclasses
from collections.abc import Callable
from enum import Enum
from typing import Any, ClassVar, dataclass_transform

from site_builder.values import NamedTuple


class Holds(Enum):
    """What a field's values are. Types that validate alike may hold different things."""

    TEXT = "text that readers don't see as it is: a slug, a pattern, a tag"
    LINE = "a line that pages show as it is written"
    PROSE = "text with inline Markdown"
    REF = "the slug, name or alias of an entity"
    CITES = "citations"
    DATE = "a date in EDTF"
    DAY = "a calendar day"
    STANCE = "a stance of the site's vocabulary"
    PICTURE = "a file in static/"
    URL = "an address"
    CHOICE = "one of a few words"
    FLAG = "yes or no"
    NUMBER = "a whole number"
    RECORD = "a record within the record"
    OTHER = "settings that only their own module reads"

    __hash__ = (
        object.__hash__
    )  # that of `Enum` is a function in Python, and this is looked up all the time


class Marks(NamedTuple):
    """What the program does with a field, beside what its type says."""

    min_length: int | None = None
    """The fewest items of a list."""
    max_length: int | None = None
    """The most items of a list."""

    to: tuple[str, ...] = ()
    """Of a reference: the kinds it may name; any if empty."""
    back: str = ""
    """How the reference reads among the places that mention its target: `related`. Without it, it is not there."""
    back_from: str = ""
    """The field beside it that says so instead: the label of a relation."""
    part: str = ""
    """The part of the target's page that lists whoever names it in this field."""
    itself: bool = False
    """Whether the reference may name its own entity."""
    own: str = ""
    """The word that stands for its own entity: `own`."""
    news: bool = False
    """Whether a note of changes on this entity is also news of the reference's target."""
    brings: bool = False
    """Whether the reference's target belongs to the stories of this entity."""
    belongs: bool = False
    """Whether this entity belongs to the stories of the reference's target."""
    later_by: str = ""
    """The date that this entity and the reference's target both have, where the target came first."""

    name: bool = False
    """Whether the field is a name of its entity, in `[[…]]` and in references."""
    not_before: tuple[str, str] = ("", "")
    """Of a date: the date beside it that comes first, and what is wrong if it does not."""
    states: str = ""
    """Of a list of records: what each of them states, which ought to cite something: `key point`."""
    anchor: str = ""
    """The part of its own page that shows the field."""

    data: bool = True
    """Whether the field is in the data that others can take away."""
    data_from: str = ""
    """The property that data have in its place, where more is known than what was written."""
    search: bool = True
    """Whether its text is searched with the rest of its entity."""
    show: str = ""
    """Its label on the page of a record without a page module."""
    new: str = ""
    """What `site-builder new` fills in; `today` is the day of today."""


def field(
    description: str,
    *,
    default: Any = dataclasses.MISSING,
    default_factory: Any = dataclasses.MISSING,
    to: str | tuple[str, ...] = (),
    **marks: Any,
) -> Any:
    """A field of a record: what it is for, its default if it has one, and its `Marks` by name."""
    marks["to"] = (to,) if isinstance(to, str) else to
    metadata = {"description": description, "marks": Marks(**marks)}
    if default_factory is not dataclasses.MISSING:
        return dataclasses.field(metadata=metadata, default_factory=default_factory)
    return dataclasses.field(metadata=metadata, default=default)


def marks_of(row: dataclasses.Field[Any]) -> Marks:
    """The marks of a field; a field that was declared without `field` has none."""
    marks: Marks = row.metadata.get("marks", _NO_MARKS)
    return marks


_NO_MARKS = Marks()


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
    has parts: a field, or the number of an item. With `counts_parts` this is an item of a list that was
    written otherwise, and `at` is the number there, or "" if there is no list.
    """

    def __init__(
        self, code: str, message: str, at: int | str = "", *, counts_parts: bool = False
    ) -> None:
        super().__init__(message)
        self.code = code
        self.at = at
        self.counts_parts = counts_parts


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
