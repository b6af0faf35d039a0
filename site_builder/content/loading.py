"""Content files to typed entries.

`load_file` looks at one file's bytes and nothing else, so what it returns can be remembered by their
digest and made in any process.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from site_builder.content.entries import (
    About,
    BrokenEntry,
    Entry,
    LoadedFile,
    prose_fields,
)
from site_builder.content.models import (
    COLLECTIONS,
    AboutPage,
    Collection,
    EntityId,
    Site,
)
from site_builder.content.places import Places
from site_builder.content.slugs import slug_problem
from site_builder.content.targets import SECRET
from site_builder.diagnostics import Diagnostic, Location, did_you_mean
from site_builder.markdown.document import EMPTY, Document, Inline
from site_builder.markdown.parser import Dialect, parse_body, parse_prose
from site_builder.reading.files import InputFile, decode
from site_builder.reading.front_matter import split
from site_builder.reading.located_yaml import YamlPath, parse, without_absent

_ARTICLE = {"article": "an", "actor": "an", "issue": "an", "event": "an", "update": "an"}


def with_article(kind: str) -> str:
    """`an actor`, `a claim`."""
    return f"{_ARTICLE.get(kind, 'a')} {kind}"


def adapter(model: Any) -> TypeAdapter[Any]:
    """The validator of a model."""
    return _adapter(model)


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def load_site(file: InputFile) -> tuple[Site | None, list[Diagnostic]]:
    """`content/site.yaml`."""
    text = decode(file)
    if isinstance(text, Diagnostic):
        return None, [text]
    data, problems = parse(file.path, text)
    places = Places(lambda _: text)
    if data is None and problems:
        return None, problems
    record, more = _validate(Site, data or {}, "site", file.path, (), places)
    return record, problems + more


def load_about(file: InputFile, dialect: Dialect) -> tuple[About | None, list[Diagnostic]]:
    """`content/about.md`."""
    text = decode(file)
    if isinstance(text, Diagnostic):
        return None, [text]
    parts, problem = split(file.path, text)
    if problem:
        return None, [problem]
    data, problems = parse(file.path, parts.yaml, parts.yaml_line)
    page, more = _validate(AboutPage, data or {}, "page", file.path, (), Places(lambda _: text))
    body, body_problems = parse_body(file.path, parts.body, parts.body_line, dialect)
    problems = [*problems, *more, *body_problems]
    return (About(page, file.path, body) if page else None), problems


def load_file(file: InputFile, collection: Collection, dialect: Dialect) -> LoadedFile:
    """The entries of one content file of a collection.

    `content/<collection>/<slug>.md` and `.yaml` hold one entity, `content/<collection>.yaml` a
    mapping of them by slug.
    """
    parent, _, name = file.path.rpartition("/")
    stem = name.rpartition(".")[0]
    is_single = parent != "content"
    unreadable = (BrokenEntry(EntityId(collection.kind, stem if is_single else ""), (), False),)
    text = decode(file)
    if isinstance(text, Diagnostic):
        return LoadedFile(file.path, (), unreadable, (text,))
    if is_single:
        problem = slug_problem(stem)
        if problem:
            location = Location(file.path, 1, 1)
            diagnostic = Diagnostic("bad-slug", problem[0], location, hint=problem[1])
            return LoadedFile(file.path, (), unreadable, (diagnostic,))
    loader = _FileLoader(file.path, text, collection, dialect)
    if name.endswith(".md"):
        return loader.markdown(stem, unreadable)
    return loader.yaml(stem if is_single else None, unreadable)


class _FileLoader:
    """Loads one file."""

    def __init__(self, path: str, text: str, collection: Collection, dialect: Dialect) -> None:
        self.path = path
        self.text = text
        self.collection = collection
        self.dialect = dialect
        self.places = Places(lambda _: text)
        self.problems: list[Diagnostic] = []
        self.broken: list[BrokenEntry] = []

    def markdown(self, slug: str, unreadable: tuple[BrokenEntry, ...]) -> LoadedFile:
        parts, problem = split(self.path, self.text)
        if problem:
            return LoadedFile(self.path, (), unreadable, (problem,))
        data, problems = parse(self.path, parts.yaml, parts.yaml_line)
        body, body_problems = parse_body(self.path, parts.body, parts.body_line, self.dialect)
        if data is None and problems:
            return LoadedFile(self.path, (), unreadable, (*problems, *body_problems))
        if data is None and not parts.yaml.strip() and parts.yaml_line == 1:
            fields = ", ".join(required_fields(self.collection.model))
            location = Location(self.path, 1, 1, 1, self.text.split("\n", 1)[0])
            problem = Diagnostic(
                "front-matter",
                f"{with_article(self.collection.kind)} begins with front matter ({fields})",
                location,
                hint=f"put it between two lines of three hyphens:\n---\n{fields}: …\n---",
            )
            return LoadedFile(self.path, (), unreadable, (problem, *body_problems))
        self.problems += problems
        entry = self._entry(slug, data if data is not None else {}, (), body)
        return self._result([entry] if entry else [], body_problems)

    def yaml(self, slug: str | None, unreadable: tuple[BrokenEntry, ...]) -> LoadedFile:
        data, problems = parse(self.path, self.text)
        self.problems += problems
        if data is None:
            if problems:
                return LoadedFile(self.path, (), unreadable, tuple(problems))
            data = {}
        if slug is not None:
            entry = self._entry(slug, data, (), EMPTY)
            return self._result([entry] if entry else [], [])
        if not isinstance(data, dict):
            message = (
                f"{self.collection.name}.yaml is a mapping from slug to {self.collection.kind}"
            )
            self.problems.append(
                Diagnostic("wrong-type", message, self.places.value(self.path, ()))
            )
            return LoadedFile(self.path, (), unreadable, tuple(self.problems))
        entries = []
        for key, value in data.items():
            problem = slug_problem(key)
            if problem:
                location = self.places.key(self.path, (key,))
                self.problems.append(Diagnostic("bad-slug", problem[0], location, problem[1]))
                continue
            entry = self._entry(key, value if value is not None else {}, (key,), EMPTY)
            if entry:
                entries.append(entry)
        return self._result(entries, [])

    def _result(self, entries: list[Entry], more: list[Diagnostic]) -> LoadedFile:
        return LoadedFile(self.path, tuple(entries), tuple(self.broken), (*self.problems, *more))

    def _entry(self, slug: str, data: Any, within: YamlPath, body: Document) -> Entry | None:
        id = EntityId(self.collection.kind, slug)
        record, problems = _validate(
            self.collection.model, data, id.kind, self.path, within, self.places
        )
        self.problems += problems
        if record is None:
            self.broken.append(BrokenEntry(id, _names_in(data), True))
            return None
        prose: dict[YamlPath, Inline] = {}
        for where, text in prose_fields(record):
            prose[where], found = parse_prose(text, self.dialect)
            self.problems += [self._in_prose(d, within + where) for d in found]
        return Entry(id, record, self.path, within, body, prose)

    def _in_prose(self, diagnostic: Diagnostic, where: YamlPath) -> Diagnostic:
        place = self.places.prose(
            self.path, where, diagnostic.location.column, diagnostic.location.length
        )
        return dataclasses.replace(diagnostic, location=place)


def _names_in(data: Any) -> tuple[str, ...]:
    """The names that can be read from the data of an entity that is not valid."""
    if not isinstance(data, Mapping):
        return ()
    names: list[str] = []
    for key in ("name", "title", "short_name", "aliases"):
        value = data.get(key)
        names += [value] if isinstance(value, str) else []
        names += [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
    return tuple(names)


# --- validation --------------------------------------------------------------------------------


def _validate(
    model: type[Any], data: Any, kind: str, path: str, within: YamlPath, places: Places
) -> tuple[Any, list[Diagnostic]]:
    """The typed record, or None; and what is wrong, each with its place."""
    try:
        return adapter(model).validate_python(without_absent(data)), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = [_problem(model, detail, kind, path, within, places) for detail in details]
    secret = {
        problem.location.line
        for problem, detail in zip(problems, details, strict=True)
        if detail["type"] == SECRET
    }
    return None, [_unquoted(d) if d.location.line in secret else d for d in problems]


def _unquoted(diagnostic: Diagnostic) -> Diagnostic:
    """A finding without the line it is about, which holds a password or a token."""
    return dataclasses.replace(
        diagnostic, location=dataclasses.replace(diagnostic.location, text="")
    )


_SHAPES: dict[str, str] = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of fields",
    "dataclass_type": "a mapping of fields",
    "dataclass_exact_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def _problem(
    model: type[Any],
    detail: ErrorDetails,
    kind: str,
    path: str,
    within: YamlPath,
    places: Places,
) -> Diagnostic:
    _, where = _walk(model, detail["loc"])
    full = within + where
    name = str(where[-1]) if where else kind
    error = detail["type"]
    if error == "missing":
        owner = _owner(kind, where)
        return Diagnostic(
            "missing-field",
            f"{owner} needs '{name}'",
            places.key(path, within + where[:-1]),
            hint=f"add {name}: {_description(model, detail['loc'])}",
        )
    if error in ("unexpected_keyword_argument", "extra_forbidden"):
        fields = _fields_at(model, detail["loc"][:-1])
        suggestion = did_you_mean(name, fields)
        return Diagnostic(
            "unknown-field",
            f"{_owner(kind, where)} has no field '{name}'{suggestion}",
            places.key(path, full),
            hint="" if suggestion else f"fields: {', '.join(fields)}",
        )
    if error in ("string_too_short", "too_short"):
        field = next((str(step) for step in reversed(where) if isinstance(step, str)), kind)
        message = f"'{field}' is empty"
        return Diagnostic("missing-field", message, places.key(path, full))
    if error in ("union_tag_invalid", "union_tag_not_found"):
        return _unknown_kind(model, detail, full, places.value(path, (*full, "kind")))
    if error == "literal_error":
        allowed = [w.strip("'") for w in re.findall(r"'[^']*'", str(detail["ctx"]["expected"]))]
        given = str(detail["input"])
        field = next((str(step) for step in reversed(where) if isinstance(step, str)), kind)
        return Diagnostic(
            "bad-value",
            f"'{given}' is no {field} there is{did_you_mean(given, allowed)}",
            places.value(path, full),
            hint=f"one of: {', '.join(allowed)}",
        )
    if error in _SHAPES:
        expected = _SHAPES[error]
        return Diagnostic(
            "wrong-type" if not error.startswith("bool") else "bad-value",
            f"'{name}' is {_shape(detail['input'])}; expected {expected}"
            if isinstance(where[-1] if where else "", str)
            else f"expected {expected}, not {_shape(detail['input'])}",
            places.value(path, full),
        )
    code = "bad-value" if error == SECRET else error.replace("_", "-")
    return Diagnostic(
        code if code.startswith("bad-") else "bad-value", detail["msg"], places.value(path, full)
    )


def _shape(value: object) -> str:
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 30 else "text"
    if isinstance(value, Mapping):
        return "a mapping"
    return "empty" if value is None else "a list"


def _owner(kind: str, where: YamlPath) -> str:
    """What a field belongs to: `an issue`, or `an item of 'positions'`."""
    parents = [step for step in where[:-1] if isinstance(step, str)]
    if not parents:
        return with_article(kind) if kind != "site" else "the site"
    return f"an item of '{parents[-1]}'" if isinstance(where[-2], int) else f"'{parents[-1]}'"


def _unknown_kind(
    model: Any, detail: ErrorDetails, where: YamlPath, location: Location
) -> Diagnostic:
    """A mapping that is one of several models, and does not say which as it should."""
    kinds = sorted(_by_kind(_hints(model)[str(detail["loc"][0])]))
    hint = f"one of: {', '.join(kinds)}"
    if detail["type"] == "union_tag_not_found":
        return Diagnostic("missing-field", f"'{where[-1]}' needs 'kind'", location, hint)
    given = str(detail["ctx"]["tag"])
    message = f"'{given}' is no kind there is{did_you_mean(given, kinds)}"
    return Diagnostic("bad-value", message, location, hint)


def _walk(model: Any, where: YamlPath) -> tuple[Any, YamlPath]:
    """The dataclass at a path below a model, or None; and the path as it stands in the file.

    The two differ where a mapping is one of several models: the validator's path then has a step
    more, the kind.
    """
    written: list[str | int] = []
    is_key = False
    kinds: Mapping[str, Any] = {}
    for step in where:
        if kinds and not is_key and step in kinds:
            model, kinds = kinds[str(step)], {}
            continue
        written.append(step)
        if isinstance(step, int):
            continue
        if is_key:
            is_key = False
            continue
        hint = _hints(model).get(step) if model else None
        model = _dataclass_in(hint)
        is_key = typing.get_origin(_plain(hint)) is dict
        kinds = _by_kind(hint)
    return model, tuple(written)


def _by_kind(hint: Any) -> dict[str, Any]:
    """The dataclasses that a field may hold by their `kind`, where that tells them apart."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        rows = {}
        members: list[Any] = [m for m in typing.get_args(hint) if dataclasses.is_dataclass(m)]
        for member in members:
            kind = _hints(member).get("kind")
            rows.update(dict.fromkeys(map(str, typing.get_args(kind)), member))
        return rows
    for inner in typing.get_args(hint) if typing.get_origin(hint) in (dict, tuple) else ():
        if rows := _by_kind(inner):
            return rows
    return {}


