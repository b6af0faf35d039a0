"""The editor's margin of each page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.preview.conftest import Live, StartPreview


def words(html: str) -> list[str]:
    """What a margin says, line by line."""
    lines = (" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in html.splitlines())
    return [line for line in lines if line]


def test_each_page_offers_the_file_it_comes_from(still: Live) -> None:
    for page, file in (
        ("/", "content/articles/tea.md"),
        ("/issues/milk/", "content/issues/milk.md"),
        ("/actors/anna/", "content/actors/anna.md"),
        ("/terms/", "content/terms.yaml"),
        ("/issues/", "content/issues/milk.md"),
        ("/about/", "content/site.yaml"),
    ):
        link = f'<a href="vscode://file{still.root}/{file}:1:1">{file}</a>'
        assert link in still.state(page)["margin"], page
        assert link in still.get(page).text, page


def test_it_is_only_in_the_preview(still: Live) -> None:
    assert all(b"site-builder-margin" not in data for data in still.clean_build().values())


def test_it_tells_what_is_unsourced_and_what_nothing_refers_to(start: StartPreview) -> None:
    live = start(
        {
            "content/actors/ben.md": "---\nname: Ben\n---\n",
            "content/claims.yaml": "c:\n  statement: Milk goes first.\n  made_by: [anna]\n",
        }
    )

    said = words(live.state("/issues/milk/")["margin"])
    assert said[:6] == [
        "content/issues/milk.md 2 · the preview has ended",
        "This page comes from",
        "content/issues/milk.md",
        "1 piece of advice in this file",
        "content/issues/milk.md:4:1",
        "all who are recorded here hold one stance [one-sided]",
    ]
    lacking = said.index("Without a source")
    assert said[lacking : lacking + 3] == [
        "Without a source",
        "position: anna",
        "0 of 1 statement cites a source.",
    ]
    assert '<a href="#position-anna">position: anna</a>' in live.state("/issues/milk/")["margin"]
    for page in ("/actors/ben/", "/actors/"):
        ben = words(live.state(page)["margin"])
        at = ben.index("Nothing refers to")
        assert ben[at : at + 2] == ["Nothing refers to", "Ben"]
    assert "claim: Milk goes first." in words(live.state("/claims/")["margin"])
    assert "Nothing refers to" not in live.state("/actors/anna/")["margin"]


def test_it_tells_the_warnings_of_the_file_and_how_many_there_are_elsewhere(
    start: StartPreview,
) -> None:
    live = start({"content/sources.yaml": "book:\n  title: A book\n"})

    milk = words(live.state("/issues/milk/")["margin"])
    assert milk[3].startswith("1 warning, ")
    assert "warning: this position cites nothing [uncited]" in milk
    assert "all who are recorded here hold one stance [one-sided]" in milk
    assert milk[-1] == "2 more in other files."
    source = live.state("/sources/book/")["margin"]
    assert "nothing cites source 'book' [unused-source]" in source or "[unused-source]" in source
    assert "Nothing refers to" in source


def test_it_follows_the_file_though_the_page_stays_the_same(start: StartPreview) -> None:
    live = start({"content/sources.yaml": "book:\n  title: A book\n"})
    browser = live.connect()
    before = live.state("/issues/milk/")

    live.replace("content/issues/milk.md", "---\ntitle", "---\n\n\ntitle")

    after = live.state("/issues/milk/")
    assert after["digest"] == before["digest"]
    assert "content/issues/milk.md:7:5" in after["margin"]
    assert browser.message()["command"] == "reload"


def test_it_says_that_a_page_is_a_draft(start: StartPreview) -> None:
    live = start({"content/issues/sugar.md": "---\ntitle: Sugar\ndraft: true\n---\n"})

    assert "A draft: builds leave it out." in live.state("/issues/sugar/")["margin"]


def test_what_it_shows_is_escaped(start: StartPreview) -> None:
    live = start({"content/actors/ben.md": "---\nname: <b onclick=x>Ben\n---\n"})

    margin = live.state("/actors/ben/")["margin"]

    assert "&lt;b onclick=x&gt;Ben" in margin
    assert "<b onclick" not in margin


def test_the_seed_explainers_pages_all_have_one() -> None:
    from pathlib import Path

    from site_builder.build import render_site
    from site_builder.preview.editors import Editor
    from site_builder.preview.margin import margin
    from site_builder.preview.serving import Settings
    from site_builder.preview.showing import Snapshot

    root = Path(__file__).parent.parent.parent
    snapshot = Snapshot(render_site(Settings(root).options))
    for file in snapshot.routes:
        shown = margin(snapshot, file, Editor(root, "e:{path}"))
        assert 'href="e:' in shown, file
