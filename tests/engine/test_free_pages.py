"""What other pages say of free pages follows them: trails, foots, lists of what is below, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.engine.edited import SITE, Edited

if TYPE_CHECKING:
    from pathlib import Path


def page(title: str, text: str = "", **fields: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: {title}\n{lines}---\n{text}\n"


def shown(html: str, part: str) -> list[str]:
    """The words of the links in the first element of this class or id."""
    found = re.search(rf'(?:class|id)="{part}".*?</(?:nav|section)>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>(.*?)</a>", found[0]) if found else []


def test_pages_come_move_and_go(tmp_path: Path) -> None:
    site = Edited(tmp_path)
    assert site.edit({**SITE, "content/pages/guide/mill.md": page("The mill", "[[lab]]")}) == []
    assert shown(site.html("guide/mill"), "trail") == ["Tea"]
    assert shown(site.html("actors/lab"), "foot-nav") == ["About", "Data to take away", "The mill"]

    assert site.edit({"content/pages/guide.md": page("Guide")}) == []
    assert shown(site.html("guide/mill"), "trail") == ["Tea", "Guide"]
    assert shown(site.html("guide"), "below") == ["The mill"]
    assert shown(site.html("actors/lab"), "foot-nav") == ["About", "Data to take away", "Guide"]

    assert site.edit({"content/pages/guide.md": page("The guide")}) == []
    assert shown(site.html("guide/mill"), "trail") == ["Tea", "The guide"]
    assert shown(site.html("actors/lab"), "foot-nav")[-1] == "The guide"

    assert site.edit({"content/pages/guide.md": page("The guide", draft="true")}) == []
    assert shown(site.html("guide/mill"), "trail") == ["Tea"]

    assert site.edit({"content/pages/guide.md": None}) == []
    assert site.edit({"content/pages/about.md": page("Who we are", "[[lab]]")}) == []
    assert "Who we are</h1>" in site.html("about")
    assert site.edit({"content/pages/about.md": None}) == []
    assert "About</h1>" in site.html("about")


def test_a_link_to_a_page_follows_it(tmp_path: Path) -> None:
    site = Edited(tmp_path)
    link = {"content/pages/method.md": page("Method", "[[page/about/team]]")}
    assert site.edit({**SITE, **link}) == ["unknown-reference"]
    assert site.edit({"content/pages/about/team.md": page("The team")}) == []
    assert 'href="../about/team/index.html"' in site.html("method")
    assert site.edit({"content/pages/about/team.md": page("Us", template="wide.html")}) == [
        "template-missing"
    ]
    assert site.edit({"templates/pages/wide.html": "<p>{{ content.title }}</p>"}) == []
    assert site.html("about/team") == "<p>Us</p>"
    assert ">Us</a>" in site.html("method")
    assert site.edit({"templates/pages/wide.html": "<b>{{ content.title }}</b>"}) == []
    assert (site.html("about/team"), site.made) == ("<b>Us</b>", {"about/team/"})
    assert site.edit({"content/pages/about/team.md": None}) == ["unknown-reference"]