@cache
def _hints(model: Any) -> dict[str, Any]:
    return typing.get_type_hints(model)


def _plain(hint: Any) -> Any:
    return hint.__origin__ if typing.get_origin(hint) is typing.Annotated else hint


def _dataclass_in(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return hint
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is not None:
        for inner in typing.get_args(hint):
            found = _dataclass_in(inner)
            if found is not None:
                return found
    return None


def _fields_at(model: Any, where: YamlPath) -> list[str]:
    found, _ = _walk(model, where)
    return [field.name for field in dataclasses.fields(found)] if found else []


def _description(model: Any, where: YamlPath) -> str:
    found, _ = _walk(model, where[:-1])
    if found is None:
        return "…"
    field = getattr(found, "__pydantic_fields__", {}).get(where[-1])
    return f"… ({field.description.rstrip('.')})" if field and field.description else "…"


def required_fields(model: type[Any]) -> list[str]:
    """The names of the fields that must be there."""
    return [
        field.name
        for field in dataclasses.fields(model)
        if model.__pydantic_fields__[field.name].is_required()
    ]


# --- which file is what ------------------------------------------------------------------------

_BY_NAME = {row.name: row for row in COLLECTIONS}
_SUFFIXES = (".md", ".yaml", ".yml")


def collection_of(path: str) -> Collection | Diagnostic | None:
    """The collection a content file belongs to; None for `site.yaml` and `about.md`."""
    parts = path.split("/")[1:]
    name = parts[-1]
    stem, dot, suffix = name.rpartition(".")
    location = Location(path)
    names = [*_BY_NAME]
    if len(parts) == 1:
        if name in ("site.yaml", "site.yml", "about.md"):
            return None
        row = _BY_NAME.get(stem)
        if row and dot + suffix in (".yaml", ".yml"):
            return row
        if row:
            message = f"a collection in one file is '{stem}.yaml', not '{name}'"
            return Diagnostic("unknown-file", message, location)
        suggestion = did_you_mean(stem, [*names, "site", "about"])
        message = f"'{name}' is no file the builder knows{suggestion}"
        hint = f"known: site.yaml, about.md, and a folder or .yaml for each of {', '.join(names)}"
        return Diagnostic("unknown-file", message, location, hint)
    row = _BY_NAME.get(parts[0])
    if row is None:
        message = f"'{parts[0]}' is no collection{did_you_mean(parts[0], names)}"
        hint = f"collections: {', '.join(names)}"
        return Diagnostic("unknown-collection", message, Location(f"content/{parts[0]}"), hint)
    if len(parts) > 2:
        message = f"the files of a collection stand directly in content/{row.name}/"
        return Diagnostic("unknown-file", message, location)
    if not name.endswith(_SUFFIXES):
        message = f"'{name}' is neither .md nor .yaml"
        hint = "pictures and other files to publish belong in static/"
        return Diagnostic("unknown-file", message, location, hint)
    return row
