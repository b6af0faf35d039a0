"""Pages work anywhere: any sub-path, from files, without scripts, without styles, on any screen, in any direction."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import QUAY_PAGES, SEED_PAGES, Served, build
from tests.conftest import MakeSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ALL_PAGES = [("seed", path) for path in SEED_PAGES] + [("quay", path) for path in QUAY_PAGES]
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Served:
    served: Served = request.getfixturevalue(request.param)
    return served


def test_at_400_percent_everything_is_read_in_one_direction(browser: Browser, quay: Served) -> None:
    """WCAG 1.4.10: 1280 by 1024 pixels at 400 % are 320 by 256, with nothing to scroll sideways."""
    with browser.new_context(
        viewport={"width": 320, "height": 256}, device_scale_factor=4
    ) as context:
        page = context.new_page()
        for path in ("", "positions/", "timeline/", "sources/minutes/"):
            page.goto(quay.url + path)
            assert page.evaluate(OVERFLOW) == 0, path
            sticky = page.evaluate(
                """() => [...document.querySelectorAll("body *")].filter((part) =>
                    ["sticky", "fixed"].includes(getComputedStyle(part).position)
                    && part.getBoundingClientRect().height > 128).length"""
            )
            assert sticky == 0, f"{path}: something that stays covers half of the screen"


def test_text_spacing_of_readers_breaks_nothing(page: Page, quay: Served) -> None:
    """WCAG 1.4.12: wider lines, words and letters, as readers may set them."""
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("", "issues/closure/", "positions/"):
        page.goto(quay.url + path)
        page.evaluate(
            """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
                "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
            ); document.adoptedStyleSheets = [sheet]; }"""
        )
        assert page.evaluate(OVERFLOW) == 0, path


@pytest.mark.parametrize("path", ["", "issues/closure/", "positions/", "timeline/", "actors/aune/"])
def test_reads_the_same_from_files(page: Page, quay: Served, path: str) -> None:
    page.goto(quay.url + path)
    served = page.locator("main").inner_text()
    page.goto("about:blank")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((quay.folder / path / "index.html").as_uri())
    assert page.locator("main").inner_text() == served
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []


def test_reads_in_order_without_styles(page: Page, seed: Served) -> None:
    page.route("**/*.css", lambda route: route.abort())
    page.goto(seed.url)
    text = page.locator("body").inner_text()
    parts = [
        "Skip to the content", "The Moscow talks", "As of", "In a minute", "Five hours of talks",
        "Reported, not disputed", "Disputed", "Said by one side only", "Not known", "The sides openly disagree",
        "When it happened", "The story", "Who is who", "Words to know", "How we know", "Made with",
    ]  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places
    headings = page.locator("h1, h2").all_inner_texts()
    assert headings[0].startswith("Five hours in Moscow")
    assert page.locator(".cards").is_hidden()


@pytest.mark.parametrize(("site", "path"), ALL_PAGES, indirect=["site"])
def test_every_link_within_the_site_leads_somewhere(site: Served, path: str) -> None:
    file = site.folder / (path if path.endswith(".html") else f"{path}index.html")
    if file.name == "404.html":
        return
    for href in re.findall(r'(?:href|src)="([^"#:]*)(?:#[^"]*)?"', file.read_text()):
        assert not href or (file.parent / href).resolve().is_file(), href


def test_right_to_left_is_a_mirror(page: Page, make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: محادثات\nlanguage: ar\n",
            "content/articles/a.md": "---\ntitle: محادثات\nas_of: 2025-03-01\nkey_points: [نص]\n---\n\nنص.\n",
            "content/events.yaml": "e: {date: 2025, title: حدث}\n",
        }
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((build(root, tmp_path / "out") / "index.html").as_uri())
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate(OVERFLOW) == 0
    lead, points = page.locator(".lead"), page.locator("#key-points")
    assert lead.bounding_box()["x"] > points.bounding_box()["x"]


def test_words_in_another_language_say_so(page: Page, quay: Served) -> None:
    page.goto(quay.url + "timeline/")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    words = page.locator("[lang=de]")
    assert words.all_inner_texts() == ["“die Jahre sind nicht belegt”"]


def test_names_of_46_letters_break_and_leave_the_title_alone(
    page: Page, make_site: MakeSite, tmp_path: Path
) -> None:
    long = "W" * 46
    root = make_site(
        {
            "content/site.yaml": "title: Long\n",
            "content/articles.yaml": "a:\n  title: Long\n  as_of: 2026\n",
            "content/actors.yaml": f"w:\n  name: {long}\nb:\n  name: B\n",
            "content/issues.yaml": (
                "i:\n  title: I\n  positions:\n    - actor: w\n      stance: supports\n"
                "    - actor: b\n      stance: rejects\n"
            ),
            "content/claims.yaml": (
                "c:\n  statement: It is.\n  made_by: w\n  issues: i\n"
                "d:\n  statement: It was.\n  made_by: b\n  issues: i\n  contested_by:\n    - actor: w\n"
            ),
        }
    )
    output = build(root, tmp_path / "out")
    page.set_viewport_size({"width": 320, "height": 800})
    for path in ("", "issues/i/", "actors/w/", "positions/", "print/"):
        page.goto((output / path / "index.html").as_uri())
        assert page.evaluate(OVERFLOW) == 0, path
    page.goto((output / "index.html").as_uri())
    title = page.locator(".picture-title").bounding_box()
    head = page.locator(".picture thead span").first.bounding_box()
    assert title
    assert head
    assert head["y"] >= title["y"] + title["height"]
