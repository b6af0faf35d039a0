"""The schemas for editors take what the builder takes, and refuse what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from site_builder.content.schemas import schemas

ROOT = Path(__file__).parents[2]
SCHEMAS = {name: json.loads(text) for name, text in schemas().items()}


def errors(schema: str, data: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[schema])
    return [error.message for error in validator.iter_errors(data)]


def front_matter(path: Path) -> Any:
    text = path.read_text()
    return yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, yaml.BaseLoader)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schema_is_valid(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.[my]*")), ids=lambda p: p.name)
def test_the_explainers_own_files_are_valid(path: Path) -> None:
    name = path.stem if path.parent.name == "content" else path.parent.name.removesuffix("s")
    assert errors(f"{name}.schema.json", front_matter(path)) == []


def test_short_forms_are_valid() -> None:
    claim = {"statement": "It leaks.", "made_by": "mayor", "contested_by": "lund", "issues": "dam"}
    assert errors("claim.schema.json", {**claim, "cite": 'minutes "leaks at two places"'}) == []
    assert (
        errors("article.schema.json", {"title": "T", "as_of": "2026", "key_points": ["One."]}) == []
    )


def test_mistakes_are_not() -> None:
    assert errors("actor.schema.json", {"nam": "X"}) != []
    assert errors("issue.schema.json", {"title": ["T"]}) != []
    assert errors("claim.schema.json", {"statement": "It leaks.", "made_by": {"x": "y"}}) != []
