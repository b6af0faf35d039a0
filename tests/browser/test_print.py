"""The print edition: the whole explainer on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.browser.conftest import Served, build
from tests.conftest import MakeSite

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
    assert page.locator(".picture").is_visible()


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


QUESTIONS, SIDES = 30, 20


@pytest.fixture
def many(make_site: MakeSite, tmp_path: Path) -> Path:
    """Thirty questions and twenty sides with names of two lines, of whom two in three hold a position."""
    actors = "".join(
        f"side-{side}:\n  name: Society of friends {side:02} of the river\n"
        for side in range(SIDES)
    )
    issues = []
    for issue in range(QUESTIONS):
        rows = "".join(
            f"    - actor: side-{side}\n      stance: {('supports', 'rejects')[side % 2]}\n"
            for side in range(SIDES)
            if (issue + side) % 3
        )
        issues.append(f"issue-{issue}:\n  title: Matter {issue:02} of all\n  positions:\n{rows}")
    root = make_site(
        {
            "content/site.yaml": "title: Many\n",
            "content/articles.yaml": "a:\n  title: Many\n  as_of: 2026\n",
            "content/actors.yaml": actors,
            "content/issues.yaml": "".join(issues),
        }
    )
    return build(root, tmp_path / "out")


def sheets_of(page: Page, address: str, file: Path) -> Sequence[str]:
    """The text of each sheet of a page on paper."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.pdf(path=str(file), prefer_css_page_size=True)
    with pypdfium2.PdfDocument(file) as document:
        return [sheet.get_textpage().get_text_range() for sheet in document]


def rows_on(sheet: str) -> list[int]:
    """The questions of the picture on a sheet."""
    picture = sheet.partition("In words")[0]
    return [int(number) for number in re.findall(r"Matter (\d\d) of all\b", picture)]


@pytest.mark.parametrize("path", ["print", "positions"])
def test_the_picture_never_breaks_over_sheets(
    page: Page, many: Path, path: str, tmp_path: Path
) -> None:
    sheets = sheets_of(page, (many / path / "index.html").as_uri(), tmp_path / "paper.pdf")
    whole = [sheet for sheet in sheets if len(rows_on(sheet)) > 5]
    assert [rows_on(sheet) for sheet in whole] == [list(range(QUESTIONS))] * len(whole)
    heads = [[side for side in range(SIDES) if f"friends {side:02}" in sheet] for sheet in whole]
    if path == "print":
        # The order is that of views: two thirds of twenty are thirteen or fourteen.
        assert sorted(side for sides in heads for side in sides) == list(range(SIDES))
        assert [len(sides) for sides in heads] == [10, 10]
        assert "Where they stand" in whole[0]
        assert "The sides openly disagree" in whole[0]
    else:
        assert heads == [list(range(SIDES))]


def test_the_picture_stands_with_its_heading(page: Page, seed: Served, tmp_path: Path) -> None:
    sheets = sheets_of(page, seed.url + "print/", tmp_path / "paper.pdf")
    [heading] = [number for number, sheet in enumerate(sheets) if "Where they stand" in sheet]
    assert "The sides openly disagree" in sheets[heading]
    assert "Openly divided" in sheets[heading]
    assert "Nothing recorded" in sheets[heading]


def test_squares_and_numbers_print_without_grounds(
    page: Page, seed: Served, tmp_path: Path
) -> None:
    file = tmp_path / "paper.pdf"
    sheets_of(page, seed.url + "positions/", file)
    with pypdfium2.PdfDocument(file) as document:
        pixels = bytes(document[0].render(scale=1).buffer)
    blue, red = bytes.fromhex("8c5e1b"), bytes.fromhex("1c48b8")
    assert pixels.count(blue) > 500
    assert pixels.count(red) > 200
    sheets_of(page, seed.url + "timeline/", file)
    page.emulate_media(media="print")
    grounds = page.locator(".disc").evaluate_all(
        "discs => discs.map(disc => getComputedStyle(disc).backgroundColor)"
    )
    assert set(grounds) == {"rgba(0, 0, 0, 0)"}
