"""What can still be said of a content file that is wrong somewhere, for the loaders of all of them."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.content.entries import (
    line_fields,
)
from site_builder.content.models import AboutPage, Record, Site
from site_builder.content.validating import (
    Place,
)
from site_builder.diagnostics import (
    Diagnostic,
    Location,
)
from site_builder.markdown.plain_lines import line_problems
from site_builder.reading.yaml_slips import slip_in_line


def of_single(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings of what can be read of one record that stand whatever the rest of it says."""
    return tuple(row for row in found if not may_follow(row))


def may_follow(row: Diagnostic) -> bool:
    """Whether a finding may be because of what can't be read: there is the field, or the anchor again."""
    return row.code == "missing-field" or (
        row.code == "yaml-feature" and row.location.text[row.location.column - 1 :][:1] == "&"
    )


def without_consequences(
    odd: tuple[Diagnostic, ...], problem: Diagnostic
) -> tuple[Diagnostic, ...]:
    """What is wrong with the front matter as a whole, unless a merge conflict is why."""
    is_cause = any(row.code == "conflict-marker" for row in odd)
    return odd if is_cause else (*odd, problem)


def no_fields(owner: str, yaml: str, place: Place, first_line: int) -> Diagnostic:
    """The finding for a text where fields are expected: `title:Tea`, perhaps."""
    lines = yaml.split("\n")
    number = next((i for i, line in enumerate(lines) if line.strip()), 0)
    slip = slip_in_line(lines[number].rstrip(), number)
    if slip:
        line, column = first_line + slip.line, slip.column + 1
        location = Location(place.path, line, column, max(1, slip.length), lines[number])
        return Diagnostic("yaml-syntax", slip.message, location, slip.hint)
    message = f"{owner} must have fields, but this is text"
    hint = "a field is a name, a colon, a space and a value: 'title: …'"
    return Diagnostic("wrong-type", message, place.value(()), hint)


def markup_in_lines(record: Record | Site | AboutPage, place: Place) -> list[Diagnostic]:
    """What is written as markup in fields that are shown as they are."""
    found: list[Diagnostic] = []
    for where, text in line_fields(record):
        for row in line_problems(text):
            column, length = row.location.column, row.location.length
            location = place.places.prose(place.path, place.within + where, column, length)
            found.append(row._replace(location=location))
    return found
