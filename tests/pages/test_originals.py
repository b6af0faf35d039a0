"""Links to the place of quoted words in the original."""

from __future__ import annotations

import pytest

from site_builder.content.models import Extraction, Source
from site_builder.pages.originals import at_place, original
from site_builder.sources.places import Spot

SPOT = Spot(3, 750, "iv", "text=two%20words")


def source(
    url: str, *, made_of: str = "", pages: str | None = None, place: str | None = None
) -> Source:
    extracted = None
    if made_of:
        extracted = Extraction(original=made_of, sha256="5b", text="77", date=None, pages=pages)  # type: ignore[arg-type]
    return Source(title="Minutes", url=url, extracted=extracted, place_url=place)


@pytest.mark.parametrize(
    ("url", "made_of", "expected"),
    [
        ("https://a.example/m.pdf", "", "https://a.example/m.pdf#page=3"),
        ("https://a.example/M.PDF?v=2", "", "https://a.example/M.PDF?v=2#page=3"),
        ("https://a.example/m.pdf#page=1", "", "https://a.example/m.pdf#page=3"),
        ("https://a.example/m.pdf#view=FitH&page=9", "", "https://a.example/m.pdf#view=FitH&page=3"),
        ("https://a.example/m.pdf#nameddest=x", "", "https://a.example/m.pdf#page=3"),
        ("https://a.example/m.pdf#part", "", "https://a.example/m.pdf#page=3"),
        ("https://a.example/download/33", "m.pdf", "https://a.example/download/33#page=3"),
        ("https://a.example/m.html", "m.pdf", "https://a.example/m.html"),
        ("https://a.example/m.php", "m.pdf", "https://a.example/m.php"),
        ("https://a.example/", "", "https://a.example/#:~:text=two%20words"),
        ("https://a.example/m", "m.html", "https://a.example/m#:~:text=two%20words"),
        ("https://a.example/m", "M.MHTML", "https://a.example/m#:~:text=two%20words"),
        ("https://a.example/m.php?id=1", "", "https://a.example/m.php?id=1#:~:text=two%20words"),
        ("https://a.example/2025.03", "", "https://a.example/2025.03#:~:text=two%20words"),
        ("https://a.example/m#part-2", "", "https://a.example/m#part-2:~:text=two%20words"),
        ("https://a.example/m#x:~:text=old", "", "https://a.example/m#x:~:text=two%20words"),
        ("https://a.example/m#:~:text=old", "", "https://a.example/m#:~:text=two%20words"),
        ("https://a.example/m.docx", "", "https://a.example/m.docx"),
        ("https://a.example/m.docx", "m.docx", "https://a.example/m.docx"),
        ("https://a.example/watch", "talk.vtt", "https://a.example/watch"),
        ("https://a.example/talk.mp4", "", "https://a.example/talk.mp4"),
        ("https://a.example/m.txt", "", "https://a.example/m.txt"),
        ("mailto:a@b.example", "", "mailto:a@b.example"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_an_address_leads_to_the_place(url: str, made_of: str, expected: str) -> None:
    assert at_place(url, source(url, made_of=made_of), SPOT) == expected


def test_without_a_page_or_words_it_leads_to_the_original() -> None:
    pdf, page = "https://a.example/m.pdf", "https://a.example/m"
    assert at_place(pdf, source(pdf), Spot(directive="text=a")) == pdf
    assert at_place(page, source(page), Spot(page=3)) == page


def test_pages_are_counted_from_the_first_that_was_read() -> None:
    record = source("https://a.example/m.pdf", made_of="m.pdf", pages="3-9")
    assert original(record, SPOT) == "https://a.example/m.pdf#page=5"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("https://v.example/w?v=1&t={seconds}", "https://v.example/w?v=1&t=750"),
        ("https://v.example/{page}/x", "https://v.example/3/x"),
        ("https://v.example/#{label}", "https://v.example/#iv"),
        ("https://v.example/{page}?t={seconds}", "https://v.example/3?t=750"),
    ],
)
def test_the_place_is_filled_into_place_url(place: str, expected: str) -> None:
    assert original(source("https://a.example/m.pdf", place=place), SPOT) == expected


def test_an_address_without_what_it_needs_is_not_used() -> None:
    record = source("https://v.example/w.mp4", place="https://v.example/w?t={seconds}")
    assert original(record, Spot()) == "https://v.example/w.mp4"
    assert original(record, Spot(seconds=0)) == "https://v.example/w?t=0"
    label = source("https://v.example/w.mp4", place="https://v.example/{label}")
    assert original(label, Spot(seconds=10)) == "https://v.example/w.mp4"
    assert original(label, Spot(label="5 a")) == "https://v.example/5%20a"
