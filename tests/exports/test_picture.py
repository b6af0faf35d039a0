"""The picture as a drawing: to save, and as the card of the front page."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET

from site_builder.exports import picture_image
from site_builder.exports.lettering import Lettering
from tests.conftest import MakeSite
from tests.exports.conftest import BASE, rendered
from tests.pages.test_forms import pages_of

SITE = {
    "content/site.yaml": f"title: Ponds\nbase_url: {BASE}\n",
    "content/articles.yaml": "pond:\n  title: The pond\n  as_of: 2026\n",
    "content/actors.yaml": "ann:\n  name: Ann Holt\nben:\n  name: Ben Hay\n",
    "content/issues.yaml": (
        "dam:\n  title: The dam & the weir\n  positions:\n    - actor: ann\n      stance: rejects\n"
        "    - actor: ben\n      stance: supports\n"
    ),
}
TEN = "".join(
    f"q{n}:\n  title: Question {n}\n  positions:\n    - actor: ann\n      stance: {'rejects' if n < 8 else 'supports'}\n"
    "    - actor: ben\n      stance: supports\n"
    for n in range(10)
)
TITLE = "The sides openly disagree on the one question."


def image_of(page: bytes) -> list[str]:
    return re.findall(r'<meta property="og:image[^"]*" content="([^"]*)">', page.decode())


def size_of(png: bytes) -> tuple[int, ...]:
    return struct.unpack(">II", png[16:24])


def test_the_front_page_is_shared_with_its_picture(make_site: MakeSite) -> None:
    files = rendered(make_site(SITE))
    card = [f"{BASE}positions.png", "1200", "630", TITLE]
    assert image_of(files["index.html"]) == card
    assert image_of(files["positions/index.html"]) == card
    assert image_of(files["issues/dam/index.html"])[0] == f"{BASE}cards/issues/dam.png"
    assert size_of(files["positions.png"]) == (1200, 630)
    assert b'href="positions.svg">SVG</a>, <a href="positions.png">PNG</a>' in files["index.html"]


def test_the_drawing_to_save_has_all_words_and_its_typeface(make_site: MakeSite) -> None:
    svg = rendered(make_site(SITE))["positions.svg"]
    root = ET.fromstring(svg)
    texts = [part.text for part in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [
        TITLE, "Ann Holt", "Ben Hay", "Openly divided", "Supports", "Rejects", "Ponds · As of 2026",
        "The dam & the weir",
    ]  # fmt: skip
    assert svg.count(b"@font-face") == 2
    assert b"style=" not in svg


def test_more_questions_make_the_drawing_taller_and_it_says_what_it_leaves_out(
    make_site: MakeSite,
) -> None:
    issues = "".join(
        f"q{n}:\n  title: Question {n}\n  positions:\n    - actor: ann\n      stance: rejects\n"
        "    - actor: ben\n      stance: supports\n"
        for n in range(11)
    )
    files = rendered(make_site({**SITE, "content/issues.yaml": issues}))
    svg = files["positions.svg"].decode()
    height = re.search(r'width="1200" height="(\d+)"', svg)
    assert height
    assert 630 < int(height[1]) < 800
    assert "8 of 11 questions, 2 of 2 sides" in svg
    assert size_of(files["positions.png"]) == (1200, 630)
    assert image_of(files["index.html"])[2] == "630"


def test_a_card_leaves_out_the_last_questions_instead_and_says_so(make_site: MakeSite) -> None:
    root = make_site({**SITE, "content/issues.yaml": TEN})
    pages = pages_of(root)
    whole = picture_image.drawn(pages)
    lettering = Lettering(root / "fonts")
    card = picture_image.card_view(pages, whole, lettering)

    assert sum(len(group.rows) for group in whole.groups) == 10
    assert picture_image.image_view(pages, whole, lettering).height > 630
    assert card.height == 630
    assert [line.text for line in card.labels] == [f"Question {n}" for n in range(6)]
    assert [line.text for line in card.groups] == ["Openly divided"]
    assert card.foot.text == "Ponds · 6 of 10 questions, 2 of 2 sides · As of 2026"


def test_a_card_has_one_question_however_high_it_is(make_site: MakeSite) -> None:
    title = "word " * 120
    issue = f"q:\n  title: {title}\n  positions:\n    - actor: ann\n      stance: rejects\n    - actor: ben\n      stance: supports\n"
    files = rendered(make_site({**SITE, "content/issues.yaml": issue}))
    width, height = size_of(files["positions.png"])
    assert width == 1200
    assert height > 630


def test_letters_that_no_font_has_leave_the_front_page_its_storys_card(make_site: MakeSite) -> None:
    actors = "ann:\n  name: ანა\nben:\n  name: Ben Hay\n"
    files = rendered(make_site({**SITE, "content/actors.yaml": actors}))
    assert image_of(files["index.html"])[0] == f"{BASE}cards/articles/pond.png"
    assert "positions.png" not in files
    assert "ანა" in files["positions.svg"].decode()
    assert b">SVG</a></span>" in files["index.html"]


def test_one_side_is_not_drawn(make_site: MakeSite) -> None:
    actors = "ann:\n  name: Ann Holt\nben:\n  name: Ben Hay\n  affiliation: ann\n"
    files = rendered(make_site({**SITE, "content/actors.yaml": actors}))
    assert "positions.svg" not in files
    assert image_of(files["index.html"])[0] == f"{BASE}cards/articles/pond.png"


def test_a_site_without_cards_has_no_drawing(make_site: MakeSite) -> None:
    site = "title: Ponds\nexports: []\n"
    files = rendered(make_site({**SITE, "content/site.yaml": site}))
    assert "positions.svg" not in files
    assert b"positions.svg" not in files["index.html"]


def test_of_several_stories_each_keeps_its_card(make_site: MakeSite) -> None:
    two = "pond:\n  title: The pond\n  as_of: 2026\nweir:\n  title: The weir\n  as_of: 2026\n"
    files = rendered(make_site({**SITE, "content/articles.yaml": two}))
    weir = files["articles/weir/index.html"]
    assert image_of(weir)[0] == f"{BASE}cards/articles/weir.png"
    assert b"positions.svg" not in weir
