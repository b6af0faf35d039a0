"""Which fields of records are data, and what they are called there: for the data and for their schema."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.content.models import Fact, Point, Position
from site_builder.content.records import Holds, Model
from site_builder.content.shape import Shape, shape_of

SITE_FIELDS = (
    "title", "description", "language", "base_url", "publisher", "authors", "licence", "method", "machine",
    "reviewed_by", "contact", "corrections",
)  # fmt: skip
"""The settings that are data."""
PLACES: Mapping[type[Model], tuple[str, ...]] = {
    Point: ("id",),
    Fact: ("id",),
    Position: ("id", "path"),
}
"""What is said of where a record within its entity stands: its anchor, and its path."""


def name_in_data(shape: Shape) -> str:
    """What a field is called in data."""
    return "cites" if shape.holds is Holds.CITES else shape.name


def needed_references(model: type[Model]) -> tuple[str, ...]:
    """The references without which a record within says nothing: a position needs its actor."""
    return tuple(
        shape.name
        for shape in shape_of(model)
        if shape.holds is Holds.REF and shape.required and not shape.many
    )
