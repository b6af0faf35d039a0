"""`unknown-file-reference`: an actor's picture is in `static/`."""

from __future__ import annotations

from site_builder.content.models import Actor
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.links.files import file_at, static_path
from site_builder.links.graph import Graph, Linked


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """A picture named in the record that is not there."""
    record = linked.entry.record
    if not isinstance(record, Actor) or record.image is None:
        return []
    path = static_path(record.image.src)
    if file_at(path, graph.files) is not None:
        return []
    guess = graph.guesses.did_you_mean(path, "file", graph.files)
    message = f"there is no picture '{path}' in static/{guess}"
    location = places.value(linked.entry.file, (*linked.entry.within, "image", "src"))
    return [Diagnostic("unknown-file-reference", message, location)]
