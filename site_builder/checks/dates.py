"""`date-order`: dates that contradict each other. A warning, as the world is odd at times."""

from __future__ import annotations

from itertools import pairwise

from site_builder.content.models import Event, Issue, Source
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph, Linked
from site_builder.reading.yaml_path import YamlPath


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Expiry before publication, events and positions dated before what came before, a source read too soon."""
    found = []

    def warn(where: YamlPath, message: str) -> None:
        location = places.value(linked.entry.file, linked.entry.within + where)
        found.append(Diagnostic("date-order", message, location, severity=Severity.WARNING))

    record = linked.entry.record
    begin, end = record.publish_on, record.expires_on
    if begin and end and end <= begin:
        warn(("expires_on",), "this expires before it is published")
    if isinstance(record, Source):
        published, accessed = record.published, record.accessed
        if published and accessed and accessed.is_before(published):
            warn(("accessed",), "this was read before it was published")
    before = linked.refs.get(("after",))
    if isinstance(record, Event) and before:
        earlier = graph.linked[before].entry.record
        if isinstance(earlier, Event) and record.date.is_before(earlier.date):
            warn(("after",), f"this is dated before '{before.slug}', which it followed")
    if isinstance(record, Issue):
        for number, position in enumerate(record.positions):
            at: YamlPath = ("positions", number)
            dated = [
                (step.as_of, (*at, "earlier", index, "as_of"))
                for index, step in enumerate(position.earlier)
                if step.as_of
            ]
            if position.as_of:
                dated.append((position.as_of, (*at, "as_of")))
            for (date, _), (later, where) in pairwise(dated):
                if later.is_before(date):
                    warn(where, "this is dated before the position that came before it")
    return found
