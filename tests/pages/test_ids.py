"""No page has an id twice, whatever headings, points and entities are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from site_builder.build import Options, render_site
from site_builder.diagnostics import as_text
from site_builder.markdown.anchors import RESERVED_ANCHORS, heading_anchors, is_reserved

HEADINGS = (
    *sorted(RESERVED_ANCHORS), "Position holt", "Position holt 2", "Row holt", "Column dam", "Cell holt dam",
    "Cite 1", "Note 1", "Fn1", "Fnref1", "Card actor holt", "Card claim leak", "Background name", "Cite name",
    "P 3", "P iv", "Art 53 2", "T 00 12 30", "Par 12", "W dam holt", "Cite", "Note", "Position", "P", "Who pays",
    "Who pays", "Section position holt", "Main", "Costs",
)  # fmt: skip
BODY = "".join(f"## {heading}\n\nText [@minutes “It leaks”].[^1]\n\n" for heading in HEADINGS)
BODY += "[^1]: A note with [[holt]].\n"
FILES = {
    "content/site.yaml": "title: The mill pond\nbase_url: https://pond.example/\n",
    "content/sources.yaml": "letter:\n  title: Letter\n",
    "content/sources/minutes.md": f"---\ntitle: Minutes\nfile: m.txt\nshow: full\n---\n{BODY}",
    "seeds/m.txt": "It leaks. It does.\n",
    "content/actors.yaml": "".join(
        f"{slug}:\n  name: Actor {slug}\n  cite: letter\n" for slug in ("a", "a-b", "holt-2")
    ),
    "content/actors/holt.md": f"---\nname: Holt\n---\n{BODY}",
    **{
        f"content/issues/{slug}.md": (
            f"---\ntitle: Issue {slug}\npositions:\n"
            + "".join(
                f"  - actor: {actor}\n    stance: supports\n    cite: minutes\n"
                for actor in ("a", "a-b", "holt", "holt-2")
            )
            + f"---\n{BODY}"
        )
        for slug in ("dam", "b-dam", "dam-costs", "cite", "notes")
    },
    "content/claims.yaml": "leak:\n  statement: It leaks.\n  made_by: holt\n  cite: minutes\n",
    "content/events.yaml": "leak:\n  date: 2026\n  title: It leaks\n  cite: minutes\n",
    "content/terms.yaml": "weir:\n  definition: A wall.\n  cite: minutes\n",
    "content/updates.yaml": "first:\n  date: 2026\n  text: First.\n",
    "content/articles/pond.md": (
        "---\ntitle: The pond\nas_of: 2026\nkey_points:\n"
        + "".join(
            f"  - text: '{heading}'\n    cite: minutes\n"
            for heading in ("Who pays", "Timeline", "Notes", "Cite 1", "Position holt", "Fn1", "Main")
        )
        + f"open_questions:\n  - Who pays\n---\n{BODY}"
    ),
}  # fmt: skip


class _Ids(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.counted: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counted.update(value or "" for name, value in attrs if name == "id")


def test_no_page_has_an_id_twice(make_site: Callable[[dict[str, str]], Path]) -> None:
    rendered = render_site(Options(make_site(FILES)))
    assert as_text([row for row in rendered.diagnostics if row.is_error]) == ""
    pages = {path: _Ids(bytes(rendered.files[path]).decode()) for path in rendered.files if path.endswith(".html")}  # fmt: skip
    twice = {
        path: [id for id, count in page.counted.items() if count > 1]
        for path, page in pages.items()
    }
    assert {path: ids for path, ids in twice.items() if ids} == {}
    assert {"positions/index.html", "print/index.html", "sources/minutes/index.html"} <= set(pages)
    assert pages["issues/dam/index.html"].counted["position-holt"] == 1


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Position Holt", "section-position-holt"),
        ("Positions", "positions-2"),
        ("Position", "position"),
        ("Cite 1", "section-cite-1"),
        ("Cite", "section-cite"),
        ("Notes name", "section-notes-name"),
        ("Brand name", "brand-name"),
        ("P 3", "section-p-3"),
        ("P. iv", "section-p-iv"),
        ("P-value", "p-value"),
        ("Art. 53(2)", "section-art-532"),
        ("Art history", "art-history"),
        ("T-shirts", "t-shirts"),
        ("Q and A", "q-and-a"),
        ("Fn1", "section-fn1"),
        ("Card games", "card-games"),
        ("Card actor Holt", "section-card-actor-holt"),
    ],
)
def test_headings_leave_ids_to_the_page(heading: str, anchor: str) -> None:
    assert heading_anchors([heading]) == [(anchor, "")]
    assert not is_reserved(anchor)


def test_headings_of_one_name_that_a_page_reserves_are_numbered() -> None:
    found = heading_anchors(["Position Holt", "Position Holt", "Section position Holt"])
    assert [anchor for anchor, _ in found] == [
        "section-position-holt",
        "section-position-holt-2",
        "section-position-holt-3",
    ]
