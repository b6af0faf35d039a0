"""Card images and icons: drawn, the same everywhere, and replaceable."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from site_builder.build import Options, build, render_site
from site_builder.content.models import EntityId, Site
from site_builder.exports.cards import CardImageView, card_view
from site_builder.exports.icons import initials
from site_builder.exports.lettering import DISPLAY, Lettering
from site_builder.links.graph import Graph
from site_builder.pages.briefs import Brief, brief_of
from site_builder.pages.site import Pages
from tests.conftest import MakeSite
from tests.exports.conftest import BASE, SMALL, rendered


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_articles_issues_and_actors_have_a_card_that_their_pages_name(quay: Path) -> None:
    for path, card in (
        ("", "articles/quay"),
        ("issues/closure/", "issues/closure"),
        ("actors/aune/", "actors/aune"),
    ):
        page = (quay / path / "index.html").read_text()
        [folder] = (
            [card]
            if (quay / f"cards/{card}.png").is_file()
            else [
                file.relative_to(quay / "cards").with_suffix("").as_posix()
                for file in (quay / "cards/articles").iterdir()
            ]
        )
        assert f'<meta property="og:image" content="{BASE}cards/{folder}.png">' in page
        assert '<meta property="og:image:alt" content="' in page
        assert size_of((quay / f"cards/{folder}.png").read_bytes()) == (1200, 630)


def test_other_pages_share_the_storys_card(quay: Path) -> None:
    assert f'content="{BASE}cards/articles/' in (quay / "timeline/index.html").read_text()


def test_the_same_card_has_the_same_bytes_from_one_process_or_many(make_site: MakeSite) -> None:
    many = {f"a{n}": f"{{name: Actor {n}, kind: person}}" for n in range(9)}
    actors = "\n".join(f"{slug}: {text}" for slug, text in many.items())
    known = "ada: {name: Ada}\nclub: {name: The Club}\n"
    root = make_site({**SMALL, "content/actors.yaml": known + actors})
    at_once = rendered(root)
    build(Options(root))
    for slug in ("a0", "a8"):
        file = root / f"output/cards/actors/{slug}.png"
        assert file.read_bytes() == at_once[f"cards/actors/{slug}.png"]


def test_latin_greek_and_cyrillic_letters_are_drawn(make_site: MakeSite) -> None:
    names = ["Ærøskøbing Łódź", "Ελλάδα", "Україна", "Việt Nam"]
    actors = "\n".join(f"a{n}: {{name: {name}}}" for n, name in enumerate(names))
    root = make_site(
        {**SMALL, "content/actors.yaml": f"ada: {{name: Ada}}\nclub: {{name: Club}}\n{actors}"}
    )
    site = render_site(Options(root))
    assert [d for d in site.diagnostics if d.code == "undrawn-letters"] == []
    drawn = [site.files[f"cards/actors/a{n}.png"] for n in range(4)]
    assert len(set(drawn)) == 4


def test_letters_that_no_font_has_are_said_and_the_page_goes_without(make_site: MakeSite) -> None:
    root = make_site({**SMALL, "content/actors.yaml": "ada: {name: عدن}\nclub: {name: The Club}"})
    site = render_site(Options(root))
    [warning] = [d for d in site.diagnostics if d.code == "undrawn-letters"]
    assert (
        warning.message == "cards/actors/ada.png is not drawn: no font at hand has the letters عدن"
    )
    assert "cards/actors/ada.png" not in site.files
    assert b"og:image" not in site.files["actors/ada/index.html"]
    assert b"cards/actors/club.png" in site.files["actors/club/index.html"]


def test_a_picture_of_ones_own_stands_instead(make_site: MakeSite) -> None:
    own = {"static/cards/issues/milk.png": b"mine", "static/favicon.ico": b"mine, too"}
    files = rendered(make_site({**SMALL, **own}))
    assert (files["cards/issues/milk.png"], files["favicon.ico"]) == (b"mine", b"mine, too")
    assert b"cards/issues/milk.png" in files["issues/milk/index.html"]


def test_without_an_address_nothing_is_drawn_but_icons(make_site: MakeSite) -> None:
    files = rendered(make_site({**SMALL, "content/site.yaml": "title: Tea"}))
    assert [path for path in files if path.startswith("cards/")] == []
    assert size_of(files["icon-192.png"]) == (192, 192)
    assert size_of(files["apple-touch-icon.png"]) == (180, 180)
    assert files["favicon.ico"][:6] == b"\0\0\1\0\1\0"
    assert size_of(files["favicon.ico"][22:]) == (32, 32)


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("The Moscow talks", "MT"),
        ("Tea", "T"),
        ("On the Quay", "Q"),
        ("Україна і мир", "УІ"),
        ("of the", "OT"),
    ],
)
def test_initials(title: str, letters: str) -> None:
    assert initials(Site(title=title).title) == letters


def test_lines_fit() -> None:
    lettering = Lettering(Path("nowhere"))
    lines = lettering.lines("word " * 60, 64, DISPLAY, 1056)
    assert " ".join(lines) == ("word " * 60).strip()
    assert all(lettering.width(line, 64, DISPLAY) <= 1056 for line in lines)
    long = lettering.lines("W" * 60, 64, DISPLAY, 1056)
    assert "".join(long) == "W" * 60


TALKS = "The talks were called constructive and useful by the one side"
PARTS = (
    f"{TALKS} and parts of the peace plan that was before them unacceptable by that very same side"
)


def card_of(make_site: MakeSite, site: dict[str, str], id: EntityId) -> CardImageView:
    root = make_site({**SMALL, **site})
    built = render_site(Options(root))
    assert built.ok, built.diagnostics
    assert built.graph is not None
    pages = Pages(built.graph, Briefs(built.graph), drafts=False)
    return card_view(pages, id, Lettering(root / "fonts"))


class Briefs(dict[EntityId, Brief]):
    """The briefs of a graph, made when they are asked for."""

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self.graph = graph

    def __missing__(self, id: EntityId) -> Brief:
        return brief_of(self.graph.linked[id])


ADA = EntityId("actor", "ada")


@pytest.mark.parametrize(
    ("role", "lines"),
    [
        ("Chair of the board.", "Chair of the board."),
        (f"{PARTS}, they said.", ""),
        (f"{TALKS}, but {PARTS}.", f"{TALKS}…"),
        (f"{TALKS}. {PARTS}.", f"{TALKS}."),
        (f"{TALKS}; {PARTS}.", f"{TALKS}…"),
    ],
)
def test_what_a_card_says_ends_where_it_can_or_is_left_out(
    make_site: MakeSite, role: str, lines: str
) -> None:
    actors = f"ada:\n  name: Ada\n  role: {role}\nclub:\n  name: The Club\n"
    card = card_of(make_site, {"content/actors.yaml": actors}, ADA)
    assert " ".join(card.lines) == lines
    assert (card.kicker, card.title, card.size) == ("Tea", ("Ada",), 76)


def milk(question: str, title: str = "Milk") -> dict[str, str]:
    return {"content/issues.yaml": f"milk:\n  title: {title}\n  question: {question}\n"}


MILK = EntityId("issue", "milk")


def test_a_long_question_is_smaller_and_then_gives_way_to_the_title(make_site: MakeSite) -> None:
    long = "Should milk go in first or tea go in first or should both go in at the same time by decree "
    events = {"content/events.yaml": "", "content/updates.yaml": ""}
    card = card_of(make_site, {**events, **milk(f"{long * 2}of all")}, MILK)
    assert (" ".join(card.title), card.size) == (f"{long * 2}of all", 46)
    assert card.lines == ()
    card = card_of(make_site, {**events, **milk(f"{long * 4}of all?")}, MILK)
    assert (card.title, card.size, card.kicker) == (("Milk",), 76, "Tea · Milk")
    card = card_of(make_site, {**events, **milk("Is it?", f"{'milk ' * 20}last")}, MILK)
    assert card.kicker == "Tea"


def test_a_tally_counts_every_stance_or_is_left_out(make_site: MakeSite) -> None:
    def site(label: str) -> dict[str, str]:
        slugs = ("a", "b", "c")
        stances = "".join(f"  {slug}:\n    label: {label} {slug}\n" for slug in slugs)
        positions = "".join(
            f"    - actor: {actor}\n      stance: {stance}\n"
            for actor, stance in (("ada", "a"), ("club", "b"), ("eve", "b"))
        )
        return {
            "content/site.yaml": f"title: Tea\nbase_url: https://example.org/\nstances:\n{stances}",
            "content/actors.yaml": "ada:\n  name: Ada\nclub:\n  name: Club\neve:\n  name: Eve\n",
            "content/issues.yaml": f"milk:\n  title: Milk\n  positions:\n{positions}",
        }

    assert [row.text for row in card_of(make_site, site("Say"), MILK).tally] == [
        "Say a 1",
        "Say b 2",
    ]
    assert card_of(make_site, site("Say with many reservations on a point"), MILK).tally == ()
