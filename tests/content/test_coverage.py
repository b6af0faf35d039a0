"""How much of a site rests on sources, as `site-builder check` says."""

from __future__ import annotations

import pytest

from site_builder.build import Options, render_site
from site_builder.checks.coverage import coverage
from tests.conftest import MakeSite


@pytest.mark.parametrize(
    ("point", "cited", "quoted"),
    [
        ("text: It leaks.", 0, 0),
        ("text: It leaks. [@minutes]", 1, 0),
        ("text: 'It leaks. [@minutes \"it leaks\"]'", 1, 1),
        ("text: It leaks.\n    cite: minutes", 1, 0),
        ('text: It leaks.\n    cite: minutes "it leaks"', 1, 1),
        ("text: 'It leaks. [@minutes \"it leaks\"]'\n    cite: minutes", 1, 1),
    ],
)
def test_words_in_the_text_of_a_point_count_as_those_in_its_field(
    make_site: MakeSite, point: str, cited: int, quoted: int
) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea",
            "content/articles/tea.md": f"---\ntitle: Tea\nas_of: 2025\nkey_points:\n  - {point}\n---\n",
            "content/sources.yaml": "minutes:\n  title: Minutes\n  file: minutes.txt",
            "seeds/minutes.txt": "They say it leaks.",
        }
    )
    site = render_site(Options(root), only_check=True)
    assert [row for row in site.diagnostics if row.severity == "error"] == []
    assert coverage(site.graph) == (1, cited, quoted, ())
    assert coverage(site.graph).in_words == (
        f"{cited} of 1 key points, positions, claims and events cite a source, "
        f"{quoted} with its exact words"
    )
