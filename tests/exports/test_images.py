"""Card images and icons: drawn, the same everywhere, and replaceable."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from site_builder.build import Options, build, render_site
from site_builder.content.models import EntityId, Site
from site_builder.exports.cards import CardImageView, card_view
from site_builder.exports.icons import initials
from site_builder.exports.lettering import DISPLAY, TEXT, Lettering
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
        ("timeline/", "articles/quay"),
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


def test_letters_that_no_font_has_are_said_and_the_page_has_the_storys_card(
    make_site: MakeSite,
) -> None:
    actors = "ada:\n  name: عدن\nclub:\n  name: The Club\n"
    site = render_site(Options(make_site({**SMALL, "content/actors.yaml": actors})))
    said = [d.message for d in site.diagnostics if d.code == "undrawn-letters"]
    assert said == [  # on the issue's card stands whose position it is
        "cards/actors/ada.png is not drawn: no installed font has the letters عدن",
        "cards/issues/milk.png is not drawn: no installed font has the letters عدن",
    ]

    def image_of(path: str) -> list[str]:
        page = site.files[f"{path}index.html"].decode()
        return re.findall(r'<meta property="og:image(?::alt)?" content="([^"]*)">', page)

    story = ["https://example.org/tea/cards/articles/tea.png", "Milk or lemon"]
    assert "cards/actors/ada.png" not in site.files
    assert image_of("actors/ada/") == image_of("issues/milk/") == story
    assert image_of("actors/club/") == ["https://example.org/tea/cards/actors/club.png", "The Club"]


def test_where_the_story_has_no_card_either_the_page_goes_without(make_site: MakeSite) -> None:
    article = SMALL["content/articles/tea.md"].replace("Milk or lemon", "عدن")
    actors = "ada:\n  name: عدن\nclub:\n  name: The Club\n"
    files = rendered(
        make_site({**SMALL, "content/articles/tea.md": article, "content/actors.yaml": actors})
    )
    assert b"og:image" not in files["actors/ada/index.html"]
    assert b"og:image" not in files["index.html"]
    assert b"cards/actors/club.png" in files["actors/club/index.html"]


def test_a_picture_in_place_of_a_card_that_cannot_be_drawn_is_the_pages(
    make_site: MakeSite,
) -> None:
    actors = "ada:\n  name: عدن\nclub:\n  name: The Club\n"
    own = {"static/cards/actors/ada.png": b"mine"}
    site = render_site(Options(make_site({**SMALL, **own, "content/actors.yaml": actors})))
    assert b"cards/actors/ada.png" in site.files["actors/ada/index.html"]


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


# --- stances on cards ----------------------------------------------------------------------------


def quarrel(
    held: Sequence[tuple[str, str]],
    labels: Mapping[str, str],
    question: str = "Should milk go in first?",
    names: Mapping[str, str] = {},
) -> dict[str, str]:
    """A site whose actors hold these stances on milk: `(actor, stance)`, and labels of stances."""
    stances = "".join(f"  {slug}:\n    label: {label}\n" for slug, label in labels.items())
    positions = "".join(f"    - actor: {actor}\n      stance: {stance}\n" for actor, stance in held)
    people = {"ada": "Ada", "club": "Club"} | {actor: actor.title() for actor, _ in held} | names
    actors = "".join(f"{actor}:\n  name: {name}\n" for actor, name in people.items())
    return {
        "content/site.yaml": f"title: Tea\nbase_url: https://example.org/\nstances:\n{stances}",
        "content/actors.yaml": actors,
        "content/issues.yaml": f"milk:\n  title: Milk\n  question: {question}\n  positions:\n{positions}",
    }


def said(card: CardImageView) -> list[tuple[str, str]]:
    return [(row.label, " / ".join(row.names)) for row in card.rows]


def inside(card: CardImageView) -> bool:
    """Whether all of it stands between the margins, in order, and under the title."""
    lettering = Lettering(Path("nowhere"))
    fits = all(
        row.names_x + lettering.width(name, 30, TEXT) <= 1128.5
        and row.x + 38 + lettering.width(row.label, 30, TEXT) < row.names_x
        for row in card.rows
        for name in row.names
    )
    lowest = max(row.y + 46 * (len(row.names) - 1) for row in card.rows)
    title_ends = 136 + card.size * (1 + 1.16 * (len(card.title) - 1))
    return fits and lowest == 532 and title_ends + 20 <= card.rule < card.rows[0].y - 30


ABC = {"a": "For", "b": "In part", "c": "Against", "d": "Not used"}


def test_a_card_names_who_holds_each_stance_in_the_order_of_the_vocabulary(
    make_site: MakeSite,
) -> None:
    held = [("eve", "c"), ("ada", "a"), ("club", "b"), ("bob", "a")]
    card = card_of(make_site, quarrel(held, ABC), MILK)
    assert said(card) == [("For", "Ada, Bob"), ("In part", "Club"), ("Against", "Eve")]
    assert [(row.x, row.y) for row in card.rows] == [(72, 440), (72, 486), (72, 532)]
    assert len({row.names_x for row in card.rows}) == 1
    assert (" ".join(card.title), card.rule) == ("Should milk go in first?", 386)
    assert inside(card)


def test_an_actors_card_names_the_issues_of_each_stance(make_site: MakeSite) -> None:
    site = quarrel([("ada", "a")], ABC)
    site["content/issues.yaml"] += (
        "lemon:\n  title: Lemon, or not\n  positions:\n    - actor: ada\n      stance: a\n"
        "sugar:\n  title: Sugar\n  positions:\n    - actor: ada\n      stance: c\n"
    )
    card = card_of(make_site, site, ADA)
    assert said(card) == [("For", "Milk; Lemon, or not"), ("Against", "Sugar")]
    site["content/issues.yaml"] += "  short_title: Sweet\n"
    assert said(card_of(make_site, site, ADA))[1] == ("Against", "Sweet")
    assert card_of(make_site, site, EntityId("actor", "club")).rows == ()


def test_names_go_on_in_further_lines_and_then_the_rest_is_counted(make_site: MakeSite) -> None:
    def held(count: int) -> list[tuple[str, str]]:
        return [(f"chamber{n:02}", "a") for n in range(count)] + [("eve", "c")]

    [first, against] = said(card_of(make_site, quarrel(held(9), ABC), MILK))
    assert first[1].replace(" / ", " ") == ", ".join(f"Chamber{n:02}" for n in range(9))
    assert (first[1].count(" / "), against) == (2, ("Against", "Eve"))
    card = card_of(make_site, quarrel(held(99), ABC), MILK)
    [first, against] = said(card)
    assert re.fullmatch(r"Chamber00, .* and (\d+) more", first[1])
    named = re.findall(r"Chamber\d\d", first[1])
    assert len(named) + int(first[1].split()[-2]) == 99
    assert against == ("Against", "Eve")
    assert inside(card)


def test_many_stances_stand_in_two_columns_and_too_many_are_left_out_all(
    make_site: MakeSite,
) -> None:
    def site(count: int, question: str) -> dict[str, str]:
        slugs = [f"s{n}" for n in range(count)]
        held = [(f"p{n}", slug) for n, slug in enumerate(slugs)]
        return quarrel(held, {slug: f"Says {slug}" for slug in slugs}, question)

    card = card_of(make_site, site(10, "Is it?"), MILK)
    assert said(card) == [(f"Says s{n}", f"P{n}") for n in range(10)]
    assert [row.x for row in card.rows] == [72] * 5 + [610] * 5
    assert [row.y for row in card.rows] == [348, 394, 440, 486, 532] * 2
    assert inside(card)
    card = card_of(make_site, site(30, "Is it?"), MILK)
    assert (card.rows, card.title, card.rule) == ((), ("Is it?",), 0)


def test_a_long_question_is_smaller_where_stances_stand_below_it(make_site: MakeSite) -> None:
    held = [("eve", "c"), ("ada", "a"), ("club", "b")]
    long = "Should milk go in first or tea go in first or should both go in at once"
    without = card_of(make_site, quarrel([], ABC, f"{long}?"), MILK)
    card = card_of(make_site, quarrel(held, ABC, f"{long}?"), MILK)
    assert " ".join(without.title) == " ".join(card.title) == f"{long}?"
    assert (without.size, card.size) == (64, 64)
    held.append(("bob", "d"))
    card = card_of(make_site, quarrel(held, ABC, f"{long}?"), MILK)
    assert (" ".join(card.title), card.size) == (f"{long}?", 54)
    assert inside(card)
    card = card_of(make_site, quarrel(held, ABC, f"{long}, {long}, {long}, {long}?"), MILK)
    assert (card.title, len(card.rows)) == (("Milk",), 4)


def test_a_name_without_room_is_counted_and_a_label_without_room_takes_all_rows(
    make_site: MakeSite,
) -> None:
    held = [("ada", "a"), ("eve", "c")]
    name = "Chamber " * 24
    card = card_of(make_site, quarrel(held, ABC, names={"ada": name}), MILK)
    assert said(card)[1] == ("Against", "Eve")
    assert said(card)[0][1].replace(" / ", " ") == name.strip()
    unbroken = card_of(make_site, quarrel(held, ABC, names={"ada": "Chamber" * 28}), MILK)
    assert said(unbroken) == [("For", "1"), ("Against", "Eve")]
    label = {"a": "Says yes with many reservations on each of the many points", "c": "Against"}
    assert said(card_of(make_site, quarrel(held, label), MILK))[0][1] == "Ada"
    label["a"] = "Says yes " * 12
    assert card_of(make_site, quarrel(held, label), MILK).rows == ()


def test_a_story_without_stances_has_room_for_more_below_its_title(make_site: MakeSite) -> None:
    story = f"---\ntitle: Milk\nas_of: 2025-03-01\nstandfirst: {TALKS}. {PARTS}. {PARTS}.\n---\n"
    card = card_of(make_site, {"content/articles/tea.md": story}, EntityId("article", "tea"))
    assert " ".join(card.lines) == f"{TALKS}. {PARTS}. {PARTS}."
    assert (card.title, len(card.lines)) == (("Milk",), 5)


def test_a_card_follows_the_names_of_others(make_site: MakeSite) -> None:
    root = make_site({**SMALL, **quarrel([("ada", "a"), ("eve", "c")], ABC)})
    card = root / "output/cards/issues/milk.png"
    build(Options(root))
    before = card.read_bytes()
    actors = (root / "content/actors.yaml").read_text().replace("name: Eve", "name: Evelyn")
    make_site({"content/actors.yaml": actors})
    build(Options(root))
    assert before != card.read_bytes() == rendered(root)["cards/issues/milk.png"]
