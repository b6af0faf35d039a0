"""The positions: a picture that a screen reader can walk, usable when it is large, with the words at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served, build

if TYPE_CHECKING:
    from playwright.sync_api import Page

STANCES = ("supports", "conditional", "rejects", "contests", "unstated")
ACTORS = "Positions of the actors on the questions"
SIDES = "Positions of the sides on the questions"


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty actors and thirty issues, two positions in three."""
    root = tmp_path_factory.mktemp("large")
    (root / "content").mkdir()
    issues = []
    for issue in range(30):
        rows = "".join(
            f"    - {{actor: actor-{actor}, stance: {STANCES[(actor + issue) % 5]}, summary: In a sentence.}}\n"
            for actor in range(40)
            if (actor + issue) % 3
        )
        issues.append(f"issue-{issue}:\n  title: The issue of number {issue}\n  positions:\n{rows}")
    actors = (f"actor-{number}: {{name: Actor number {number}}}\n" for number in range(40))
    (root / "content/site.yaml").write_text("title: Large\n")
    (root / "content/articles.yaml").write_text("a: {title: Large, as_of: 2025}\n")
    (root / "content/actors.yaml").write_text("".join(actors))
    (root / "content/issues.yaml").write_text("".join(issues))
    return build(root, tmp_path_factory.mktemp("large-site"))


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine actors and six issues, each with positions of all the default stances."""
    root = tmp_path_factory.mktemp("small")
    (root / "content").mkdir()
    issues = []
    for issue in range(6):
        rows = "".join(
            f"    - actor: actor-{actor}\n      stance: {STANCES[(actor + issue) % 5]}\n      summary: In a sentence.\n"
            for actor in range(9)
            if (actor, issue) != (4, 0)
        )
        issues.append(f"issue-{issue}:\n  title: Issue {issue}\n  positions:\n{rows}")
    actors = (f"actor-{number}:\n  name: Actor {number}\n" for number in range(9))
    (root / "content/site.yaml").write_text("title: Small\n")
    (root / "content/articles.yaml").write_text("a:\n  title: Small\n  as_of: 2025\n")
    (root / "content/actors.yaml").write_text("".join(actors))
    (root / "content/issues.yaml").write_text("".join(issues))
    return build(root, tmp_path_factory.mktemp("small-site"))


def test_headers_stay_in_view_when_it_is_large(wide: Page, large_site: Path) -> None:
    """Forty sides are more than twelve: each actor has a column."""
    wide.goto((large_site / "positions/index.html").as_uri())
    region = wide.get_by_role("region", name=ACTORS)
    region.evaluate("part => { part.scrollIntoView(); part.scrollTo(300, 400); }")
    frame = region.bounding_box()
    corner = wide.locator(".picture thead td").bounding_box()
    assert abs(corner["x"] - frame["x"]) <= 2
    assert abs(corner["y"] - frame["y"]) <= 2
    assert wide.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_a_screen_reader_hears_question_side_and_stance(phone: Page, small_site: Path) -> None:
    phone.goto((small_site / "positions/index.html").as_uri())
    table = phone.get_by_role("table", name=SIDES)
    assert table.get_by_role("columnheader").count() == 9
    row = table.get_by_role("row").filter(has=phone.get_by_role("rowheader", name="Issue 0"))
    cells = [" ".join(text.split()) for text in row.get_by_role("cell").all_inner_texts()]
    assert sorted(cells) == [
        "Conditional", "Conditional", "Contests", "Contests", "Nothing recorded", "Rejects", "Rejects",
        "Supports", "Supports",
    ]  # fmt: skip


def test_a_stance_is_told_without_colour(wide: Page, seed: Served) -> None:
    """Symbol and word of each stance differ from all others', so grey print and colour blindness lose nothing."""
    wide.goto(seed.url + "positions/")
    wide.locator("#key > summary").click()
    rows = wide.locator("#key .stance").evaluate_all(
        "rows => rows.map(r => [r.innerText.trim(), r.querySelector('svg').innerHTML])"
    )
    assert len(rows) >= 5
    assert len({word for word, _ in rows}) == len({drawing for _, drawing in rows}) == len(rows)


def test_up_to_six_sides_stand_beside_each_other_and_are_not_drawn_twice(
    wide: Page, phone: Page, seed: Served
) -> None:
    for page in (wide, phone):
        page.goto(seed.url + "positions/")
    assert wide.locator(".standing-picture").is_hidden()
    assert phone.locator(".standing-picture").is_visible()
    columns = wide.locator(".answers").first.evaluate(
        "part => getComputedStyle(part).gridTemplateColumns.split(' ').length"
    )
    assert columns == 5


def test_a_square_opens_its_words(wide: Page, small_site: Path) -> None:
    wide.goto((small_site / "positions/index.html").as_uri())
    square = wide.locator(".picture td a").first
    square.hover()
    card = wide.locator("#card")
    card.wait_for(state="visible")
    assert card.locator(".answer-question").inner_text() == "Issue 0"
    assert card.locator("h2, h3, h4, [id]").count() == 0
    frame = wide.locator(".picture-frame").first.bounding_box()
    assert card.bounding_box()["x"] >= frame["x"] + frame["width"]


def test_a_tap_opens_a_sheet_that_can_be_closed(phone: Page, seed: Served) -> None:
    phone.goto(seed.url + "positions/")
    phone.locator(".picture td a").first.tap()
    card = phone.locator("#card")
    assert card.get_attribute("role") == "dialog"
    assert card.evaluate("part => part === document.activeElement")
    card.get_by_role("button", name="Close").tap()
    assert card.is_hidden()


def test_arrow_keys_go_from_square_to_square(phone: Page, seed: Served) -> None:
    phone.goto(seed.url + "positions/")
    squares = phone.locator(".picture td a")
    squares.first.focus()
    here = "document.activeElement.getAttribute('href')"
    begun = phone.evaluate(here)
    for keys in (("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp")):
        for key in keys:
            before = phone.evaluate(here)
            phone.keyboard.press(key)
            assert phone.evaluate(here) != before, key
    assert phone.evaluate(here) == begun
    phone.keyboard.press("ArrowLeft")
    assert phone.evaluate(here) == begun


def test_an_address_in_a_fold_opens_it(wide: Page, large_site: Path) -> None:
    wide.goto((large_site / "positions/index.html").as_uri() + "#w-issue-20-actor-30")
    answer = wide.locator("#w-issue-20-actor-30")
    assert answer.is_visible()


def test_a_changed_position_is_a_path(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "positions/")
    path = wide.locator(".words .path li")
    steps = path.all_inner_texts()
    assert [step.split("\n")[0].strip() for step in steps] == ["No", "Abstains", "Yes, if"]


def test_the_picture_is_no_wider_than_a_phone(phone: Page, small_site: Path) -> None:
    phone.goto((small_site / "positions/index.html").as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
