"""Whatever stands in a field, it ends in findings and never in a traceback."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from site_builder.build import Options, render_site
from site_builder.content.kinds import KINDS, Kind
from site_builder.content.models import AboutPage, Site
from site_builder.content.records import Holds
from site_builder.content.shape import shape_of

if TYPE_CHECKING:
    from tests.conftest import MakeSite

FILE = {"sources": {"file": "menu.txt"}}


def needed(kind: Kind) -> dict[str, str]:
    """The fields that an entity must have, and what it has besides."""
    values = {Holds.DATE: "2025-12-02", Holds.REF: "cook"}
    required = (shape for shape in shape_of(kind.model) if shape.required)
    fields = {shape.name: values.get(shape.holds, f"The {shape.name}") for shape in required}
    return fields | FILE.get(kind.plural, {})


VALUES = {
    "nothing": "",
    "an empty text": "''",
    "a list": "[cook, m, x-title]",
    "a list of nothing": "[~, '', []]",
    "a list of mappings": "[{a: b}, {to: cook, label: x}]",
    "lists in a list": "[[a], [[b]]]",
    "a mapping": "{a: b, c: }",
    "a mapping of mappings": "{a: {label: A}, b: {kind: zip, path: x.zip}, c: }",
    "a date with words": "{date: 2024, text: x}",
    "a date of lists": "{date: [2024], text: {}}",
    "a number": "-1.5e9",
    "a very long number": "9" * 400,
    "a very long word": "x" * 5_000,
    "a very long text": f"'{'word ' * 3_000}'",
    "markup": "'**a** <b>x</b> ![](y.png) [l](http://x.y) `c` | # & < > \" $'",
    "citations": '\'[@m "Tea is"] [@nobody "q" [@m\'',
    "a citation": "'m \"Tea is hot\"'",
    "wiki links": "'[[cook]] [[m|M]] [[nobody]] [[#x]] [[ ]] [[x-title'",
    "its own slug": "x-title",
    "a template": "'{{ x }} {% y %} %s {}'",
    "odd characters": r'"\0 \ud800 \x1b \u2028"',
    "a path": "'../../etc'",
    "true": "true",
    "unknown": "unknown",
    "an interval": "2024/..",
    "positions": "[{actor: cook, stance: supports, summary: '[[x-title]]', earlier: [{stance: rejects}]}]",
    "cites": "[{source: m, words: Tea}, {source: m}, m]",
    "not closed": '["a, {b',
}


def entities(value: str) -> dict[str, str]:
    """A file of each collection with an entity for each of its fields, which holds the value."""
    files = {}
    for row in KINDS.values():
        blocks = [
            "\n  ".join(
                [f"x-{field.name.replace('_', '-')}:"]
                + [f"{name}: {one}" for name, one in (needed(row) | {field.name: value}).items()]
            )
            for field in dataclasses.fields(row.model)
        ]
        files[f"content/{row.plural}.yaml"] = "\n".join(blocks) + "\n"
    return files


def fields(model: type, value: str, **known: str) -> str:
    """A line for each field of a model, which holds the value."""
    rows = {field.name: value for field in dataclasses.fields(model)} | known
    return "".join(f"{name}: {one}\n" for name, one in rows.items())


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_value_in_any_field(make_site: MakeSite, value: str) -> None:
    base = {
        "content/site.yaml": fields(Site, value, title="Tea"),
        "content/about.md": f"---\n{fields(AboutPage, value)}---\n{value}\n",
        "content/actors/cook.md": "---\nname: The cook\n---\nHot [@m].\n",
        "content/sources/m.yaml": "title: The menu\nfile: menu.txt\n",
        "seeds/menu.txt": "Tea is hot.\n",
    }
    root = make_site(base | entities(value))
    places = [row.location for row in render_site(Options(root)).diagnostics]
    assert all(place.line > 0 and place.column > 0 and place.path for place in places)

    make_site({"content/site.yaml": "title: Tea\nexports: []\n"})
    again = [row.location.path for row in render_site(Options(root)).diagnostics]
    assert "content/site.yaml" not in again


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_text_on_the_about_page(make_site: MakeSite, value: str) -> None:
    text = value.strip("'")
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/about.md": f'{text}\n\n# {text}\n\n{text} [@m] [@m "Tea"]\n',
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2025-12-02\n---\nHot.\n",
            "content/sources.yaml": "m:\n  title: The menu\n  file: menu.txt\n",
            "seeds/menu.txt": "Tea is hot.\n",
        }
    )
    rendered = render_site(Options(root))
    assert rendered.files or rendered.diagnostics
