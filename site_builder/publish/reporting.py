"""Results of a command for programs: `--format json`, with paths relative to the repository."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic, as_rows
from site_builder.publish.addresses import addresses_of
from site_builder.text.shown import on_one_line
from site_builder.values import NamedTuple


class Kinds(NamedTuple):
    """Paths of files, or entities, that are new, changed and removed."""

    new: Iterable[Any] = ()
    changed: Iterable[Any] = ()
    removed: Iterable[Any] = ()


def compared(before: Mapping[EntityId, object], now: Mapping[EntityId, object]) -> Kinds:
    """The entities that differ between two states of a site, by comparing a value for each."""
    return Kinds(
        [id for id in now if id not in before],
        [id for id in now if id in before and before[id] != now[id]],
        [id for id in before if id not in now],
    )


def as_object(
    problems: Sequence[Diagnostic],
    files: Kinds,
    entities: Kinds,
    renamed: Mapping[EntityId, EntityId],
    **more: object,
) -> str:
    """Findings and changes as a JSON object."""
    value: dict[str, object] = {"problems": as_rows(problems)}
    went = set(renamed.values())
    for key, written, ids in zip(Kinds._fields, files, entities, strict=True):
        paths = sorted(written)
        rows = sorted(_place(id) for id in ids if id not in renamed and id not in went)
        addresses = sorted(addresses_of(paths))
        value[key] = {
            "files": [on_one_line(path) for path in paths],
            "entities": rows,
            "addresses": [on_one_line(address) for address in addresses],
        }
    pairs = sorted((_place(old), _place(now)) for now, old in renamed.items())
    value["renamed"] = [{"from": old, "to": now} for old, now in pairs]
    return as_json({**value, **more})


def as_json(value: object) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _place(id: EntityId) -> str:
    return on_one_line(f"{KINDS[id.kind].plural}/{id.slug}")


def from_repository(
    problems: Iterable[Diagnostic], root: Path, environ: Mapping[str, str]
) -> list[Diagnostic]:
    """The problems with paths relative to the repository, if the site is a folder of one.

    Its root is GITHUB_WORKSPACE if the site is inside that, else the nearest folder above with a `.git`.
    """
    within = _within(root, environ)
    if not within.parts:
        return list(problems)
    return [
        row._replace(location=row.location._replace(path=str(within / row.location.path)))
        for row in problems
    ]


def _within(root: Path, environ: Mapping[str, str]) -> PurePosixPath:
    """The path of a folder inside its repository."""
    here = Path(os.path.realpath(root))
    tops = [folder for folder in (here, *here.parents) if os.path.lexists(folder / ".git")][:1]
    workspace = environ.get("GITHUB_WORKSPACE")
    if workspace:
        tops.insert(0, Path(os.path.realpath(workspace)))
    top = next((top for top in tops if here.is_relative_to(top)), here)
    return PurePosixPath(here.relative_to(top).as_posix())
