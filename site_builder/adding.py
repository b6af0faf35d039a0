"""Adds a position to an issue (`site-builder new position`), in the text of its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_builder.beginning import NewEntity, lines_of, slugs_of
from site_builder.content.kinds import HOLDERS, KINDS, Kind
from site_builder.content.shape import shape_of
from site_builder.content.spreading import BY, LIST
from site_builder.editing import apply, respliced, scalar, text_of
from site_builder.faults import Fault
from site_builder.reading.files import Found
from site_builder.reading.front_matter import split
from site_builder.reading.located_yaml import parse
from site_builder.reading.sources import find_files
from site_builder.reading.yaml_spans import Spans, Splice, item_of
from site_builder.text.guesses import did_you_mean


def _with_positions() -> tuple[Kind, Any]:
    """The kind on which positions are taken, and the field that holds them."""
    return next(
        (kind, shape)
        for kind in KINDS.values()
        for shape in shape_of(kind.model)
        if shape.name == LIST
    )


def add_position(root: Path, issue: str, actor: str = "", stance: str = "") -> NewEntity:
    """Adds a position to an issue, with optional fields as comments.

    Raises `Fault` if there is no such issue or actor, if the actor has a position there, or if the file is
    written in a way in which nothing can be added.
    """
    content = find_files(root)[0].content
    kind, shape = _with_positions()
    slug, path = _known(content, kind, issue)
    if actor:
        actor = _known(content, KINDS[HOLDERS], actor)[0]
    found = content[path]
    text = text_of(found)
    yaml, start = text, 0
    if path.endswith(".md"):
        parts = split(path, text)[0]
        yaml, start = parts.yaml, text.index("\n") + 1 if "\n" in text else 0
    within = () if path.startswith(f"content/{kind.plural}/") else (slug,)
    _refuse_second(parse(path, yaml)[0], within, slug, actor)
    known = {BY: actor, "stance": stance and scalar(stance)}
    lines = lines_of(shape.model, {name: value for name, value in known.items() if value})
    splices = Spans(yaml).with_record(within, LIST, lines)
    if splices is None:
        raise Fault(
            f"nothing can be added to {LIST} in {path} the way it is written. Nothing was written; "
            f"add this yourself:\n\n{LIST}:\n{item_of(2, lines)}"
        )
    moved = [Splice(row.start + start, row.end + start, row.new) for row in splices]
    apply([respliced(found, text, moved)], root)
    return NewEntity(path, slug)


def _known(content: Mapping[str, Found], kind: Kind, named: str) -> tuple[str, str]:
    """The slug of an entity, and its file."""
    slug = named.removeprefix(f"{kind.name}/")
    slugs = dict(slugs_of(content, kind))
    if slug not in slugs:
        raise Fault(f"there is no {kind.name} '{slug}'{did_you_mean(slug, slugs)}")
    return slug, slugs[slug]


def _refuse_second(data: Any, within: tuple[str, ...], slug: str, actor: str) -> None:
    for step in within:
        data = data.get(step) if isinstance(data, Mapping) else None
    rows = data.get(LIST) if isinstance(data, Mapping) else None
    for row in rows if isinstance(rows, list) else [rows]:
        held_by = row.get(BY) if isinstance(row, Mapping) else None
        if actor and actor in (held_by if isinstance(held_by, list) else [held_by]):
            raise Fault(f"{HOLDERS} '{actor}' already has a position on '{slug}'")
