"""The page of a source: what rests on a passage stands beside the text, and copied words hold no labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Served

SOURCE = "sources/article/index.html"


def test_what_rests_on_the_chosen_passage_stands_beside_the_text(page: Page, seed: Served) -> None:
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(seed.url + SOURCE)
    beside = page.locator(".resting")
    heaviest = beside.get_attribute("data-used")
    expect(beside.locator(".rests-number")).to_have_text(heaviest or "")

    page.locator(".used-number").first.click()
    expect(beside.locator(".rests-number")).to_have_text("1")
    expect(page.locator("mark.chosen").first).to_have_attribute("data-used", "1")
    assert page.locator("#card").is_hidden()

    page.locator("mark[data-used='3']").first.click()
    expect(beside.locator(".rests-number")).to_have_text("3")
    assert beside.locator("[id]").count() == 0

    anchor = page.locator("mark[data-used='2'][id]").last.get_attribute("id")
    page.evaluate(f"location.hash = '{anchor}'")
    expect(beside.locator(".rests-number")).to_have_text("2")


def test_copied_words_hold_no_labels(page: Page, seed: Served) -> None:
    page.goto(seed.url + SOURCE)
    text = page.locator(".document p").nth(2)
    text.evaluate("part => getSelection().selectAllChildren(part)")
    words = page.evaluate("getSelection().toString()")
    assert words == text.evaluate("part => part.textContent").replace("\n", " ").strip()
    assert not any(character.isdigit() for character in words)


def test_without_a_script_a_list_below_says_it(plain: Page, seed: Served) -> None:
    plain.goto(seed.url + SOURCE)
    assert plain.locator(".resting").is_hidden()
    plain.locator(".used-number").first.click()
    assert plain.locator(".rests-list > li").first.is_visible()
