"""`unknown-file-reference`: an actor's picture is in `static/`."""

from __future__ import annotations

from site_builder.content.models import Actor
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, did_you_mean
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Pictures named in records that are not there."""
    found = []
    for linked in graph.of_kind("actor"):
        record = linked.entry.record
        if not isinstance(record, Actor) or record.image is None:
            continue
        path = record.image.src.lstrip("/").removeprefix("static/")
        if path not in graph.files:
            where = (*linked.entry.within, "image", "src")
            message = f"there is no picture '{path}' in static/{did_you_mean(path, graph.files)}"
            location = places.value(linked.entry.file, where)
            found.append(Diagnostic("unknown-file-reference", message, location))
    return found
