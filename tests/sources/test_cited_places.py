"""Where in a source something stands, and what a cited place holds."""

from __future__ import annotations

import pytest

from site_builder.links.evidence import SourceText
from site_builder.links.matching import Refused
from site_builder.sources.places import Standing, cited_place, place_at
from site_builder.sources.text_form import read

PAGES = read(
    "zero\n[p. iv]\none\n[p. 121]\ntwo\n[p. 122]\nthree\n[p. 125]\nfour[^1]\n[^1]: A note.\n"
)
LAW = read("[p. 1]\n[Art. 5]\na\n[Art. 6(1)]\nb\n[Art. 6(2)]\n[p. 2]\nc\n[§ 7.1]\nd")
TALK = read("[00:12:05] a\n[00:12:30] b\n[00:13:00] c")


def held(form: object, place: str) -> list[str]:
    assert hasattr(form, "words")
    found = cited_place(form, place)  # type: ignore[arg-type]
    assert not found.unknown
    return [
        " ".join(form.words[start:end].split()) for rows in found.stretches for start, end in rows
    ]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("p. iv", ["one"]),
        ("S. 121", ["two"]),
        ("pp. 121-2", ["two", "three"]),
        ("pp. 121-122", ["two", "three"]),
        ("p. 121 f.", ["two", "three"]),
        ("p. 122 ff.", ["three", "four", "A note."]),
        ("p. 121f", ["two", "three"]),
        ("pp. iv, 122", ["one", "three"]),
        ("p. 125", ["four", "A note."]),
        ("Art. 5", []),
        ("l. 4", []),
    ],
)
def test_what_stands_on_pages(place: str, words: list[str]) -> None:
    assert held(PAGES, place) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Art. 6", ["b", "c d"]),
        ("Art. 6(2)", ["c d"]),
        ("Art. 6(2)(b)", ["c d"]),
        ("Art. 5(3)", ["a"]),
        ("§ 7", ["d"]),
        ("Art. 6(2), p. 2", ["c d", "c d"]),
    ],
)
def test_what_stands_in_parts(place: str, words: list[str]) -> None:
    assert held(LAW, place) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("12:05", ["a"]),
        ("00:12:29", ["a"]),
        ("00:12:30", ["b"]),
        ("12:29-12:31", ["a", "b"]),
        ("01:00:00", ["c"]),
    ],
)
def test_what_is_said_at_a_moment(place: str, words: list[str]) -> None:
    assert held(TALK, place) == words


@pytest.mark.parametrize(
    ("form", "place", "part"),
    [
        (PAGES, "p. 12", "12"),
        (PAGES, "pp. 122-121", "122"),
        (PAGES, "pp. 121-130", "121"),
        (PAGES, "pp. 121, 130", "130"),
        (LAW, "Art. 7", "7"),
        (LAW, "Art. 60", "60"),
        (TALK, "00:12:04", "00:12:04"),
    ],
)
def test_a_place_that_is_not_there(form: object, place: str, part: str) -> None:
    unknown = cited_place(form, place).unknown  # type: ignore[arg-type]
    assert unknown
    assert unknown.first == part


def test_a_place_is_named_as_people_would_cite_it() -> None:
    words = ["zero", "one", "two"]
    assert [place_at(PAGES, PAGES.words.index(word)) for word in words] == [
        None,
        Standing("page", "iv"),
        Standing("page", "121"),
    ]
    assert place_at(LAW, LAW.words.index("c")) == Standing("article", "6(2)")
    assert place_at(LAW, LAW.words.index("c"), "page") == Standing("page", "2")
    assert place_at(TALK, TALK.words.index("b")) == Standing("moment", "00:12:30")
    assert place_at(TALK, TALK.words.index("b"), "page") is None


def test_few_words_have_to_be_unique_in_the_cited_place_only() -> None:
    text = SourceText("[p. 1]\nThe dam is old.\n[p. 2]\nThe dam leaks. Its dam, too.\n")
    assert isinstance(text.look_for("dam"), Refused)
    assert isinstance(text.look_for("dam", "p. 2"), Refused)
    passage = text.find("dam", "p. 1")
    assert passage
    assert text.text[passage.start :].startswith("dam is old")


def test_an_edited_quotation_is_looked_for_in_the_cited_place() -> None:
    once = "We will not pay for the dam, she said, or for the mill."
    text = SourceText(f"[p. 1]\n{once}\n[p. 2]\n{once}\n")
    words = "not pay for the dam … or for the mill"
    first, second = text.find(words, "p. 1"), text.find(words, "p. 2")
    assert first
    assert second
    assert first == text.find(words)
    assert second.start > first.end
    assert len(second.stretches) == 2


def test_a_place_far_into_a_text_is_found() -> None:
    text = SourceText("[p. 1]\n" + "so it is. " * 3_000 + "\n[p. 2]\nso it is. The end.\n")
    passage = text.find("so it is", "p. 2")
    assert passage
    assert text.text[passage.end :] == ". The end.\n"
