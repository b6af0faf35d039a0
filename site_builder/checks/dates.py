"""`date-order`: dates that contradict each other. Only a warning, because there are exceptions."""

from __future__ import annotations

from itertools import pairwise

from site_builder.content.dates import Date
from site_builder.content.models import Position
from site_builder.content.places import Places
from site_builder.content.records import Holds
from site_builder.content.shape import Found, records_in, walk
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph, Linked
from site_builder.reading.yaml_path import YamlPath


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Expiry before publication, events and positions before their predecessors, sources read too early."""
    found = []

    def warn(where: YamlPath, message: str) -> None:
        location = places.value(linked.entry.file, linked.entry.within + where)
        found.append(Diagnostic("date-order", message, location, severity=Severity.WARNING))

    record = linked.entry.record
    begin, end = record.publish_on, record.expires_on
    if begin and end and end <= begin:
        warn(("expires_on",), "this expires before it is published")
    for row in walk(record, Holds.DATE):
        other, message = row.field.marks.not_before
        first = getattr(row.holder, other) if other else None
        if first and row.value.is_before(first):
            warn(row.path, message)
    for row in walk(record, Holds.REF):
        date = row.field.marks.later_by
        before = linked.refs.get(row.path) if date else None
        if before is None:
            continue
        ours, theirs = (
            getattr(entity, date) for entity in (record, graph.linked[before].entry.record)
        )
        if ours.is_before(theirs):
            warn(row.path, f"this is dated before '{before.slug}', which it followed")
    for row in records_in(record, Position):
        for (date_before, _), (later, where) in pairwise(_dates(row)):
            if later.is_before(date_before):
                warn(where, "this is dated before the earlier position")
    return found


def _dates(position: Found) -> list[tuple[Date, YamlPath]]:
    """The dates of a position and of its actor's earlier ones, in order, with their paths."""
    held: Position = position.value
    rows = [
        (step.as_of, (*position.path, "earlier", index, "as_of"))
        for index, step in enumerate(held.earlier)
    ]
    return [
        (date, where) for date, where in (*rows, (held.as_of, (*position.path, "as_of"))) if date
    ]
