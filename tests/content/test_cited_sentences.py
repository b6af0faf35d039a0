"""How many sentences of a text cite something, as `site-builder check` and the margin say."""

from __future__ import annotations

import pytest

from site_builder.build import Options, render_site
from site_builder.checks.coverage import coverage
from tests.conftest import MakeSite

SITE = {
    "content/site.yaml": "title: Tea\n",
    "content/sources.yaml": "minutes:\n  title: Minutes\n  file: minutes.txt\nboard:\n  title: Board\n",
    "seeds/minutes.txt": "They say that it leaks a lot. It may not last another winter, they say.\n",
}


@pytest.mark.parametrize(
    ("text", "total", "cited"),
    [
        ("It leaks. It is old.", 2, 0),
        ("It leaks [@minutes]. It is old.", 2, 1),
        ("It leaks. [@minutes] It is old.", 2, 1),
        ("It leaks. It is old. [@minutes; @board]", 2, 1),
        ("漏れる。[@minutes]古い[@board]。", 2, 2),
        ("It [@minutes] leaks [@board]. It is old.", 2, 1),
        ("It leaks, says Mr. Holt. It is old [@minutes].", 2, 1),
        ("“It leaks a lot”, he said. He went. “It may not last another winter.” All that is known [@minutes].", 4, 3),
        ("“It leaks a little”, he said. He went [@board].", 2, 1),
        ("“It leaks a lot”, he said. He went [@board].", 2, 1),
        ("“It leaks”, he said. He went [@minutes].", 2, 1),
        ("## It leaks. It is old.\n\nSo it is [@minutes].", 1, 1),
        ("- It leaks [@minutes]. “It may not last another winter.”\n- It is old.\n\n  It is new [@board].", 4, 3),
        ("> It leaks a lot.\n>\n> It may not last another winter.\n>\n> — The minutes [@minutes]", 3, 3),
        ("| a | b |\n|---|---|\n| “It leaks a lot” | Known [@minutes] |\n| “It leaks a lot” | No |", 4, 2),
        ("```\nIt leaks. It is old.\n```\n\n***\n\nIt is `old.` Yes.", 2, 0),
        ("It links to [[board]] and [@minutes] to that. It is [old](https://example.org).", 2, 1),
        ("", 0, 0),
    ],
)  # fmt: skip
def test_sentences(make_site: MakeSite, text: str, total: int, cited: int) -> None:
    site = {**SITE, "content/issues/dam.md": f"---\ntitle: Dam\n---\n{text}\n"}
    rendered = render_site(Options(make_site(site)), only_check=True)
    assert rendered.graph
    assert coverage(rendered.graph).sentences == (total, cited)


def test_they_are_counted_page_by_page(make_site: MakeSite) -> None:
    site = {
        **SITE,
        "content/issues/dam.md": "---\ntitle: Dam\n---\nIt leaks [@minutes]. It is old.\n",
        "content/issues/mill.md": "---\ntitle: Mill\n---\nIt stands. It is old. It is small.\n",
        "content/issues/road.md": "---\ntitle: Road\n---\n",
        "content/articles/pond.md": "---\ntitle: Pond\nas_of: 2026\n---\nAll is known [@board].\n",
    }
    rendered = render_site(Options(make_site(site)), only_check=True)
    assert rendered.graph
    assert coverage(rendered.graph).in_words.splitlines() == [
        "0 of 0 key points, positions, claims and events cite a source, 0 with its exact words",
        "2 of 6 sentences of the texts cite a source",
        "  issues/mill/: 0 of 3",
        "  issues/dam/: 1 of 2",
        "  home page: 1 of 1",
    ]


def test_few_pages_are_named(make_site: MakeSite) -> None:
    issues = {f"content/issues/i-{n:02}.md": f"---\ntitle: I {n}\n---\nIt is.\n" for n in range(12)}
    rendered = render_site(Options(make_site({**SITE, **issues})), only_check=True)
    assert rendered.graph
    lines = coverage(rendered.graph).in_words.splitlines()
    assert lines[2:4] == ["  issues/i-00/: 0 of 1", "  issues/i-01/: 0 of 1"]
    assert lines[11:] == ["  issues/i-09/: 0 of 1", "  and 2 more pages"]


def test_without_a_source_no_sentence_is_counted(make_site: MakeSite) -> None:
    site = {
        "content/site.yaml": "title: Tea\n",
        "content/issues/dam.md": "---\ntitle: Dam\n---\nIt is.\n",
    }
    rendered = render_site(Options(make_site(site)), only_check=True)
    assert rendered.graph
    assert coverage(rendered.graph).pages == ()
