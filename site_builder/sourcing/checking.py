"""What a site says of a source: now, and with another text in its place."""

from __future__ import annotations

import time
from pathlib import Path

from site_builder.build import Builder, Options
from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic
from site_builder.links.evidence import SourceText
from site_builder.links.graph import NOBODY
from site_builder.reading.files import Found
from site_builder.reading.sources import find_files
from site_builder.sources.places import place_at
from site_builder.sources.text_form import SourceForm
from site_builder.text.places import shown
from site_builder.values import NamedTuple


class Cited(NamedTuple):
    """Words that the site cites of a source, and by whom."""

    words: str
    pieces: tuple[tuple[int, int], ...]
    by: tuple[str, ...]


class Checked(NamedTuple):
    """The findings about a site, and what it cites of one source; None if errors leave that open."""

    diagnostics: tuple[Diagnostic, ...]
    text: SourceText | None = None
    cited: tuple[Cited, ...] | None = None


def checked(root: Path, slug: str, replaced: tuple[str, Path] | None = None) -> Checked:
    """Checks a site; with `replaced`, as if a file in `seeds/` were another one."""
    sources, problems = find_files(root)
    if replaced:
        name, path = replaced
        status = path.stat()
        signature = (time.time_ns(), 0, status.st_size, status.st_ino)
        seeds = {**sources.seeds, name: Found(f"seeds/{name}", str(path), signature)}
        sources = sources._replace(seeds=seeds)
    options = Options(root=root, drafts=True, jobs=1)
    rendered = Builder(options, blobs=None).render(found=(sources, problems))
    if rendered.graph is None:
        return Checked(rendered.diagnostics)
    id = EntityId(CITED, slug)
    if id not in rendered.graph.sources:
        return Checked(rendered.diagnostics)
    source = rendered.graph.sources[id]
    cited = tuple(
        Cited(
            words,
            passage.pieces or ((passage.start, passage.end),),
            tuple(dict.fromkeys(_named(use.source) for use in source.uses.get(anchor, ()))),
        )
        for anchor, (words, passage) in source.passages.items()
    )
    return Checked(rendered.diagnostics, source.text, cited)


def place_of(form: SourceForm, offset: int) -> str:
    """Where an offset of a text stands, in words: `p. 3`, `00:12:30`; "" if the text does not say."""
    place = place_at(form, offset)
    return shown(*place, "en") if place else ""


def _named(id: EntityId) -> str:
    return str(id) if id != NOBODY else "the about page"
