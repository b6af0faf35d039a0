"""The timeline: a list with its place in time, as precise as its dates, to be filtered together with its drawing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = (320, 390, 1280, 1920)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of 500 events, of which most fall in two months."""
    root = tmp_path_factory.mktemp("large")
    (root / "content").mkdir()
    (root / "content/site.yaml").write_text("title: Quarrel\nlanguage: ar\n")
    (root / "content/actors.yaml").write_text(
        "".join(f"a{n}:\n  name: Actor {n}\n" for n in range(3))
    )
    dates = ["1850", "1871", "1949", *(f"2014-{n % 12 + 1:02}" for n in range(40))]
    dates += [f"2026-{n % 2 + 1:02}-{n % 28 + 1:02}" for n in range(457)]
    events = "".join(
        f"e{n}:\n  title: Event {n}\n  date: {date}\n  actors: a{n % 3}\n"
        f"  importance: {'major' if n % 5 == 0 else 'normal'}\n"
        for n, date in enumerate(dates)
    )
    (root / "content/events.yaml").write_text(events)
    return build(root, tmp_path_factory.mktemp("large-site"))


def test_dates_are_as_precise_as_they_are_known(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "timeline/")
    assert wide.locator(".event-date").all_inner_texts() == [
        "1700 to 1799", "about 1871", "1987", "8 May 2023 to 28 May 2023", "February 2025",
        "perhaps 8 March 2025", "11 March 2025, 19:42", "11 March 2025", "date unknown planned",
    ]  # fmt: skip


def test_the_time_between_and_the_order_are_told_where_they_are_known(
    wide: Page, quay: Served
) -> None:
    wide.goto(quay.url + "timeline/")
    assert wide.locator(".event-place").all_inner_texts() == [
        "at least 35 years later", "at least 20 months later", "order not known"
    ]  # fmt: skip


def test_two_selects_and_chips_filter_the_list(wide: Page, quay: Served) -> None:
    wide.goto(quay.url + "timeline/")
    titles = wide.locator(".event:visible .event-title")
    wide.get_by_label("Question").select_option("The money")
    assert titles.all_inner_texts() == [
        "The works department publishes its draft", "The region is to confirm its share"
    ]  # fmt: skip
    assert wide.locator(".period:visible").count() == 2
    wide.get_by_label("Who").select_option("Works department")
    assert titles.all_inner_texts() == ["The works department publishes its draft"]
    assert wide.get_by_role("status").inner_text() == "1 of 9 events"
    wide.get_by_label("Who").select_option("The region")
    assert titles.count() == 2
    chips = wide.locator(".chips button")
    assert chips.all_inner_texts() == ["The money ×", "Works department ×", "The region ×"]
    wide.get_by_role("button", name="Show others than The region too").press("Enter")
    assert titles.count() == 1
    for _ in range(2):
        chips.first.click()
    assert titles.count() == 9
    assert chips.count() == 0
    assert wide.get_by_label("Who").evaluate("select => select === document.activeElement")


def test_without_scripts_everything_shows_and_nothing_that_needs_one(
    plain: Page, quay: Served
) -> None:
    plain.goto(quay.url + "timeline/")
    assert plain.locator(".event:visible").count() == 9
    assert plain.locator(".bar:visible").count() == 9
    assert plain.locator("select:visible").count() == 0


@pytest.mark.parametrize("width", SIZES)
def test_five_hundred_events_fold_and_fit(browser: Browser, large: Path, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{(large / 'timeline/index.html').as_uri()}")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate("document.documentElement.scrollHeight") < 50 * 844
        assert page.locator("details.fold-period").count() == 2
        first = page.locator(".line").first
        boxes = first.locator("[data-n]").evaluate_all(
            "blocks => blocks.map(block => block.getBoundingClientRect().left)"
        )
        assert boxes[0] < boxes[2] < boxes[-1]
        assert first.locator("[data-n]").count() == 500


def test_a_filter_opens_folds_and_fades_blocks_and_closes_them_again(
    wide: Page, large: Path
) -> None:
    wide.goto((large / "timeline/index.html").as_uri())
    closed = wide.locator(".fold:not([open])").count()
    wide.locator("select").select_option(label="Actor 1")
    assert wide.locator(".fold:not([open]):not([hidden])").count() == 0
    assert wide.locator(".line").first.locator(".off").count() == 333
    wide.locator(".chips button").click()
    assert wide.locator(".fold:not([open])").count() == closed
    assert wide.locator(".off").count() == 0


def test_an_address_leads_into_a_fold(wide: Page, large: Path) -> None:
    wide.goto(f"{(large / 'timeline/index.html').as_uri()}#e1")
    assert wide.locator("#e1 .event-title").is_visible()


def test_on_paper_nothing_is_folded(browser: Browser, large: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto((large / "timeline/index.html").as_uri())
        heights = page.locator(".event").evaluate_all("rows => rows.map(row => row.offsetHeight)")
        assert len(heights) == 500
        assert min(heights) > 0
