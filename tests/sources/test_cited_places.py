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
NOTED = read(
    "[p. 1]\n[l. 1]\na[^1]\n[l. 2]\nb\n[Art. 1]\nc[^2] d[^9]\n[^1]: one\n[^2]: two\n[^*]: small\n"
    "[p. 2]\n[l. 1]\ne\n[l. 2]\nf\n[l. 3]\ng\n[Art. 2]\nh[^3]\n[^3]: three\n"
)
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
        ("fn. 1", ["one"]),
        ("fn. 2", ["two"]),
        ("Fn. 2 f.", ["two", "three"]),
        ("fn. 2-3", ["two", "three"]),
        ("fn. 9", []),
        ("p. 1", ["a b c d", "one two small"]),
        ("pp. 1-2", ["a b c d", "e f g h", "one two small", "three"]),
        ("Art. 1", ["c d e f g", "two small"]),
        ("Art. 2", ["h", "three"]),
        ("l. 1", ["a", "e"]),
        ("l. 2", ["b c d", "f"]),
        ("ll. 2-3", ["f", "g h"]),
        ("Z. 3", ["g h"]),
        ("no. 4, fig. 1", []),
    ],
)
def test_what_stands_in_footnotes_and_lines(place: str, words: list[str]) -> None:
    assert held(NOTED, place) == words


@pytest.mark.parametrize(
    ("place", "part"), [("fn. 4", "4"), ("fn. 8", "8"), ("l. 4", "4"), ("ll. 3-4", "3")]
)
def test_a_footnote_or_line_that_is_not_there(place: str, part: str) -> None:
    unknown = cited_place(NOTED, place).unknown
    assert unknown
    assert unknown.first == part


def test_a_footnote_stands_on_its_page_and_in_the_part_that_calls_it() -> None:
    places = {
        word: (
            place_at(NOTED, NOTED.words.index(word)),
            place_at(NOTED, NOTED.words.index(word), "page"),
        )
        for word in ("one", "two", "three")
    }
    assert places == {
        "one": (Standing("page", "1"), Standing("page", "1")),
        "two": (Standing("article", "1"), Standing("page", "1")),
        "three": (Standing("article", "2"), Standing("page", "2")),
    }


def test_a_footnote_of_a_recording_does_not_end_its_last_moment() -> None:
    talk = read("[00:12:05] a[^1]\n[00:13:00] b\n\n[^1]: one\n")
    assert held(talk, "00:13:59") == ["b"]
    assert held(talk, "00:12:06") == ["a", "one"]


def test_pages_are_counted_where_footnotes_follow_them() -> None:
    assert SourceText("[p. 1]\na[^1]\n[^1]: one\n[p. 2]\nb\n").has_all_pages
    assert not SourceText("[p. 1]\na[^1]\n[^1]: one\n[p. 3]\nb\n").has_all_pages


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
