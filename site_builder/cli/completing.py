"""What the shell completes: kinds, entities and sources. It reads names of files and keys, and builds nothing."""

from __future__ import annotations

from pathlib import Path

import click


def kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """The kinds of entities, and what can be added to one."""
    from site_builder.content.kinds import KINDS

    return [name for name in (*KINDS, "position") if name.startswith(incomplete)]


def entities(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Entities as `kind/slug`."""
    return [name for name in _names(ctx) if name.startswith(incomplete)]


def sources(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The slugs of sources."""
    from site_builder.content.kinds import CITED

    return [
        name.partition("/")[2] for name in _names(ctx) if name.startswith(f"{CITED}/{incomplete}")
    ]


def _names(ctx: click.Context) -> list[str]:
    from site_builder.beginning import slugs_of
    from site_builder.content.kinds import KINDS
    from site_builder.faults import Fault
    from site_builder.reading.sources import find_files

    names: list[str] = []
    try:
        content = find_files(Path(ctx.find_root().params.get("root") or "."))[0].content
    except Fault:
        return []
    for kind in KINDS.values():
        try:
            names += sorted(f"{kind.name}/{slug}" for slug, _ in slugs_of(content, kind))
        except Fault:
            continue  # this file can't be read now
    return names
