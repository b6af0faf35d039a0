"""The matrix: a table that a screen reader can walk, usable when it is large, a list on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served, build

if TYPE_CHECKING:
    from playwright.sync_api import Page

STANCES = ("supports", "conditional", "rejects", "contests", "unstated")
CAPTION = "Positions of the actors on the issues"


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
    wide.goto((large_site / "positions/index.html").as_uri())
    region = wide.get_by_role("region", name=CAPTION)
    region.evaluate("part => { part.scrollIntoView(); part.scrollTo(1500, 1500); }")
    frame = region.bounding_box()
    corner = wide.locator(".matrix-corner").bounding_box()
    assert abs(corner["x"] - frame["x"]) <= 2
    assert abs(corner["y"] - frame["y"]) <= 2
    seen = "part => { const box = part.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    assert wide.locator("#column-issue-14").evaluate(seen)
    assert wide.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_headers_stay_in_view_when_it_is_small(wide: Page, small_site: Path) -> None:
    wide.set_viewport_size({"width": 1280, "height": 500})
    wide.goto((small_site / "positions/index.html").as_uri())
    wide.locator(".matrix tbody tr").last.scroll_into_view_if_needed()
    assert wide.locator(".matrix-corner").bounding_box()["y"] >= -1


def test_every_cell_row_and_column_has_an_address(wide: Page, large_site: Path) -> None:
    address = (large_site / "positions/index.html").as_uri()
    wide.goto(address)
    cells = wide.locator(".matrix tbody td")
    assert cells.count() == 40 * 30
    assert wide.locator(".matrix tbody td[id^='cell-actor-']").count() == 40 * 30
    assert wide.locator(".matrix tbody tr[id^='row-actor-']").count() == 40
    assert wide.locator(".matrix thead th[id^='column-issue-']").count() == 30
    wide.goto(f"{address}#cell-actor-30-issue-20")
    cell, corner = wide.locator(":target"), wide.locator(".matrix-corner")
    assert cell.bounding_box()["x"] >= corner.bounding_box()["x"] + corner.bounding_box()["width"]
    assert cell.bounding_box()["y"] >= corner.bounding_box()["y"] + corner.bounding_box()["height"]
    wide.goto(f"{address}#column-issue-3")
    assert wide.locator(".in-column").count() == 41


def test_a_screen_reader_hears_actor_issue_and_stance(wide: Page, small_site: Path) -> None:
    wide.goto((small_site / "positions/index.html").as_uri())
    table = wide.get_by_role("table", name=CAPTION)
    assert table.get_by_role("columnheader").count() == 7
    row = table.get_by_role("row").filter(has=wide.get_by_role("rowheader", name="Actor 4"))
    cells = [" ".join(text.split()) for text in row.get_by_role("cell").all_inner_texts()]
    assert cells[0] == "No position recorded"
    assert cells[5] == "Not stated In a sentence."


def test_a_stance_is_told_without_colour(wide: Page, seed: Served) -> None:
    """Symbol and word of each stance differ from all others', so grey print and colour blindness lose nothing."""
    wide.goto(seed.url + "positions/")
    rows = wide.locator("#key .stance").evaluate_all(
        "rows => rows.map(r => [r.innerText.trim(), r.querySelector('svg').innerHTML])"
    )
    assert len(rows) >= 5
    assert len({word for word, _ in rows}) == len({drawing for _, drawing in rows}) == len(rows)


def test_a_changed_position_is_a_path(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "positions/")
    cell = wide.locator("#cell-aune-closure")
    words = cell.locator(".cell-path, .cell-stance").all_inner_texts()
    assert " ".join(" ".join(words).split()) == "No 2 then Abstains then Yes, if"
    cell.locator(".cell-stance").click()
    path = wide.locator(":target .path li")
    path.first.wait_for()
    steps = path.all_inner_texts()
    assert [step.split("\n")[0].strip() for step in steps] == ["No", "Abstains", "Yes, if"]
    assert [
        ("2023" in steps[0]),
        ("about May 2024" in steps[1]),
        ("11 March 2025" in steps[2]),
    ] == [True] * 3


def test_a_phone_gets_a_list_per_issue(phone: Page, quay: Served) -> None:
    phone.goto(quay.url + "positions/")
    assert phone.get_by_role("table", name=CAPTION).count() == 0
    issues = phone.locator(".by-issue-one")
    assert issues.locator("h2").all_inner_texts() == [
        "The bus",
        "The closure",
        "The money",
        "Noise",
    ]
    first = issues.nth(1).locator("li").first
    assert (
        " ".join(first.inner_text().split()) == "Brandvold Yes Has asked for it for eleven years."
    )
    assert "No position recorded" in issues.nth(3).inner_text()


def test_an_address_of_a_cell_leads_a_phone_to_its_line(phone: Page, quay: Served) -> None:
    phone.goto(quay.url + "positions/#cell-residents-closure")
    line = phone.locator("[data-for='cell-residents-closure']")
    assert 0 <= line.bounding_box()["y"] < 844
