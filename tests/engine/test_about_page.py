"""What the about page cites is told on the pages of its sources, as what any other page cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.build import Options, build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite

SITE = {
    "content/site.yaml": "title: Tea\nexports: []\n",
    "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2025-12-02\n---\nStrong.\n",
    "content/sources.yaml": "menu:\n  title: The menu\n  file: menu.txt\n",
    "seeds/menu.txt": "Tea is hot at all hours.\n",
}
ABOUT = """
    We read the menu [@menu].

    ## How

    Twice: it says so [@menu "hot at all hours"].
    """


def backlinks(root: Path) -> list[tuple[str, str]]:
    """Address and title of each page that the source's page says rests on it."""
    page = (root / "output/sources/menu/index.html").read_text("utf-8")
    lists = re.findall(r'<ul class="backlinks">(.*?)</ul>', page, re.DOTALL)
    return [row for text in lists for row in re.findall(r'<li><a href="(.*?)">(.*?)</a>', text)]


def test_a_source_says_that_the_about_page_rests_on_it(make_site: MakeSite) -> None:
    root = make_site({**SITE, "content/about.md": ABOUT})
    assert build(Options(root)).diagnostics == ()
    assert backlinks(root) == [
        ("../../about/index.html#how", "About this explainer"),
        ("../../about/index.html", "About this explainer"),
    ]


def test_an_edit_of_the_about_page_shows_there(make_site: MakeSite) -> None:
    root = make_site(SITE)
    build(Options(root))
    assert backlinks(root) == []
    make_site({"content/about.md": "---\ntitle: Who we are\n---\nWe read [@menu].\n"})
    build(Options(root))
    assert backlinks(root) == [("../../about/index.html", "Who we are")]
    (root / "content/about.md").unlink()
    build(Options(root))
    assert backlinks(root) == []
