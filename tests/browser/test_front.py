"""The front page in three minutes: what stands on which screen of a phone, and what needs no script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served, build

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREEN = 844
TOP = "part => part.getBoundingClientRect().top + scrollY"
BOTTOM = "part => part.getBoundingClientRect().bottom + scrollY"
HEIGHT = "document.documentElement.scrollHeight"


def test_a_phone_shows_two_key_points_then_what_is_disputed_and_all_in_five_screens(
    phone: Page, seed: Served
) -> None:
    phone.goto(seed.url)
    assert phone.locator(".points > li").nth(1).evaluate(BOTTOM) <= SCREEN
    assert SCREEN <= phone.locator("#claims").evaluate(TOP) <= 2 * SCREEN
    assert phone.evaluate(HEIGHT) <= 5 * SCREEN


def test_ten_lines_are_one_screen(phone: Page, tmp_path: Path) -> None:
    root = tmp_path / "site"
    (root / "content/articles").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: The mill pond\n")
    (root / "content/articles/pond.md").write_text(
        "---\ntitle: Who pays for the mill pond?\nas_of: 2026-03\n---\nThe dam at the mill leaks.\n\n"
        "The town would take it down. The people who live\nbeside the pond want it mended.\n"
    )
    phone.goto((build(root, tmp_path / "out") / "index.html").as_uri())
    assert phone.evaluate(HEIGHT) <= SCREEN


def test_the_text_unfolds_without_a_script(plain: Page, seed: Served) -> None:
    plain.set_viewport_size({"width": 390, "height": 844})
    plain.goto(seed.url)
    rest = plain.locator(".read-on > .prose")
    assert rest.is_hidden()
    plain.get_by_text("Read on").click()
    assert rest.is_visible()


def test_folds_are_open_where_there_is_room_and_on_paper(wide: Page, seed: Served) -> None:
    wide.goto(seed.url)
    folded = wide.locator(".fold")
    assert folded.count() == 3
    for fold in folded.all():
        assert fold.locator("> summary").is_hidden()
        assert fold.locator("> :not(summary)").last.is_visible()
    wide.set_viewport_size({"width": 390, "height": 844})
    wide.emulate_media(media="print")
    assert wide.locator(".read-on > .prose").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_nothing_is_wider_than_the_screen(
    page: Page, seed: Served, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in ("", "positions/"):
        page.goto(seed.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_squares_print_and_keep_their_symbols_in_forced_colours(page: Page, seed: Served) -> None:
    page.goto(seed.url)
    square = page.locator(".picture .square-yes").first
    fill = "part => getComputedStyle(part.querySelector('rect')).fill"
    page.emulate_media(media="print")
    assert square.evaluate(fill) == "rgb(27, 94, 140)"
    page.emulate_media(media="screen", forced_colors="active")
    ground = square.evaluate(fill)
    symbol = square.locator(".symbol").evaluate("part => getComputedStyle(part).color")
    assert ground != symbol
