"""JSON Schemas of content files, for editors (JSON Schema 2020-12)."""

from __future__ import annotations

import json
from typing import Any

from site_builder.content.models import COLLECTIONS, AboutPage, Site
from site_builder.content.validating import adapter

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The schemas by file name: one for an entity of each kind, one for each collection file.

    Validation takes a little more than they can say: a text where a list of texts belongs, and the
    short form of a citation.
    """
    found = {"site.schema.json": _schema(Site), "about.schema.json": _schema(AboutPage)}
    for row in COLLECTIONS:
        found[f"{row.kind}.schema.json"] = _schema(row.model)
        entity = _schema(row.model)
        definitions = entity.pop("$defs", {})
        entity.pop("$schema")
        found[f"{row.name}.schema.json"] = {
            "$schema": _DIALECT,
            "title": f"{row.name} by slug",
            "type": "object",
            "additionalProperties": entity,
            "$defs": definitions,
        }
    return {
        name: json.dumps(data, ensure_ascii=False, indent=2) + "\n" for name, data in found.items()
    }


def _schema(model: Any) -> dict[str, Any]:
    return {"$schema": _DIALECT, **adapter(model).json_schema(mode="validation")}
