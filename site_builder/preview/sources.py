"""Answers about the text of a source: what to write to cite a part of it, and what of it nothing cites."""

from __future__ import annotations

import json
import re

from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.links.graph import CitedSource
from site_builder.preview.answers import HTML, Answer
from site_builder.preview.problems import templates
from site_builder.preview.selecting import MOST_SENTENCES, citation_of, offset_of, uncited
from site_builder.preview.showing import Snapshot

_JSON = "application/json; charset=utf-8"
_POSITION = re.compile(r"(\d{1,9}):(\d{1,9})")
_NOTHING = Answer(404, _JSON, b"{}")


def cite(snapshot: Snapshot, slug: str, start: str, end: str) -> Answer:
    """How to cite what is selected: from one position to another.

    A position is the number of a paragraph, as in its id, and an offset in it: `12:40`.
    """
    source = _source(snapshot, slug)
    places = [_POSITION.fullmatch(position) for position in (start, end)]
    if source is None or source.text is None or not source.text.paragraphs:
        return _NOTHING
    first, last = (
        offset_of(source.text, int(row[1]), int(row[2])) if row else -1 for row in places
    )
    if first < 0 or last < first:
        return _NOTHING
    citation = citation_of(source.text, slug, first, last)
    return Answer(200, _JSON, json.dumps(citation._asdict() if citation else {}).encode())


def not_cited(snapshot: Snapshot, slug: str) -> Answer:
    """The sentences of a source that nothing cites, as HTML."""
    source = _source(snapshot, slug)
    if source is None or source.text is None:
        return _NOTHING
    found = uncited(source)
    page = templates().get_template("uncited.html")
    return Answer(200, HTML, page.render(sentences=found, most=MOST_SENTENCES).encode())


def _source(snapshot: Snapshot, slug: str) -> CitedSource | None:
    graph = snapshot.site.graph
    return graph.sources.get(EntityId(CITED, slug)) if graph else None
