"""The record of an entry as the class that its kind has."""

from __future__ import annotations

from typing import TypeVar

from site_builder.content.models import Record
from site_builder.links.graph import Linked

R = TypeVar("R", bound=Record)


def record_of(linked: Linked, kind: type[R]) -> R:
    """The record of an entry whose kind the caller knows. Raises `TypeError` if it is of another."""
    return linked.entry.record_of(kind)
