"""What changed since this reader's last visit: known to their browser only, and easy to dismiss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.browser.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOUR = 60 * 60 * 1000


def come_back(page: Page, last_visit: str, *, seen: list[str] | None = None) -> None:
    """Let the reader's last visit have been on a day, in the form in which it is kept."""
    page.evaluate(
        "([at, seen]) => localStorage.setItem('last-visit', JSON.stringify({at: Date.parse(at), seen}))",
        [last_visit + "T12:00", seen or []],
    )
    page.reload()


def test_a_first_visit_marks_nothing_and_keeps_only_itself(page: Page, quay: Served) -> None:
    page.goto(quay.url)
    assert page.locator(".new").count() == 0
    kept = page.evaluate("Object.entries(localStorage)")
    assert [key for key, _ in kept] == ["last-visit"]
    assert sorted(json.loads(kept[0][1])) == ["at", "seen"]
    assert page.context.cookies() == []


def test_a_later_visit_marks_the_notes_and_what_they_touch(page: Page, quay: Served) -> None:
    page.goto(quay.url)
    come_back(page, "2025-03-16")
    news = page.get_by_role("region", name="Since your last visit")
    assert " ".join(news.inner_text().split()) == "2 new since your last visit Dismiss"
    marked = page.locator(".update:has(.new)").evaluate_all(
        "rows => rows.map(row => row.dataset.update)"
    )
    assert marked == ["aune-clarified", "hours"]
    things = page.locator("[data-entity]:has(> .new)").evaluate_all(
        "rows => rows.map(row => row.dataset.entity)"
    )
    assert things == ["issue-bus", "issue-closure"]


def test_what_was_seen_on_the_same_day_is_not_new(page: Page, quay: Served) -> None:
    page.goto(quay.url)
    come_back(page, "2025-03-18", seen=["first", "hours"])
    marked = page.locator(".update:has(.new)").evaluate_all(
        "rows => rows.map(row => row.dataset.update)"
    )
    assert marked == ["aune-clarified"]


def test_marks_stay_through_a_visit_and_go_when_dismissed(page: Page, quay: Served) -> None:
    page.goto(quay.url)
    come_back(page, "2025-03-16")
    page.goto(quay.url + "issues/closure/")
    assert page.locator(".update:has(.new)").count() == 2
    page.get_by_role("button", name="Dismiss").click()
    assert page.locator(".new").count() == 0
    page.goto(quay.url)
    assert page.locator(".new").count() == 0


def test_without_storage_the_page_is_as_ever(page: Page, quay: Served) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error('off') }"
    )
    page.goto(quay.url)
    assert page.locator(".update").count() == 3
    assert said == []


def test_a_correction_stands_on_the_things_it_touches(page: Page, quay: Served) -> None:
    page.goto(quay.url + "timeline/")
    assert page.locator("#vote .changed").inner_text() == "Correction, 18 March 2025"
    page.locator("#vote .changed a").click()
    page.wait_for_url("**/updates/index.html#hours")
    assert "deliveries may come until 11" in page.locator(":target").inner_text()
    page.goto(quay.url + "issues/closure/#updates")
    assert page.locator(":target .update-kind").all_inner_texts() == ["Clarification", "Correction"]
