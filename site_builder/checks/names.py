"""`ambiguous-name`: a name that several entities share is not linked automatically."""

from __future__ import annotations

from site_builder.content.entries import name_fields
from site_builder.content.models import Record
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph
from site_builder.links.mentions import Mentions
from site_builder.reading.yaml_path import YamlPath
from site_builder.text.same import folded


def check(graph: Graph, mentions: Mentions, places: Places) -> list[Diagnostic]:
    """Shared names, each reported at the last entity that has it."""
    found = []
    reported = set()
    for row in mentions.shared:
        key = (folded(row.name), row.ids)
        if key in reported:  # a term is also looked for with a capital letter
            continue
        reported.add(key)
        entry = graph.linked[row.ids[-1]].entry
        others = ", ".join(str(id) for id in row.ids[:-1])
        found.append(
            Diagnostic(
                "ambiguous-name",
                f"'{row.name}' is also a name of {others}, so it is not linked automatically",
                places.value(entry.file, (*entry.within, *_field_of(row.name, entry.record))),
                hint="list it under 'unlinked' in all but the one you mean",
                severity=Severity.WARNING,
            )
        )
    return found


def _field_of(name: str, record: Record) -> YamlPath:
    """The path of a name in its record; () if it is made from the slug."""
    wanted = folded(name)
    return next((where for where, text in name_fields(record) if folded(text) == wanted), ())
