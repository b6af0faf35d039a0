"""JSON Schemas of content files, for editors (JSON Schema 2020-12)."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from site_builder.content.kinds import KINDS
from site_builder.content.models import AboutPage, Site
from site_builder.content.validators import schema_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The schemas by file name: one for an entity of each kind, one for each collection file.

    They take the short forms that validation takes: one value for a list of one, and a text for a
    citation, a point or who contests a claim.
    """
    found = {"site.schema.json": _schema(Site), "about.schema.json": _schema(AboutPage)}
    for row in KINDS.values():
        found[f"{row.name}.schema.json"] = _schema(row.model)
        entity = _schema(row.model)
        definitions = entity.pop("$defs", {})
        entity.pop("$schema")
        found[f"{row.plural}.schema.json"] = {
            "$schema": _DIALECT,
            "title": f"{row.plural} by slug",
            "type": "object",
            "additionalProperties": entity,
            "$defs": definitions,
        }
    return {
        name: json.dumps(data, ensure_ascii=False, indent=2) + "\n" for name, data in found.items()
    }


def _schema(model: Any) -> dict[str, Any]:
    schema = GenerateJsonSchema().generate(schema_of(model), mode="validation")
    return {"$schema": _DIALECT, **_with_short_forms(schema)}


_AS_TEXT = ("Cite", "Point", "Contest")
"""Parts that a plain text may stand for."""


def _with_short_forms(schema: Any) -> Any:
    """The same with what validation takes as well: one value for a list of one, a text for a part."""
    if isinstance(schema, list):
        return [_with_short_forms(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _with_short_forms(value) for key, value in schema.items()}
    if schema.get("type") != "array" or "items" not in schema:
        return schema
    item = schema["items"]
    if str(item.get("$ref", "")).rpartition("/")[2] in _AS_TEXT:
        item = {"anyOf": [{"type": "string"}, item]}
    keywords = ("type", "items", "minItems", "maxItems")
    array = {key: value for key, value in schema.items() if key in keywords}
    others = {key: value for key, value in schema.items() if key not in keywords}
    return {"anyOf": [item, {**array, "items": item}], **others}
