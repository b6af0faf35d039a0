"""The print edition: the whole explainer on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_everything_is_on_one_page_and_sources_are_numbered_through(
    page: Page, seed: Served
) -> None:
    page.goto(seed.url + "print/")
    page.emulate_media(media="print")
    text = page.locator("main").inner_text()
    assert text.startswith("As of")
    for kind in ("issues", "actors"):
        for folder in sorted((seed.folder / kind).iterdir()):
            if folder.is_dir():
                page_text = (folder / "index.html").read_text()
                name = re.search(r"<title>(.+?) – ", page_text)
                assert name
                assert name[1].replace("&#39;", "’") in text, name[1]
    numbers = page.locator(".note").evaluate_all("notes => notes.map(note => note.value)")
    assert numbers == list(range(1, len(numbers) + 1))
    asked = page.locator("main .cite").evaluate_all(
        "marks => marks.flatMap(mark => mark.textContent.match(/\\d+/g).map(Number))"
    )
    assert set(asked) == set(numbers)


def test_what_only_screens_need_is_left_out(page: Page, seed: Served) -> None:
    page.goto(seed.url + "print/")
    page.emulate_media(media="print")
    for part in (".nav", ".skip", ".note-back", ".more", ".cards"):
        assert page.locator(part).first.is_hidden() if page.locator(part).count() else True, part
    assert page.locator(".matrix").is_visible()


def test_sources_show_their_addresses(page: Page, quay: Served) -> None:
    page.goto(quay.url + "print/")
    page.emulate_media(media="print")
    address = page.locator(".note-source a[rel~=external]").first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "https://town.example/minutes/2025-03-11.html" in address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_in_both_schemes(page: Page, seed: Served, scheme: str) -> None:
    page.goto(seed.url + "print/")
    page.emulate_media(media="print", color_scheme=scheme)
    ink = page.locator("h1").evaluate("part => getComputedStyle(part).color")
    assert ink == "rgb(0, 0, 0)"


def test_it_makes_a_pdf_of_a_sensible_length(page: Page, seed: Served, tmp_path: Path) -> None:
    page.goto(seed.url + "print/")
    file = tmp_path / "edition.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type /Page\b", file.read_bytes()))
    assert 8 <= sheets <= 24
