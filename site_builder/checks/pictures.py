"""`unknown-file-reference`: a picture or copy of a source that a record names must be in `static/`."""

from __future__ import annotations

from site_builder.content.places import Places
from site_builder.content.records import Holds
from site_builder.content.shape import walk
from site_builder.diagnostics import Diagnostic
from site_builder.links.files import file_at, static_path
from site_builder.links.graph import Graph, Linked


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Missing files that the record names."""
    found = []
    for row in walk(linked.entry.record, Holds.PICTURE):
        path = static_path(row.value)
        if file_at(path, graph.files) is not None:
            continue
        guess = graph.guesses.did_you_mean(path, "file", graph.files)
        what = "file" if row.path[-1] == "copy" else "picture"
        message = f"there is no {what} '{path}' in static/{guess}"
        location = places.value(linked.entry.file, linked.entry.within + row.path)
        found.append(Diagnostic("unknown-file-reference", message, location))
    return found
