"""Content files to typed entries.

`load_file` looks at one file's bytes and nothing else, so what it returns can be remembered by their
digest and made in any process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from site_builder.content.entries import (
    BrokenEntry,
    Entry,
    LoadedFile,
    prose_fields,
)
from site_builder.content.error_paths import field_names
from site_builder.content.files import slug_of_file, unreadable_entities
from site_builder.content.kinds import KINDS, Kind
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.content.records import marks_of
from site_builder.content.recovering import (
    markup_in_lines,
    may_follow,
    no_fields,
    of_single,
    without_consequences,
)
from site_builder.content.slugs import normal_slug, slug_problem
from site_builder.content.spreading import spread
from site_builder.content.story_folders import holds_many
from site_builder.content.validating import (
    Place,
    readable_part,
    required_fields,
    validate,
)
from site_builder.diagnostics import (
    Diagnostic,
    Location,
    Severity,
    note,
    room_for_errors,
)
from site_builder.markdown.document import EMPTY, Dialect, Document, Inline
from site_builder.markdown.parser import parse_body, parse_prose
from site_builder.reading.files import InputFile, decode, digest
from site_builder.reading.front_matter import Parts, fenced, split
from site_builder.reading.located_yaml import is_misread, parse, readable_rest
from site_builder.reading.yaml_path import YamlPath


def load_file(file: InputFile, kind: Kind, dialect: Dialect) -> LoadedFile:
    """The entries of one content file of a collection.

    `content/<collection>/<slug>.md` and `.yaml` hold one entity, `content/<collection>.yaml` a
    mapping of them by slug. The folder of a story has the same collections.
    """
    stem = slug_of_file(file.path, kind)
    is_single = not holds_many(file.path)
    unreadable = unreadable_entities(file.path, kind)
    text, odd = decode(file)
    if text is None:
        return LoadedFile(file.path, (), unreadable, odd)
    if is_single:
        problem = slug_problem(stem, nested=kind.free)
        if problem:
            location = Location(file.path, 1, 1)
            hint = problem[1] or "the name of the file, without its ending, is the slug"
            diagnostic = Diagnostic("bad-slug", problem[0], location, hint)
            return LoadedFile(file.path, (), unreadable, (*odd, diagnostic))
    loader = _FileLoader(file.path, text, kind, dialect)
    if file.path.endswith(".md"):
        parts, fence = split(file.path, text)
        if fence:
            return LoadedFile(file.path, (), unreadable, without_consequences(odd, fence))
        loaded = loader.markdown(stem, parts, unreadable)
    else:
        loaded = loader.yaml(stem if is_single else None, unreadable)
    if not odd:
        return loaded
    return loaded._replace(front_matter="", diagnostics=(*odd, *loaded.diagnostics))


class _FileLoader:
    """Loads one file."""

    def __init__(self, path: str, text: str, kind: Kind, dialect: Dialect) -> None:
        self.path = path
        self.text = text
        self.kind = kind
        self.dialect = dialect
        self.places = Places(lambda _: text)
        self.place = Place(self.places, path)
        self.owner = kind.with_article
        self.problems: list[Diagnostic] = []
        self.broken: list[BrokenEntry] = []
        self.in_part: list[Entry] = []

    def markdown(self, slug: str, parts: Parts, unreadable: tuple[BrokenEntry, ...]) -> LoadedFile:
        data, problems = parse(self.path, parts.yaml, parts.yaml_line)
        body, body_problems = parse_body(self.path, parts.body, parts.body_line, self.dialect)
        if is_misread(problems):
            rest = readable_rest(self.path, parts.yaml, parts.yaml_line)
            more: tuple[Diagnostic, ...] = ()
            if rest.has_part:
                loader = self._of_text(fenced(rest.text))
                loaded = loader.markdown(slug, parts._replace(yaml=rest.text, body=""), ())
                more = of_single(loaded.diagnostics)
            found = (*problems, *more, *body_problems)
            return self._body_alone(slug, body, parts, unreadable, found)
        if parts.yaml_line == 1:
            found = (self._no_front_matter(), *body_problems)
            return self._body_alone(slug, body, parts, unreadable, found)
        self.problems += problems
        if isinstance(data, str):
            problem = no_fields(self.owner, parts.yaml, self.place, parts.yaml_line)
            found = (*problems, problem, *body_problems)
            return self._body_alone(slug, body, parts, unreadable, found)
        entry = self._entry(slug, data if data is not None else {}, (), body, parts.body)
        loaded = self._result([entry] if entry else [], body_problems)
        if entry is None or self.problems:
            return loaded
        return loaded._replace(front_matter=digest(parts.yaml.encode()))

    def _body_alone(
        self,
        slug: str,
        body: Document,
        parts: Parts,
        unreadable: tuple[BrokenEntry, ...],
        found: tuple[Diagnostic, ...],
    ) -> LoadedFile:
        """A file whose fields can't be read at all."""
        record = readable_part(self.kind.model, {})
        entry = Entry(EntityId(self.kind.name, slug), record, self.path, (), prose={})
        in_part = (entry.with_body(body, parts.body),)
        return LoadedFile(self.path, (), unreadable, found, in_part=in_part)

    def _no_front_matter(self) -> Diagnostic:
        fields = required_fields(self.kind.model)
        location = Location(self.path, 1, 1, 1, self.text.split("\n", 1)[0])
        lines = "\n".join(f"{field}: …" for field in fields)
        empty = "" if self.text.strip() else "this file is empty; "
        return Diagnostic(
            "front-matter",
            f"{empty}{self.owner} must begin with front matter ({', '.join(fields)})",
            location,
            hint=f"put it between two lines of three hyphens:\n---\n{lines}\n---",
        )

    def yaml(self, slug: str | None, unreadable: tuple[BrokenEntry, ...]) -> LoadedFile:
        data, problems = parse(self.path, self.text)
        self.problems += problems
        if is_misread(problems):
            more = self._of_rest(slug) if readable_rest(self.path, self.text).has_part else ()
            return LoadedFile(self.path, (), unreadable, (*problems, *more))
        if slug is None:
            return self._collection(data, unreadable)
        if isinstance(data, str):
            note(self.problems, no_fields(self.owner, self.text, self.place, 1))
            return LoadedFile(self.path, (), unreadable, tuple(self.problems))
        entry = self._entry(slug, data if data is not None else {}, (), EMPTY)
        return self._result([entry] if entry else [], [])

    def _of_rest(self, slug: str | None) -> tuple[Diagnostic, ...]:
        """What else is wrong with a file of YAML that can be read in part."""
        rest = readable_rest(self.path, self.text)
        if not isinstance(parse(self.path, rest.text)[0], dict):
            return ()
        found = self._of_text(rest.text).yaml(slug, ()).diagnostics
        torn = {number + 1 for number in rest.torn}
        return tuple(
            row
            for row in found
            if not may_follow(row)
            or (row.code == "missing-field" and slug is None and row.location.line not in torn)
        )

    def _of_text(self, text: str) -> _FileLoader:
        """What loads the same file with another text."""
        return _FileLoader(self.path, text, self.kind, self.dialect)

    def _collection(self, data: Any, unreadable: tuple[BrokenEntry, ...]) -> LoadedFile:
        """The entries of a mapping by slug."""
        name, kind = self.kind.plural, self.kind.name
        if data is None:
            message = f"this file contains no {name}"
            location = Location(self.path)
            warning = Diagnostic("empty-file", message, location, severity=Severity.WARNING)
            return LoadedFile(self.path, (), (), (*self.problems, warning))
        if not isinstance(data, dict):
            message = f"{name}.yaml must be a mapping from slug to {kind}"
            field = required_fields(self.kind.model)[0]
            hint = f"it begins like this:\nsome-slug:\n  {field}: …"
            location = self.place.value(())
            note(self.problems, Diagnostic("wrong-type", message, location, hint))
            return LoadedFile(self.path, (), unreadable, tuple(self.problems))
        fields = field_names(self.kind.model)
        strays = [key for key in data if key in fields and not isinstance(data[key], Mapping)]
        for key in strays:
            message = f"'{key}' is a field of {self.owner}, but a slug is expected here"
            hint = f"indent it below the slug of the {kind} it belongs to"
            location = self.place.key((key,))
            note(self.problems, Diagnostic("wrong-type", message, location, hint))
        if strays:
            return LoadedFile(self.path, (), unreadable, tuple(self.problems))
        found = [self._item(key, value) for key, value in data.items()]
        return self._result([entry for entry in found if entry], [])

    def _item(self, slug: str, data: Any) -> Entry | None:
        """One entry of a mapping by slug."""
        problem = slug_problem(slug)
        if (problem or isinstance(data, str)) and room_for_errors(self.problems) < 0:
            self.broken.append(BrokenEntry(EntityId(self.kind.name, slug), (), True))
            return None
        if problem:
            location = self.place.key((slug,))
            note(self.problems, Diagnostic("bad-slug", problem[0], location, problem[1]))
            return None
        if isinstance(data, str):
            field = required_fields(self.kind.model)[0]
            message = f"{EntityId(self.kind.name, slug)} must have fields, but this is text"
            hint = f"write it as a field:\n{slug}:\n  {field}: {data}"
            location = self.place.key((slug,))
            note(self.problems, Diagnostic("wrong-type", message, location, hint))
            self.broken.append(BrokenEntry(EntityId(self.kind.name, slug), (), True))
            return None
        return self._entry(normal_slug(slug), data if data is not None else {}, (slug,), EMPTY)

    def _result(self, entries: list[Entry], more: list[Diagnostic]) -> LoadedFile:
        found = (*self.problems, *more)
        return LoadedFile(
            self.path, tuple(entries), tuple(self.broken), found, in_part=tuple(self.in_part)
        )

    def _entry(
        self, slug: str, data: Any, within: YamlPath, body: Document, body_text: str = ""
    ) -> Entry | None:
        id = EntityId(self.kind.name, slug)
        data = spread(data)
        place = self.place._replace(within=within)
        most = room_for_errors(self.problems)
        record, problems = validate(self.kind.model, data, self.owner, place, most)
        for problem in problems:
            note(self.problems, problem)
        if record is None:
            self.broken.append(BrokenEntry(id, _names_in(data), True))
            part = readable_part(self.kind.model, data)
            if part is not None:
                self.in_part.append(self._with_prose(id, part, data, within, body, body_text))
            return None
        return self._with_prose(id, record, data, within, body, body_text)

    def _with_prose(
        self, id: EntityId, record: Any, data: Any, within: YamlPath, body: Document, body_text: str
    ) -> Entry:
        """The entry of a record; notes what is wrong with the texts of its fields."""
        prose: dict[YamlPath, Inline] = {}
        for where, text in prose_fields(record):
            prose[where], found = parse_prose(text, self.dialect)
            for problem in found[: max(0, room_for_errors(self.problems) + 1)]:
                note(self.problems, self._in_prose(problem, within + where))
        for problem in markup_in_lines(record, self.place._replace(within=within)):
            note(self.problems, problem)
        made_of = digest(repr(data).encode())
        entry = Entry(id, record, self.path, within, prose=prose, record_digest=made_of)
        return entry.with_body(body, body_text)

    def _in_prose(self, diagnostic: Diagnostic, where: YamlPath) -> Diagnostic:
        place = self.places.prose(
            self.path, where, diagnostic.location.column, diagnostic.location.length
        )
        return diagnostic._replace(location=place)


_NAME_FIELDS = tuple(
    {row.name: None for kind in KINDS.values() for row in fields(kind.model) if marks_of(row).name}
)
"""The fields that hold the names of entities of any kind."""


def _names_in(data: Any) -> tuple[str, ...]:
    """The names that can be read from the data of an entity that is not valid."""
    if not isinstance(data, Mapping):
        return ()
    names: list[str] = []
    for key in _NAME_FIELDS:
        value = data.get(key)
        names += [value] if isinstance(value, str) else []
        names += [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
    return tuple(names)
