"""The timeline: a list first, as precise as its dates, to be filtered, and a drawing of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_dates_are_as_precise_as_they_are_known(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "timeline/")
    assert wide.locator(".event-date").all_inner_texts() == [
        "1700 to 1799", "about 1871", "1987", "8 May 2023 to 28 May 2023", "February 2025",
        "perhaps 8 March 2025", "11 March 2025, 19:42", "11 March 2025", "date unknown",
    ]  # fmt: skip


def test_the_time_between_is_told_where_it_is_known(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "timeline/")
    assert wide.locator(".event-gap").all_inner_texts() == [
        "at least 35 years later", "at least 20 months later"
    ]  # fmt: skip


def test_with_scripts_it_is_filtered_in_place(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "timeline/")
    titles = wide.locator(".event:visible .event-title")
    wide.get_by_role("button", name="The money").click()
    assert titles.all_inner_texts() == [
        "The works department publishes its draft", "The region is to confirm its share"
    ]  # fmt: skip
    wide.get_by_role("button", name="Works department").click()
    assert titles.all_inner_texts() == ["The works department publishes its draft"]
    assert wide.get_by_role("status").inner_text() == "1 of 9 events"
    wide.get_by_role("button", name="The money").click()
    wide.get_by_role("button", name="Works department").click()
    assert titles.count() == 9
    assert wide.url == quay.url + "timeline/"


def test_without_scripts_each_actor_and_issue_has_its_events_on_its_page(
    plain: Page, quay: Served
) -> None:
    plain.goto(quay.url + "timeline/")
    plain.get_by_role("link", name="Works department", exact=True).first.click()
    plain.wait_for_url("**/actors/works/index.html#events")
    assert plain.locator(":target .event-title").count() == 2


def test_the_drawing_shows_each_event_where_the_list_numbers_it(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "timeline/")
    numbers = wide.locator(".chart-number").all_text_contents()
    assert numbers == [str(number) for number in range(1, 10)]
    titles = wide.locator(".chart-actors title").all_text_contents()
    assert "8. The council votes 14 to 11 (11 March 2025)" in titles
    labels = wide.locator(".chart text").evaluate_all(
        "parts => parts.map(part => [part.textContent, part.getBBox().x + part.getBBox().width])"
    )
    first_column = float(wide.locator(".chart-number").first.get_attribute("x"))
    names = [(text, right) for text, right in labels if not text[0].isdigit()]
    assert [text for text, right in names if right > first_column - 12] == []
