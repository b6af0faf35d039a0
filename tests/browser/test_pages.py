"""What holds for every page of every template: one visit each, measured from all sides.

Standards by axe-core (WCAG 2.2 AA) in both colour schemes at three widths; nothing wider than the screen;
no request to another host; the content security policy without a violation; the same words without scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESK_PAGES, QUAY_PAGES, SEED_PAGES, Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (320, 390, 768, 1280)
AXE_SEES = [(width, scheme) for width in (320, 390, 1280) for scheme in ("light", "dark")]
# The second example has the same templates, and the print edition what the other pages have; they are looked at in
# the two corners that differ most.
CORNERS = [(320, "dark"), (1280, "light")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


WITHOUT_FILTER = """() => {
  const filter = document.querySelector(".filter, .resting");
  const [parent, next] = [filter?.parentNode, filter?.nextSibling];
  filter?.remove();
  const text = document.body.innerText;
  parent?.insertBefore(filter, next);
  return text;
}"""
"""What a page says, but for what only scripts show: a filter, and the panel beside the text of a source."""


def problems(page: Page, plain: Page, site: Served, path: str) -> dict[str, object]:
    """Everything that a visit finds wrong, but for axe."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site.url + path)
    plain.goto(site.url + path)
    found: dict[str, object] = {}
    if others := [url for url in asked if not url.startswith(site.url)]:
        found["requests to other hosts"] = others
    # A search needs a script; its page says so without one. So does a filter, which is not shown without one.
    same = page.evaluate(WITHOUT_FILTER) == plain.locator("body").inner_text()
    if not same and path != "search/":
        found["without scripts"] = "the page says something else"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if over := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
            found[f"wider than {width}"] = over
    if said:
        found["console"] = said
    return found


def axe(page: Page, source: str, sees: list[tuple[int, str]]) -> dict[str, list[str]]:
    """What axe finds: rule and first places, by width and scheme."""
    page.evaluate(source)
    found = {}
    for width, scheme in sees:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        results = page.evaluate(
            "rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES
        )
        rows = [
            f"{row['id']}: " + " | ".join(node["html"][:160] for node in row["nodes"][:3])
            for row in results["violations"]
        ]
        if rows:
            found[f"axe {width} {scheme}"] = rows
    return found


@pytest.mark.parametrize("path", SEED_PAGES)
def test_the_explainer(page: Page, plain: Page, axe_source: str, seed: Served, path: str) -> None:
    sees = CORNERS if path == "print/" else AXE_SEES
    found = problems(page, plain, seed, path) | axe(page, axe_source, sees)
    assert found == {}


@pytest.mark.parametrize("path", QUAY_PAGES)
def test_another_subject(page: Page, plain: Page, axe_source: str, quay: Served, path: str) -> None:
    found = problems(page, plain, quay, path) | axe(page, axe_source, CORNERS)
    assert found == {}


@pytest.mark.parametrize("path", DESK_PAGES)
def test_a_desk_of_several_articles(
    page: Page, plain: Page, axe_source: str, desk: Served, path: str
) -> None:
    found = problems(page, plain, desk, path) | axe(page, axe_source, AXE_SEES)
    assert found == {}


def test_the_explainer_while_a_card_is_open(page: Page, axe_source: str, seed: Served) -> None:
    page.goto(seed.url)
    page.locator("#background a.ref").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator("#card").is_visible()
    assert axe(page, axe_source, [(1280, "light"), (390, "dark")]) == {}
