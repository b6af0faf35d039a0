"""The page of a source in the preview: its whole text, citations of what is selected, what nothing cites."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.preview.conftest import Live, StartPreview

FILLER = "\n\n".join(f"Nothing of note was said in minute {n}." for n in range(60))
SITE = {
    "content/sources.yaml": "minutes:\n  title: Minutes\n  file: minutes.txt\n",
    "seeds/minutes.txt": f"[p. 1]\nTea 🍵 is hot at two pla-\nces.\n\n{FILLER}\n\n[p. 2]\nMilk is cold. Milk is cold.\n",
    "content/actors/anna.md": '---\nname: Anna\n---\nAnna drinks tea [@minutes "Milk is cold", p. 2].\n',
}


@pytest.fixture
def cited(start: StartPreview) -> Live:
    return start(SITE)


def asked(live: Live, **query: str) -> tuple[int, object]:
    response = live.get(f"/.preview/cite?{urlencode(query)}")
    return response.status, json.loads(response.text)


def test_the_whole_text_is_shown(cited: Live) -> None:
    text = cited.get("/sources/minutes/").text
    assert text.count('<p id="par-') == 62
    assert 'data-label="[…]"' not in text


def test_a_selection_is_answered_with_its_citation(cited: Live) -> None:
    assert asked(cited, slug="minutes", **{"from": "1:0", "to": "1:11"}) == (
        200,
        {
            "prose": '[@minutes "Tea 🍵 is hot"]',
            "yaml": 'cite: minutes "Tea 🍵 is hot"',
            "problem": "",
        },
    )
    assert asked(cited, slug="minutes", **{"from": "1:5", "to": "1:5"}) == (200, {})


@pytest.mark.parametrize(
    "query",
    [
        {"slug": "nothing", "from": "1:0", "to": "1:9"},
        {"slug": "minutes", "from": "1:9", "to": "1:0"},
        {"slug": "minutes", "from": "1", "to": "1:9"},
        {"slug": "minutes", "from": "-1:0", "to": "1:9"},
        {"slug": "minutes", "from": "1:0", "to": "1:" + "9" * 20},
    ],
)
def test_what_is_no_selection_is_not_found(cited: Live, query: dict[str, str]) -> None:
    assert asked(cited, **query) == (404, {})


def test_without_an_argument_the_request_is_refused(cited: Live) -> None:
    assert cited.get("/.preview/cite").status == 400
    assert cited.get("/.preview/uncited").status == 400
    assert cited.get("/.preview/uncited?slug=nothing").status == 404


def test_sentences_that_nothing_cites_are_listed(cited: Live) -> None:
    text = cited.get("/.preview/uncited?slug=minutes").text
    assert text.count("<li>") == 62
    assert '<li><a href="#par-62">p. 2</a> Milk is cold.</li>' in text


def select(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Selects from a character of a paragraph's first text to one of another."""
    page.evaluate(
        """([[first, from], [last, to]]) => {
            const text = (number) => {
                const part = document.getElementById(`par-${number}`);
                return document.createTreeWalker(part, NodeFilter.SHOW_TEXT).nextNode();
            };
            getSelection().setBaseAndExtent(text(first), from, text(last), to);
        }""",
        [start, end],
    )


def test_selected_words_show_how_to_cite_them(cited: Live, page: Page) -> None:
    from playwright.sync_api import expect

    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.context.grant_permissions(
        ["clipboard-read", "clipboard-write"], origin=cited.url.rstrip("/")
    )
    page.goto(f"{cited.url}sources/minutes/")
    panel = page.locator("#site-builder-cite")

    # The cup has two units in UTF-16, and one character.
    select(page, (1, len("Tea xx is h")), (1, len("Tea xx is hot at two pla-\nces")))
    expect(panel.locator("pre")).to_have_text(
        ['[@minutes "hot at two places"]', 'cite: minutes "hot at two places"']
    )
    panel.get_by_role("button", name="Copy the citation for a text").click()
    expect(panel.get_by_role("button").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == '[@minutes "hot at two places"]'
    panel.get_by_role("button", name="Copy the citation for a field").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button").last).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == 'cite: minutes "hot at two places"'

    select(page, (3, 0), (4, 5))
    expect(panel.locator("pre").first).to_have_text(
        '[@minutes "Nothing of note was said in minute 1. Nothing"]'
    )
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)

    # Words of which there are several have their place; the later ones on a page are not to be had.
    select(page, (62, 0), (62, len("Milk is cold")))
    expect(panel.locator("pre").first).to_have_text('[@minutes "Milk is cold", p. 2]')
    page.evaluate("getSelection().removeAllRanges()")
    expect(panel).to_have_count(0)
    expect(page.locator("#site-builder-uncited summary")).to_have_text(
        "62 sentences that nothing cites"
    )
    assert wrong == []


def test_what_is_selected_elsewhere_shows_nothing(cited: Live, page: Page) -> None:
    page.goto(f"{cited.url}sources/minutes/")
    page.locator("#site-builder-uncited").wait_for()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(600)
    assert page.locator("#site-builder-cite").count() == 0


def test_a_pasted_citation_builds(cited: Live, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(f"{cited.url}sources/minutes/")
    select(page, (1, 0), (1, len("Tea xx is hot")))
    pasted = page.locator("#site-builder-cite pre").first.inner_text()
    cited.write("content/actors/anna.md", f"---\nname: Anna\n---\nAnna drinks tea {pasted}.\n")
    expect(page.locator("#par-1 .used")).to_have_text("Tea 🍵 is hot")
