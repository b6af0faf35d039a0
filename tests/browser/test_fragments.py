"""Links to words on web pages: the browser scrolls to the passage that a note leads to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.links.evidence import SourceText
from site_builder.links.spots import spot_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

OTHER = "".join(f"<p>Paragraph {number} is about something else.</p>" for number in range(60))
MANY = "go on and on with many more words " * 12


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The vote – the third, all in all – failed, a non-binding “advice”.", "the third, all in all – failed, a non-binding “advice”"),
        ("en", "They came, saw & left, 100% sure; so-called (all 3) said #1.", "came, saw & left, 100% sure; so-called (all 3) said #1"),
        ("cs", "Žluťoučký kůň úpěl ďábelské ódy před úřadem.", "kůň úpěl ďábelské ódy"),
        ("ar", "قال الوزير إن الميناء مغلق منذ أمس بسبب العاصفة.", "إن الميناء مغلق منذ أمس"),
        ("he", "הנמל נסגר היום בערב בגלל הסערה הגדולה.", "נסגר היום בערב"),
        ("ja", "市長は昨日の会議で橋を閉じると述べた。", "会議で橋を閉じる"),
        ("en", "The ferry, built in Turku in 1931, will be sold this spring.", "The ferry … will be sold this spring"),
        ("en", f"Alpha words begin and {MANY}until they end.", f"Alpha words begin and {MANY}until they end"),
    ],
    ids=["dashes", "signs", "diacritics", "arabic", "hebrew", "japanese", "edited", "long"],
)  # fmt: skip
def test_the_browser_scrolls_to_the_passage(
    page: Page, tmp_path: Path, language: str, text: str, words: str
) -> None:
    source = SourceText(text, language)
    passage = source.find(words)
    assert passage
    file = tmp_path / "page.html"
    body = f"<body>{OTHER}<p id=wanted dir=auto>{text.replace('&', '&amp;')}</p>{OTHER}</body>"
    file.write_text(f'<html lang="{language}"><meta charset="utf-8">{body}</html>', "utf-8")
    page.set_viewport_size({"width": 900, "height": 500})
    page.goto(f"{file.as_uri()}#:~:{spot_of(source, passage).directive}")
    page.wait_for_function("scrollY > 0", timeout=5_000)
    box = page.locator("#wanted").bounding_box()
    assert box
    assert 0 <= box["y"] < 500
