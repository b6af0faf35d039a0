"""A new explainer, and a new entity in it: what `site-builder init` and `site-builder new` write.

The starter is the folder `starter/` beside this module. A new entity is made from its model: required
fields with a value where one is known, all others as comments with their descriptions.
"""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.clock import today
from site_builder.content.models import COLLECTION_OF_KIND, Collection, Entity
from site_builder.content.records import is_required
from site_builder.content.slugs import same_address, slug_problem
from site_builder.diagnostics import Diagnostic
from site_builder.disk import create, read_file, rewrite
from site_builder.faults import Fault
from site_builder.reading.files import Found, decode, read
from site_builder.reading.located_yaml import parse
from site_builder.reading.sources import find_files

STARTER = Path(__file__).parent / "starter"
_NAMES_WITH_A_DOT = {"gitignore": ".gitignore"}
"""Files of the starter that would do their work in this package, too, if they had their name."""

PROPOSED_LENGTH = 60
"""Characters of a slug that is made from a title; an address should be short enough to say."""

_TITLE_FIELDS = {"actor": "name", "claim": "statement", "term": "name", "update": "text"}
"""The field that holds an entity's title, where it is not called title."""


def begin_site(folder: Path) -> list[str]:
    """Writes a small explainer into a folder that is new or empty; returns the files' paths in it.

    Raises `Fault` if the folder holds anything, or can't be written.
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
    """What was written: the file, from the site's folder, and the entity's slug."""

    path: str
    slug: str


def add_entity(
    root: Path, kind: str, title: str, *, slug: str = "", draft: bool = False
) -> NewEntity:
    """Writes a new entity into the site in `root`; without `slug`, one is made from the title.

    It gets a file of its own, or goes to the end of `content/<collection>.yaml` if the site has
    that file and no folder for the collection. Raises `Fault` if it can't be written, or if there
    is something at its slug.
    """
    title = " ".join(title.split())
    if not title:
        raise Fault("the title is empty")
    content = find_files(root)[0].content
    collection = COLLECTION_OF_KIND[kind]
    slug = slug or _proposed_slug(title)
    if problem := slug_problem(slug):
        hint = f"; {problem[1]}" if problem[1] else ""
        raise Fault(f"{problem[0]}{hint}")
    fields = _fields(collection, title, draft=draft)

    folder = f"content/{collection.name}/"
    files = [path for path in content if path.startswith(folder)]
    for path in files:
        _refuse_if_same(slug, Path(path).stem, path)
    many = [f"content/{collection.name}{suffix}" for suffix in (".yaml", ".yml")]
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
        raise Fault(f"'{folder}' leads out of the site; nothing was written")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_new(target, "\n".join(["---", *fields, "---", ""]).encode())
    except FileExistsError:
        raise Fault(f"'{path}' is there already, and stays as it is") from None
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
        raise Fault(f"there is '{other}' in {path} already; choose another slug with --slug")


# --- the fields ------------------------------------------------------------------------------


def _fields(collection: Collection, title: str, *, draft: bool) -> list[str]:
    """The lines of a new entity: what must be there first, then what may be, as comments."""
    model: Any = collection.model
    known = {_TITLE_FIELDS.get(collection.kind, "title"): _scalar(title)}
    known |= {"date": "unknown"} if collection.kind == "event" else {"date": str(today())}
    known["as_of"] = str(today())
    if draft:
        known["draft"] = "true"
    needed: list[str] = []
    own: list[str] = []
    shared: list[str] = []
    common = {field.name for field in dataclasses.fields(Entity)}
    hints = typing.get_type_hints(model)
    for field in dataclasses.fields(model):
        description = field.metadata["description"]
        if field.name in known:
            needed.append(f"{field.name}: {known[field.name]}")
        elif is_required(field):
            needed.append(f"{field.name}:  # needed: {description}")
        else:
            lines = shared if field.name in common else own
            lines.append(f"# {field.name}: {description}{_choices(hints[field.name])}")
    return [*needed, *own, *shared]


def _choices(hint: Any) -> str:
    """The words a field takes, if they are few and known."""
    for inner in (hint, *typing.get_args(hint)):
        if typing.get_origin(inner) is typing.Literal:
            return f" One of: {', '.join(typing.get_args(inner))}."
    return ""


def _scalar(text: str) -> str:
    """A text as a YAML scalar: as it is where that reads back as the same text, else in quotes."""
    for written in (text, json.dumps(text, ensure_ascii=False)):
        data, problems = parse("", f"field: {written}\n")
        if not problems and data == {"field": text}:
            return written
    raise Fault(f"{text!r} holds characters that a content file can't")


# --- files -----------------------------------------------------------------------------------


def _text(found: Found) -> str:
    file = read(found)
    text, problems = (None, (file,)) if isinstance(file, Diagnostic) else decode(file)
    if text is None or problems:
        raise Fault(f"{found.path}: {problems[0].message}; nothing was written")
    return text


def _entries(path: str, text: str) -> Mapping[str, Any]:
    """The entities of a file of many, by slug. Raises `Fault` if it can't be read."""
    data, problems = parse(path, text)
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        raise Fault(f"{errors[0].headline}\nnothing was written; mend this first")
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise Fault(f"{path} does not hold entities by slug; nothing was written")
    return data


def _append(found: Found, slug: str, block: str) -> None:
    """Adds a block at the end of a file of many, if what it holds then is what is meant."""
    before = _text(found)
    gap = "" if not before or before.endswith("\n") else "\n"
    after, problems = parse(found.path, before + gap + block)
    meant = {**_entries(found.path, before), slug: parse("", block)[0][slug]}
    if after != meant or any(problem.is_error for problem in problems):
        raise Fault(
            f"nothing can be added at the end of {found.path} as it is written. "
            f"Nothing was written; this is the block to add:\n\n{block}"
        )
    try:
        # A link within the site leads to the file to write; the link itself stays.
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
