"""Cards for names and passages for citations: on hover, focus and tap, and never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NAME = ".board a.ref-actor"
MARK = "#background a.cite"


def overlap(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    return not (
        a["x"] + a["width"] <= b["x"]
        or b["x"] + b["width"] <= a["x"]
        or a["y"] + a["height"] <= b["y"]
        or b["y"] + b["height"] <= a["y"]
    )


def test_pointing_at_a_name_shows_its_card_in_the_margin(wide: Page, seed: Served) -> None:
    wide.goto(seed.url + "terms/")
    name = wide.locator(".indented a.ref").first
    name.hover()
    card = wide.locator("#card")
    card.wait_for(state="visible")
    named = wide.locator(f"#{name.get_attribute('data-card')} .card-name").text_content()
    assert card.locator(".card-name").inner_text() == named
    assert not overlap(card, wide.locator(".indented").first)


def test_the_card_stays_while_the_pointer_is_on_it_and_goes_after(wide: Page, seed: Served) -> None:
    wide.goto(seed.url)
    wide.locator(NAME).first.hover()
    card = wide.locator("#card")
    card.wait_for(state="visible")
    card.hover()
    wide.mouse.move(0, 0)
    card.wait_for(state="hidden")


@pytest.fixture
def still(page: Page, seed: Served) -> Page:
    """The front page, where time passes only when it is told to, so that no card opens or closes by itself."""
    page.clock.install(time=0)
    page.goto(seed.url)
    page.evaluate("document.fonts.ready.then(() => {})")
    page.clock.pause_at(10_000_000)
    return page


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_the_card_does_not_cover_the_line_it_is_for(still: Page, width: int) -> None:
    still.set_viewport_size({"width": width, "height": 700})
    links = still.locator(".board a.ref").all()[:8]
    assert links
    for link in links:
        link.hover()
        still.clock.run_for(150)
        assert link.get_attribute("aria-describedby") == "card"
        assert not overlap(still.locator("#card"), link)
        still.keyboard.press("Escape")


def test_a_name_that_the_pointer_only_passes_shows_nothing(still: Page) -> None:
    still.locator(NAME).first.hover()
    still.clock.run_for(149)
    still.mouse.move(0, 0)
    still.clock.run_for(1000)
    assert still.locator("#card").is_hidden()


def test_focus_shows_the_card_and_escape_dismisses_it(wide: Page, seed: Served) -> None:
    wide.goto(seed.url)
    wide.locator(NAME).first.focus()
    wide.keyboard.press("Shift+Tab")
    wide.keyboard.press("Tab")
    card = wide.locator("#card")
    assert card.is_visible()
    focused = wide.locator(":focus")
    assert focused.get_attribute("aria-describedby") == "card"
    wide.keyboard.press("Escape")
    assert card.is_hidden()
    assert focused.evaluate("part => part === document.activeElement")
    wide.keyboard.press("Tab")
    wide.keyboard.press("Shift+Tab")
    assert card.is_visible()
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/actors/vladimir-putin/index.html")


def test_a_tap_opens_the_card_and_a_second_one_follows_the_link(phone: Page, seed: Served) -> None:
    phone.goto(seed.url)
    link = phone.locator(NAME).first
    link.tap()
    card = phone.locator("#card")
    assert card.is_visible()
    assert card.bounding_box()["width"] == 390
    assert not overlap(card, link)
    phone.locator("h1").tap(force=True)
    assert card.is_hidden()
    link.tap()
    link.tap()
    phone.wait_for_url("**/actors/vladimir-putin/index.html")


def test_a_citation_opens_its_passage_in_place_and_leads_to_the_source(
    phone: Page, seed: Served
) -> None:
    phone.goto(seed.url)
    mark = phone.locator(MARK).first
    mark.tap()
    assert "five hours of discussions" in phone.locator("#card").inner_text()
    assert phone.url == seed.url
    phone.locator("#card .note-words").first.tap()
    phone.wait_for_url("**/sources/article/index.html#q-*")
    phone.locator("mark:target").wait_for()
    assert "five hours of discussions" in "".join(phone.locator("mark.chosen").all_inner_texts())


def test_a_sheet_is_a_dialog_that_takes_the_focus_and_gives_it_back(
    phone: Page, seed: Served
) -> None:
    phone.goto(seed.url)
    mark = phone.locator(MARK).first
    card = phone.locator("#card")
    for leave in (
        card.get_by_role("button", name="Close").tap,
        lambda: phone.keyboard.press("Escape"),
    ):
        mark.tap()
        assert card.get_attribute("role") == "dialog"
        assert card.get_attribute("aria-label") == mark.get_attribute("aria-label")
        assert card.evaluate("part => part === document.activeElement")
        leave()
        assert card.is_hidden()
        assert mark.evaluate("part => part === document.activeElement")


def test_on_a_wide_screen_a_card_leaves_the_focus_where_it_is(wide: Page, seed: Served) -> None:
    wide.goto(seed.url)
    wide.locator(MARK).first.hover()
    card = wide.locator("#card")
    card.wait_for(state="visible")
    assert card.get_attribute("role") is None
    assert card.get_by_role("button").count() == 0
    assert wide.evaluate("document.activeElement === document.body")


def test_a_mark_with_several_numbers_shows_the_words_of_each(wide: Page, seed: Served) -> None:
    wide.goto(seed.url)
    wide.locator("#background a.cite:has(span)").first.hover()
    card = wide.locator("#card")
    card.wait_for(state="visible")
    assert card.locator(".note-words").count() == 2
    assert card.locator(".note-source").count() == 1


def test_the_words_behind_the_marks_are_shown_without_a_script(plain: Page, seed: Served) -> None:
    plain.goto(seed.url)
    words = plain.locator("#background .passages").first
    assert words.is_hidden()
    plain.locator("#show").check()
    assert words.is_visible()
    plain.get_by_text("Show sources").last.click()
    assert words.is_hidden()


def test_a_mark_stands_on_the_line_of_its_last_word(page: Page, seed: Served) -> None:
    page.goto(seed.url)
    alone = """() => [...document.querySelectorAll(".cites")].filter((mark) => {
      const word = document.createRange(), before = mark.previousSibling;
      if (before?.nodeType !== Node.TEXT_NODE || !before.data.trim()) return false;
      word.setStart(before, before.data.length - 1);
      word.setEnd(before, before.data.length);
      return mark.getBoundingClientRect().top > word.getBoundingClientRect().bottom;
    }).length"""
    for width in range(320, 420, 7):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate(alone) == 0


def test_without_scripts_a_name_is_a_plain_link(plain: Page, seed: Served) -> None:
    plain.goto(seed.url)
    link = plain.locator(NAME).first
    link.hover()
    assert plain.locator("#card").count() == 0
    link.click()
    plain.wait_for_url("**/actors/vladimir-putin/index.html")


def test_cards_are_silent_in_print(wide: Page, seed: Served) -> None:
    wide.goto(seed.url)
    wide.locator(NAME).first.hover()
    wide.locator("#card").wait_for(state="visible")
    wide.emulate_media(media="print")
    assert wide.locator("#card").is_hidden()
