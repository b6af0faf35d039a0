"""Cards for names and passages for citations: on hover, focus and tap, and never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NAME = "#background a.ref-actor"
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
    wide.goto(seed.url)
    wide.locator(NAME).first.hover()
    card = wide.locator("#card")
    card.wait_for(state="visible")
    assert card.inner_text().startswith("Vladimir Putin\n\nPresident of Russia")
    assert not overlap(card, wide.locator("#background .prose"))


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
    links = still.locator("#key-points a.ref, #background a.ref").all()[:8]
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
    phone.locator("#card .note-words").tap()
    phone.wait_for_url("**/sources/article/index.html#q-*")
    passage = phone.locator(":target")
    assert "five hours of discussions" in passage.locator("mark").inner_text()


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
