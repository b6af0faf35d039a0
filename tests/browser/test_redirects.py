"""Pages at old addresses, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Served

MOVES = [
    ("issues/coffee/", "issues/tea/index.html"),
    ("issues/coffee/#position-b", "issues/tea/index.html#position-b"),
    ("old/", "timeline/index.html#e"),
    ("old/#x", "timeline/index.html#e"),
    ("embed/issues/coffee/#x", "embed/issues/tea/index.html#x"),
]


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_readers_arrive_at_the_same_part(page: Page, desk: Served, old: str, new: str) -> None:
    page.goto(desk.url + old)
    page.wait_for_url(desk.url + new)
    if "position" in new:
        assert page.locator(":target").count() == 1


def test_from_files_too(page: Page, desk: Served) -> None:
    page.goto(f"{(desk.folder / 'issues/coffee/index.html').as_uri()}#position-b")
    page.wait_for_url((desk.folder / "issues/tea/index.html").as_uri() + "#position-b")


def test_without_a_script_they_arrive_at_the_page(plain: Page, desk: Served) -> None:
    plain.goto(desk.url + "issues/coffee/")
    plain.wait_for_url(desk.url + "issues/tea/index.html")
