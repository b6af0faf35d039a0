"""Everything that can be pointed at can be reached and done with a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOCUSED = """() => {
  const part = document.activeElement, box = part.getBoundingClientRect(), style = getComputedStyle(part);
  return {
    name: part === document.body ? "" : part.tagName + (part.id ? "#" + part.id : "") + "|" + part.innerText.slice(0, 30),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || part.matches(".skip"),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


def test_the_first_stop_is_the_way_to_the_content(page: Page, seed: Served) -> None:
    page.goto(seed.url)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["issues/draft-plan/", "positions/", "timeline/", "404.html"])
def test_every_stop_is_seen_and_there_is_a_way_out(
    page: Page, quay: Served, seed: Served, path: str
) -> None:
    page.goto((quay if path == "404.html" else seed).url + path)
    stops = page.locator(
        "a[href]:visible, button:visible, summary:visible, input:visible, select:visible, [tabindex='0']:visible"
    ).count()
    for _ in range(stops + 3):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["name"]:
            break
        assert focused["outlined"], focused
        assert focused["seen"], focused
        page.keyboard.press("Escape")
    else:
        pytest.fail("the keyboard does not get out of the page")


def test_the_picture_of_all_actors_scrolls_by_keyboard(page: Page, seed: Served) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(seed.url + "positions/")
    page.locator("#every-actor > summary").press("Enter")
    region = page.get_by_role("region", name="Positions of the actors on the questions")
    region.focus()
    assert region.evaluate("part => part === document.activeElement")


def test_the_timeline_is_filtered_by_keyboard(page: Page, quay: Served) -> None:
    page.goto(quay.url + "timeline/")
    page.get_by_label("Who").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("The region")
    page.keyboard.press("Enter")
    chip = page.locator(".chips button")
    assert chip.all_inner_texts() == ["The region ×"]
    assert page.locator(".event:visible").count() == 1
    assert page.get_by_role("status").inner_text() == "1 of 9 events"
    chip.focus()
    page.keyboard.press("Enter")
    assert page.locator(".event:visible").count() == 9


def test_keys_of_the_browser_work_in_the_selects_of_the_timeline(page: Page, quay: Served) -> None:
    page.goto(quay.url + "timeline/")
    is_left_alone = """(select, init) =>
      select.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }))"""
    select = page.get_by_label("Who")
    for key in ({"ctrlKey": True}, {"metaKey": True}, {"altKey": True}):
        assert select.evaluate(is_left_alone, {"key": "r", **key})
    assert select.evaluate(is_left_alone, {"key": "Tab"})
    assert not select.evaluate(is_left_alone, {"key": "r"})
