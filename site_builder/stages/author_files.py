"""Files that are not made from the graph: the theme's, the author's own in `static/`, and those that hosts read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph
from site_builder.memory.spool import Spool
from site_builder.pages.host_files import REDIRECTS, host_files
from site_builder.reading.files import Found, read


def add_files(
    files: Spool, assets: Mapping[str, bytes], static: Mapping[str, Found]
) -> dict[str, str]:
    """Adds the theme's files, and the author's own, which are only read when they are needed."""
    for path, data in assets.items():
        files.put(path, data)
    copied = {path: row.absolute for path, row in static.items() if path != REDIRECTS}
    for path, place in copied.items():
        files.put_file(path, place)
    return copied


def add_host_files(files: Spool, graph: Graph, others: Iterable[str], own_rules: bytes) -> None:
    """Adds the files for hosts; `others` are the paths of files that are not made again."""
    for path, data in host_files(graph, [*others, *files], own_rules).items():
        if path not in files:  # else it is the author's own, from static/
            files.put(path, data)


def rules_of_author(static: Mapping[str, Found]) -> tuple[bytes, list[Diagnostic]]:
    """What the author's `static/_redirects` holds, to which ours are added; or why it can't be read."""
    found = static.get(REDIRECTS)
    file = read(found) if found else None
    if isinstance(file, Diagnostic):
        return b"", [file]
    return file.data if file else b"", []
