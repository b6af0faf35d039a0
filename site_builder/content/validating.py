"""Plain data to typed records; what is wrong with it in words, each at its place.

pydantic's core finds everything that is wrong with a record at once; `_WORDS` says, for each type of its
errors, what that means to somebody who edits YAML.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from pydantic_core import ErrorDetails, ValidationError

from site_builder.content.absent import without_absent
from site_builder.content.error_paths import (
    description_at,
    fields_at,
    fields_of,
    value_at,
    walk_errors,
)
from site_builder.content.places import Places
from site_builder.content.shape import shape_of
from site_builder.content.targets import SECRET
from site_builder.content.validators import lenient_validator, validator
from site_builder.diagnostics import MOST_OF_ONE_KIND, Diagnostic, Location
from site_builder.reading.yaml_path import YamlPath
from site_builder.reading.yaml_quoting import in_quotes
from site_builder.text import lazily
from site_builder.text.alike import named
from site_builder.text.guesses import did_you_mean, nearest
from site_builder.values import NamedTuple


class Place(NamedTuple):
    """Where data stands: its file, and the way to it in that file's YAML."""

    places: Places
    path: str
    within: YamlPath = ()

    def key(self, where: YamlPath) -> Location:
        """The place of a key in the data."""
        return self.places.key(self.path, self.within + where)

    def value(self, where: YamlPath) -> Location:
        """The place of a value in the data."""
        return self.places.value(self.path, self.within + where)


def validate(
    model: Any, data: Any, owner: str, place: Place, most: int = MOST_OF_ONE_KIND
) -> tuple[Any, list[Diagnostic]]:
    """The typed record, or None; and what is wrong, up to a little more than `most`.

    `owner` is what the record is, in words with an article: `an issue`, `the site`.
    """
    try:
        return validator(model).validate_python(without_absent(model, data)), []
    except ValidationError as error:
        details = error.errors(include_url=False)[: max(0, most + 1)]
    problems = [_Problem(model, data, owner, place, detail) for detail in details]
    meant = {problem.meant for problem in problems}
    by_name = {problem.where[:-2] for problem in problems if problem.is_in_mapping_by_name}
    problems = [
        row
        for row in problems
        if not (row.is_missing and row.where in meant) and row.where[:-2] not in by_name
    ]
    found = [_diagnostic(problem) for problem in problems]
    found += [_mapping_by_name(where, place) for where in by_name]
    secret = {
        finding.location.line
        for finding, problem in zip(found, problems, strict=False)
        if problem.detail["type"] == SECRET
    }
    return None, [_unquoted(row) if row.location.line in secret else row for row in found]


def readable_part(model: Any, data: Any) -> Any:
    """The record with a default for what is wrong or missing in it; None if the data is no mapping."""
    if not isinstance(data, Mapping):
        return None
    return lenient_validator(model).validate_python(without_absent(model, data))


def _unquoted(finding: Diagnostic) -> Diagnostic:
    """A finding without the line it is about, which holds a password or a token."""
    return finding._replace(location=finding.location._replace(text=""))


def required_fields(model: Any) -> list[str]:
    """The names of the fields that must be there."""
    return [shape.name for shape in shape_of(model) if shape.required]


