"""`date-order`: dates that contradict each other. A warning, as the world is odd at times."""

from __future__ import annotations

from site_builder.content.models import Event, Source
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph, Linked
from site_builder.reading.yaml_path import YamlPath


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Expiry before publication, an event dated before the one it followed, a source read too soon."""
    found = []

    def warn(where: YamlPath, message: str) -> None:
        location = places.value(linked.entry.file, linked.entry.within + where)
        found.append(Diagnostic("date-order", message, location, severity=Severity.WARNING))

    record = linked.entry.record
    begin, end = record.publish_on, record.expires_on
    if begin and end and end <= begin:
        warn(("expires_on",), "this expires before it is published")
    if isinstance(record, Source) and record.published and record.accessed:
        published, accessed = record.published, record.accessed
        if published.is_known and accessed.is_known and accessed.latest < published.earliest:
            warn(("accessed",), "this was read before it was published")
    before = linked.refs.get(("after",))
    if isinstance(record, Event) and before:
        earlier = graph.linked[before].entry.record
        if (
            isinstance(earlier, Event)
            and record.date.is_known
            and earlier.date.is_known
            and record.date.latest < earlier.date.earliest
        ):
            warn(("after",), f"this is dated before '{before.slug}', which it followed")
    return found
