"""The JSON Schema of `explainer.json` (draft 2020-12), made from the classes of records as the data are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.content.kinds import CITED, KINDS, Kind
from site_builder.content.models import Site, Stance
from site_builder.content.records import Holds, Model
from site_builder.content.shape import Shape, shape_of
from site_builder.exports.data_fields import PLACES, SITE_FIELDS, name_in_data, needed_references

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_PATH: Schema = {"$ref": "#/$defs/path"}
_PLAIN: dict[Holds, Schema] = {
    Holds.DATE: {"$ref": "#/$defs/date"},
    Holds.DAY: {"type": "string", "format": "date"},
    Holds.URL: {"type": "string", "format": "uri"},
    Holds.FLAG: {"type": "boolean"},
    Holds.NUMBER: {"type": "integer"},
    Holds.CITES: {"$ref": "#/$defs/cites"},
}


def schema() -> Schema:
    """The schema as plain data."""
    site = {shape.name: shape for shape in shape_of(Site)}
    entities = {kind.plural: _list(_entity(kind), _order(kind)) for kind in KINDS.values()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Explainer",
        "description": "The whole of an explainer as data, version 1: who wants what, what is claimed, what "
        "happened, and the words each of these rests on. Fields that hold nothing are absent.",
        **_object(
            {
                "$schema": _TEXT,
                "format": {"const": "explainer"},
                "version": {"type": "string", "pattern": r"^1\.[0-9]+$"},
                "generator": _TEXT,
                "site": _record([site[name] for name in SITE_FIELDS]),
                "stances": _list(
                    _object(
                        {"slug": _TEXT, **_fields(shape_of(Stance))}, ["slug", *_needed(Stance)]
                    ),
                    "The vocabulary of positions, in its order.",
                ),
                **entities,
                "mentions": _list(
                    _object(
                        {
                            "from": {"$ref": "#/$defs/any"},
                            "to": {"$ref": "#/$defs/any"},
                            "relation": _said("'mentioned', or a relation in words."),
                            "path": _PATH,
                            "sentence": _said("The sentence it stands in."),
                        },
                        ["from", "to", "relation"],
                    ),
                    "Every place in a text that refers to an entity.",
                ),
            },
            ["format", "version", "site", "stances", *entities, "mentions"],
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "any": _id(f"({'|'.join(KINDS)})"),
        **{name: _id(name) for name in KINDS},
        "path": _said("A path of the site, relative to its base address."),
        "body": _said("What is written about it, as plain text."),
        "date": _object(
            {
                "edtf": _said("EDTF (ISO 8601-2), or 'unknown'."),
                "text": _said("The date in words."),
            },
            ["edtf", "text"],
        ),
        "cites": _list(
            _object(
                {
                    "source": {"$ref": f"#/$defs/{CITED}"},
                    "words": _said(
                        "The exact words quoted; absent where the source is cited as a whole."
                    ),
                    "place": _said(
                        "Where in the source: 'p. 3'; absent where neither the author nor the source says so."
                    ),
                    "path": _PATH,
                },
                ["source"],
            )
        ),
    }


def _id(kind: str) -> Schema:
    return {"type": "string", "pattern": f"^{kind}/[^/]+$"}


def _order(kind: Kind) -> str:
    return f"In the order {'of readers' if kind.data_in_order else 'of the files'}."


def _entity(kind: Kind) -> Schema:
    shapes = [shape for shape in shape_of(kind.model) if shape.marks.data]
    fields = _fields(shapes)
    needed = [shape.name for shape in shapes if _is_there(shape) or shape.name == kind.title]
    if kind.name == CITED:
        fields["passages"] = _list(
            _object({"id": _TEXT, "path": _PATH, "words": _TEXT}, ["id", "path", "words"]),
            "The words that something rests on, in the order of the text.",
        )
    about = {"description": (kind.model.__doc__ or "").partition("\n")[0]}
    own = {"id": {"$ref": f"#/$defs/{kind.name}"}, "path": _PATH}
    body = {"body": {"$ref": "#/$defs/body"}, "body_cites": {"$ref": "#/$defs/cites"}}
    return {**about, **_object({**own, **fields, **body}, ["id", "path", *needed])}


def _is_there(shape: Shape) -> bool:
    """Whether an entity has the field in all data. Those that it names may have expired."""
    return shape.always and shape.holds is not Holds.REF


def _needed(model: type[Model]) -> list[str]:
    """The fields that a record within an entity has in all data."""
    names = needed_references(model)
    return [
        name_in_data(shape)
        for shape in shape_of(model)
        if shape.marks.data and (_is_there(shape) or shape.name in names)
    ]


def _fields(shapes: Iterable[Shape]) -> Schema:
    return {name_in_data(shape): _field(shape) for shape in shapes if shape.marks.data}


def _field(shape: Shape) -> Schema:
    if shape.many:
        return _list(_value(shape), shape.description)
    return {**_value(shape), "description": shape.description}


def _value(shape: Shape) -> Schema:
    """The schema of a value, or of each item of a list."""
    if shape.holds is Holds.REF:
        refs = [{"$ref": f"#/$defs/{kind}"} for kind in shape.marks.to or ("any",)]
        return refs[0] if len(refs) == 1 else {"anyOf": refs}
    if shape.holds is Holds.CHOICE:
        return {"enum": list(shape.choices)}
    if shape.model and shape.holds is Holds.RECORD:
        place = dict(zip(PLACES.get(shape.model, ()), (_said("Its anchor."), _PATH), strict=False))
        fields = {**place, **_fields(shape_of(shape.model))}
        return _object(fields, [*place, *_needed(shape.model)])
    return _PLAIN.get(shape.holds, _TEXT)


def _record(shapes: list[Shape]) -> Schema:
    return _object(_fields(shapes), [shape.name for shape in shapes if _is_there(shape)])


def _said(description: str) -> Schema:
    return {"type": "string", "description": description}


def _object(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


def _list(items: Schema, description: str = "") -> Schema:
    about = {"description": description} if description else {}
    return {**about, "type": "array", "items": items}
