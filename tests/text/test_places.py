"""Places in sources: what is one, and what each part of it is."""

from __future__ import annotations

import pytest

from site_builder.text.citing import read
from site_builder.text.locales import FOLDER
from site_builder.text.places import (
    MARKED,
    SHOWN,
    is_place,
    number_of,
    parts_of,
    place_anchor,
    shown,
)


def test_every_language_with_a_catalogue_has_labels() -> None:
    assert sorted(SHOWN) == sorted(file.stem for file in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("number", ["3", "53(2)", "iv", "5a"])
@pytest.mark.parametrize("language", SHOWN)
def test_what_is_shown_in_a_language_can_be_cited(language: str, number: str) -> None:
    for kind in MARKED:
        place = shown(kind, number, language)
        assert [item.place for item in read(f'@x "words", {place}').items] == [place]
        assert [(part.kind, part.first, part.last) for part in parts_of(place)] == [
            (kind, number, "")
        ]


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("en", "p. 3"), ("en-GB", "p. 3"), ("de", "S. 3"), ("uk", "с. 3"), ("hu", "3. o."), ("zh-Hant", "第3页"), ("ja", "3頁"),
        ("xx", "p. 3"), ("", "p. 3"),
    ],
)  # fmt: skip
def test_a_page_in_a_language(language: str, place: str) -> None:
    assert shown("page", "3", language) == place


def test_a_moment_is_the_same_in_all_languages() -> None:
    assert shown("moment", "00:12:30", "de") == "00:12:30"


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("p. 3", [("page", "3", "")]),
        ("pp. iv–vi", [("page", "iv", "vi")]),
        ("pp. 3, 5-7 and 9", [("page", "3", ""), ("page", "5", "7"), ("page", "9", "")]),
        ("S. 3 f.", [("page", "3", "f")]),
        ("S. 12 ff.", [("page", "12", "ff")]),
        ("Art. 6 (1) (f), para. 2", [("article", "6 (1) (f)", ""), ("paragraph", "2", "")]),
        ("§ 5 Abs. 2 Satz 1", [("section", "5", ""), ("paragraph", "2", ""), ("part", "1", "")]),
        ("§ 5 S. 2", [("section", "5", ""), ("part", "2", "")]),
        ("art. 5 ust. 2 pkt 3", [("article", "5", ""), ("paragraph", "2", ""), ("part", "3", "")]),
        ("ст. 5, п. 2", [("article", "5", ""), ("paragraph", "2", "")]),
        ("5 kap. 3 §", [("chapter", "5", ""), ("section", "3", "")]),
        ("第五十三条第2款", [("article", "五十三", ""), ("paragraph", "2", "")]),
        ("第53条、第2項", [("article", "53", ""), ("paragraph", "2", "")]),
        ("12:30–12:50", [("moment", "12:30", "12:50")]),
        ("ص ٣", [("page", "٣", "")]),
    ],
)  # fmt: skip
def test_the_parts_of_a_place(place: str, parts: list[tuple[str, str, str]]) -> None:
    assert is_place(place)
    assert [tuple(part) for part in parts_of(place)] == parts


@pytest.mark.parametrize(
    "text",
    ["", "3", "p.", "p", "page 3", "pm", "no one", "see also", "p. 3 p", "a 5", "Art.", "f. 3 f", "12:3", "p. 3;", "p. " + "3, " * 50 + "4"],
)  # fmt: skip
def test_what_is_no_place(text: str) -> None:
    assert not is_place(text)


def test_numbers_are_compared_in_one_form() -> None:
    assert [number_of(text) for text in ("53 (2)", "IV", "٣", "5  bis", "五")] == [
        "53(2)", "iv", "3", "5 bis", "五",
    ]  # fmt: skip


def test_the_ids_of_places() -> None:
    found = [
        place_anchor(*place)
        for place in (
            ("page", "3"), ("page", "iv"), ("article", "53 (2)"), ("section", "5a"), ("paragraph", "12"), ("recital", "7"),
            ("chapter", "II"), ("moment", "12:30"), ("moment", "1:02:03.500"), ("footnote", "4"),
        )
    ]  # fmt: skip
    assert found == [
        "p-3", "p-iv", "art-53-2", "sec-5a", "para-12", "rec-7", "ch-ii", "t-00-12-30", "t-01-02-03", "",
    ]  # fmt: skip
