"""Writes a new explainer (`site-builder init`) and new entities in it (`site-builder new`).

A new explainer is a copy of the folder `starter/` in this package. A new entity is written from its
model: required fields with a value where one is known, all others as comments with their descriptions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.clock import today
from site_builder.content.kinds import KINDS, Kind
from site_builder.content.models import Entity
from site_builder.content.shape import Shape, shape_of
from site_builder.content.slugs import same_address, slug_problem
from site_builder.diagnostics import Diagnostic
from site_builder.disk import create, read_file, rewrite
from site_builder.faults import Fault
from site_builder.reading.files import Found, decode, read
from site_builder.reading.located_yaml import parse
from site_builder.reading.sources import find_files

STARTER = Path(__file__).parent / "starter"
_NAMES_WITH_A_DOT = {"gitignore": ".gitignore"}
"""Files of the starter whose real names would have an effect in this repository too."""

PROPOSED_LENGTH = 60
"""The longest slug that is made from a title; an address should be short enough to say aloud."""


def begin_site(folder: Path) -> list[str]:
    """Writes a small explainer into a new or empty folder; returns the paths of its files in the folder.

    Raises `Fault` if the folder is not empty, or can't be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise Fault(f"'{folder}' is a file; name a folder that is new or empty")
        if folder.is_dir() and any(folder.iterdir()):
            raise Fault(f"'{folder}' is not empty, and nothing was written; name a new folder")
        paths = []
        for file in sorted(file for file in STARTER.rglob("*") if file.is_file()):
            place = file.relative_to(STARTER)
            place = place.with_name(_NAMES_WITH_A_DOT.get(place.name, place.name))
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_new(target, file.read_bytes())
            paths.append(place.as_posix())
    except OSError as error:
        raise _not_written(folder, error) from None
    return sorted(paths)


class NewEntity(NamedTuple):
    """The file that was written, relative to the site's folder, and the slug of its entity."""

    path: str
    slug: str


def add_entity(
    root: Path, kind: str, title: str, *, slug: str = "", draft: bool = False
) -> NewEntity:
    """Writes a new entity into the site in `root`. Without `slug`, a slug is made from the title.

    The entity gets its own file, or is added to the end of `content/<collection>.yaml` if the site has
    that file and no folder for the collection. Raises `Fault` if it can't be written, or if its slug
    is taken.
    """
    title = " ".join(title.split())
    if not title:
        raise Fault("the title is empty")
    content = find_files(root)[0].content
    row = KINDS[kind]
    slug = slug or _proposed_slug(title)
    if problem := slug_problem(slug):
        hint = f"; {problem[1]}" if problem[1] else ""
        raise Fault(f"{problem[0]}{hint}")
    fields = _fields(row, title, draft=draft)

    folder = f"content/{row.plural}/"
    files = [path for path in content if path.startswith(folder)]
    for path in files:
        _refuse_if_same(slug, Path(path).stem, path)
    many = [f"content/{row.plural}{suffix}" for suffix in (".yaml", ".yml")]
    many = [path for path in many if path in content]
    for path in many:
        for other in _entries(path, _text(content[path])):
            _refuse_if_same(slug, other, path)

    if many and not files:
        block = "\n".join([f"{_scalar(slug)}:", *(f"  {line}" for line in fields)]) + "\n"
        _append(content[many[0]], slug, block)
        return NewEntity(many[0], slug)
    path = f"{folder}{slug}.md"
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise Fault(f"'{folder}' leads outside the site; nothing was written")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_new(target, "\n".join(["---", *fields, "---", ""]).encode())
    except FileExistsError:
        raise Fault(f"'{path}' already exists; nothing was written") from None
    except OSError as error:
        raise _not_written(target, error) from None
    return NewEntity(path, slug)


def _proposed_slug(title: str) -> str:
    from slugify import slugify

    text = title.replace("'", "").replace("’", "")
    slug: str = slugify(text, max_length=PROPOSED_LENGTH, word_boundary=True, save_order=True)
    if not slug:
        raise Fault(f"no slug can be made from '{title}'; give one with --slug")
    return slug


def _refuse_if_same(slug: str, other: str, path: str) -> None:
    if same_address(slug) == same_address(other):
        raise Fault(f"'{other}' already exists in {path}; choose another slug with --slug")


# --- the fields ------------------------------------------------------------------------------


def _fields(kind: Kind, title: str, *, draft: bool) -> list[str]:
    """The lines of a new entity: required fields first, then optional ones as comments."""
    known = {kind.title: _scalar(title)}
    if draft:
        known["draft"] = "true"
    needed: list[str] = []
    own: list[str] = []
    shared: list[str] = []
    common = {shape.name for shape in shape_of(Entity)}
    for shape in shape_of(kind.model):
        begin = shape.marks.new and str(today() if shape.marks.new == "today" else shape.marks.new)
        if value := known.get(shape.name, begin):
            needed.append(f"{shape.name}: {value}")
        elif shape.required:
            needed.append(f"{shape.name}:  # required: {shape.description}")
        else:
            lines = shared if shape.name in common else own
            lines.append(f"# {shape.name}: {shape.description}{_choices(shape)}")
    return [*needed, *own, *shared]


def _choices(shape: Shape) -> str:
    """The words that a field allows, if it has a fixed list."""
    return f" One of: {', '.join(shape.choices)}." if shape.choices else ""


def _scalar(text: str) -> str:
    """A text as a YAML scalar: plain if YAML reads it back as the same text, else in quotation marks."""
    for written in (text, json.dumps(text, ensure_ascii=False)):
        data, problems = parse("", f"field: {written}\n")
        if not problems and data == {"field": text}:
            return written
    raise Fault(f"{text!r} contains characters that are not allowed in a content file")


# --- files -----------------------------------------------------------------------------------


def _text(found: Found) -> str:
    file = read(found)
    text, problems = (None, (file,)) if isinstance(file, Diagnostic) else decode(file)
    if text is None or problems:
        raise Fault(f"{found.path}: {problems[0].message}; nothing was written")
    return text


def _entries(path: str, text: str) -> Mapping[str, Any]:
    """The entities in a collection's file, by slug. Raises `Fault` if it can't be read."""
    data, problems = parse(path, text)
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        raise Fault(f"{errors[0].headline}\nnothing was written; fix this first")
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise Fault(f"{path} must hold entities, each under its slug; nothing was written")
    return data


def _append(found: Found, slug: str, block: str) -> None:
    """Adds a block to the end of a collection's file, if the file can then be read as intended."""
    before = _text(found)
    gap = "" if not before or before.endswith("\n") else "\n"
    after, problems = parse(found.path, before + gap + block)
    meant = {**_entries(found.path, before), slug: parse("", block)[0][slug]}
    if after != meant or any(problem.is_error for problem in problems):
        raise Fault(
            f"nothing can be added to the end of {found.path} the way it is written. "
            f"Nothing was written; add this block yourself:\n\n{block}"
        )
    try:
        # Writes the file behind a link within the site, and keeps the link.
        place = Path(found.absolute).resolve()
        data = read_file(place)
        line_end = "\r\n" if b"\r\n" in data else "\n"
        rewrite(place, data + (gap + block).replace("\n", line_end).encode())
    except OSError as error:
        raise _not_written(Path(found.path), error) from None


def _write_new(path: Path, data: bytes) -> None:
    create(path, data)


def _not_written(path: Path, error: OSError) -> Fault:
    return Fault(f"'{path}' can't be written: {error.strerror}")