@dataclasses.dataclass
class _Problem:
    """One error of a record."""

    model: Any
    data: Any
    owner: str
    place: Place
    detail: ErrorDetails

    @cached_property
    def where(self) -> YamlPath:
        """The path as it stands in the file."""
        return walk_errors(self.model, self.detail["loc"])[1]

    @property
    def is_missing(self) -> bool:
        return self.detail["type"] == "missing"

    @cached_property
    def meant(self) -> YamlPath:
        """The path of the field that an unknown one was probably meant to be, else ()."""
        if self.detail["type"] != "unexpected_keyword_argument":
            return ()
        fields = fields_at(self.model, self.detail["loc"][:-1])
        match = nearest(str(self.where[-1]), fields)
        return (*self.where[:-1], match[0]) if match else ()

    @property
    def is_in_mapping_by_name(self) -> bool:
        """Whether it stands in a mapping of names where a list belongs: `cook: supports`."""
        if len(self.where) < 3 or not isinstance(self.where[-2], int):
            return False
        holder = value_at(self.data, self.where[:-2])
        fields = fields_at(self.model, self.detail["loc"][:-1])
        return isinstance(holder, Mapping) and not any(key in fields for key in holder)

    @property
    def subject(self) -> str:
        """What is wrong, in words: `'title'`, `item 2 of 'aliases'`, `an issue`."""
        names = [step for step in self.where if isinstance(step, str)]
        if not names:
            return self.owner
        last = self.where[-1]
        if isinstance(last, str):
            return f"'{last}'"
        # One value may stand for a list of one.
        is_list = isinstance(value_at(self.data, self.where[:-1]), list)
        return f"item {last + 1} of '{names[-1]}'" if is_list else f"'{names[-1]}'"

    @property
    def holder(self) -> str:
        """What the field belongs to, in words."""
        above = self.where[:-1]
        names = [step for step in above if isinstance(step, str)]
        if not names:
            return self.owner
        if isinstance(above[-1], int):
            return f"an item of '{names[-1]}'"
        return f"'{names[-1]}'"

    def report(self, code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
        return Diagnostic(code, message, location, hint)


def _diagnostic(problem: _Problem) -> Diagnostic:
    error = problem.detail["type"]
    words = _WORDS.get(error)
    if words is not None:
        return words(problem)
    code = error.replace("_", "-")
    if not code.startswith("bad-"):
        code = "bad-value"
    context = problem.detail.get("ctx", {})
    at = context.get("at", "")
    where = problem.where[:-1] if context.get("counts_parts") else problem.where
    if at != "":
        where = (*where, at)
    return Diagnostic(code, problem.detail["msg"], problem.place.value(where))


def _missing(problem: _Problem) -> Diagnostic:
    where = problem.where
    name = where[-1]
    holder = value_at(problem.data, where[:-1])
    description = description_at(problem.model, problem.detail["loc"])
    if isinstance(holder, Mapping) and name in holder:
        location = problem.place.key(where)
        return Diagnostic("missing-field", f"'{name}' is empty", location, f"{name}: {description}")
    location = problem.place.key(where[:-1])
    message = f"{problem.holder} needs '{name}'"
    return Diagnostic("missing-field", message, location, f"add {name}: {description}")


def _empty(problem: _Problem) -> Diagnostic:
    message = f"{problem.subject} is empty"
    is_item = isinstance(problem.where[-1], int)
    location = (problem.place.value if is_item else problem.place.key)(problem.where)
    return Diagnostic("missing-field", message, location)


def _too_long(problem: _Problem) -> Diagnostic:
    most = problem.detail.get("ctx", {}).get("max_length", 0)
    message = f"{problem.subject} is too long: at most {most:,} characters"
    return Diagnostic("bad-value", message, problem.place.value(problem.where))


def _too_many(problem: _Problem) -> Diagnostic:
    most = problem.detail.get("ctx", {}).get("max_length", 0)
    message = f"{problem.subject} has too many items: at most {most:,}"
    return Diagnostic("bad-value", message, problem.place.key(problem.where))


def _unknown(problem: _Problem) -> Diagnostic:
    name = str(problem.where[-1])
    suggestion = f" (did you mean '{problem.meant[-1]}'?)" if problem.meant else ""
    message = f"{problem.holder} has no field '{_cut(name)}'{suggestion}"
    hint = ""
    foreign = next((c for c in name if not c.isascii()), "")
    if suggestion and foreign:
        hint = f"'{foreign}' in it is {named(foreign)}"
    elif not suggestion:
        fields = fields_at(problem.model, problem.detail["loc"][:-1])
        hint = f"fields: {', '.join(fields)}"
    location = problem.place.key(problem.where)
    cut = "" if suggestion else _cut_by_comma(problem, location)
    if cut:
        comma = f"inside {{ }}, a comma ends a text; if this belongs to the text, quote it: {cut}"
        hint = f"{comma}\n{hint}" if _IDENTIFIER.fullmatch(name) else comma
    return Diagnostic("unknown-field", message, location, hint)


def _cut_by_comma(problem: _Problem, location: Location) -> str:
    """The field before one that nobody knows, with both as its text, if a comma parts them inside { }."""
    holder = value_at(problem.data, problem.where[:-1])
    if not isinstance(holder, Mapping):  # it is the one of a list of one
        return ""
    before = list(holder)[: list(holder).index(problem.where[-1])][-1:]
    if not before or not location.text[: location.column - 1].rstrip().endswith(","):
        return ""
    start = problem.place.value((*problem.where[:-1], before[0]))
    end = problem.place.value(problem.where)
    if not start.line == end.line == location.line or not isinstance(holder[before[0]], str):
        return ""
    if _IDENTIFIER.fullmatch(str(problem.where[-1])) and " " not in holder[before[0]]:
        return ""
    text = location.text[start.column - 1 : end.column - 1 + end.length]
    return f"{before[0]}: {in_quotes(text)}"


def _mapping_by_name(where: YamlPath, place: Place) -> Diagnostic:
    message = f"'{where[-1]}' must be a list, but this is a mapping by name"
    hint = "begin each of its items with '- ', and write the name as a field"
    return Diagnostic("wrong-type", message, place.key(where), hint)


def _not_among(problem: _Problem) -> Diagnostic:
    allowed = _allowed(problem)
    given = problem.detail["input"]
    if not isinstance(given, str):
        return _wrong_type(problem)
    message = f"{problem.subject} can't be '{_cut(given)}'{did_you_mean(given, allowed)}"
    hint = f"one of: {', '.join(allowed)}"
    return Diagnostic("bad-value", message, problem.place.value(problem.where), hint)


def _unknown_kind(problem: _Problem) -> Diagnostic:
    """A mapping that is one of several models, and does not say which as it should."""
    kinds = sorted(fields_of(problem.model)[str(problem.detail["loc"][0])].models)
    location = problem.place.value((*problem.where, "kind"))
    hint = f"one of: {', '.join(kinds)}"
    if problem.detail["type"] == "union_tag_not_found":
        return Diagnostic("missing-field", f"{problem.subject} needs 'kind'", location, hint)
    given = str(problem.detail["ctx"]["tag"])
    message = f"'kind' can't be '{_cut(given)}'{did_you_mean(given, kinds)}"
    return Diagnostic("bad-value", message, location, hint)


def _secret(problem: _Problem) -> Diagnostic:
    location = problem.place.value(problem.where)
    return Diagnostic("bad-value", problem.detail["msg"], location)


def _allowed(problem: _Problem) -> list[str]:
    expected = str(problem.detail.get("ctx", {}).get("expected", ""))
    return [match.strip("'") for match in re.findall(r"'[^']*'", expected)]


_EXPECTED = {
    "string_type": "text",
    "literal_error": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping (one field on each line)",
    "dataclass_type": "a mapping (one field on each line)",
    "model_attributes_type": "a mapping (one field on each line)",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def _wrong_type(problem: _Problem) -> Diagnostic:
    given = problem.detail["input"]
    if given is None:
        return _empty(problem)
    error = problem.detail["type"]
    expected = _EXPECTED[error]
    if not problem.where:
        message = f"{problem.owner} must have fields, but this is {_shape(given)}"
        hint = "a field is a name, a colon, a space and a value: 'title: …'"
        return Diagnostic("wrong-type", message, problem.place.value(()), hint)
    message = f"{problem.subject} is {_shape(given)}; expected {expected}"
    hint = ""
    if error == "literal_error":
        hint = f"one of: {', '.join(_allowed(problem))}"
    elif error == "dataclass_type":
        hint = f"fields: {', '.join(fields_at(problem.model, problem.detail['loc']))}"
    code = "bad-value" if error == "bool_parsing" else "wrong-type"
    location = problem.place.value(problem.where)
    if expected == "text" and not hint:
        value = _IN_BRACKETS.fullmatch(location.text)
        if value and value["key"] == problem.where[-1]:
            hint = f"if it is text, quote it: {in_quotes(value['value'])}"
    return Diagnostic(code, message, location, hint)


_IN_BRACKETS = lazily.pattern(r" *(?:- +)*(?P<key>[\w-]+): +(?P<value>[\[{].*[\]}])\s*")
_IDENTIFIER = lazily.pattern(r"[a-z][a-z_]*")


_WORDS: Mapping[str, Callable[[_Problem], Diagnostic]] = {
    "missing": _missing,
    "unexpected_keyword_argument": _unknown,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "too_long": _too_many,
    "literal_error": _not_among,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _unknown_kind,
    SECRET: _secret,
    **dict.fromkeys(
        ("string_type", "tuple_type", "list_type", "dict_type", "dataclass_type",
         "model_attributes_type", "bool_type", "bool_parsing"),
        _wrong_type,
    ),
}  # fmt: skip

_LONGEST_SHOWN = 40


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _shape(value: object) -> str:
    if isinstance(value, str):
        return f"the text '{_cut(value)}'" if value.isprintable() else "text"
    return "a mapping" if isinstance(value, Mapping) else "a list"
