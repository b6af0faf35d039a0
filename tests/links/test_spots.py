"""Where quoted words stand in a source, and text fragments that find them in a web page."""

from __future__ import annotations

import pytest

from site_builder.links.evidence import Passage, SourceText
from site_builder.links.spots import encoded, in_one_line, spot_of
from site_builder.sources.places import Spot

MINUTES = """[p. iv]
Before all pages the clerk wrote a note.
[p. 1]
The dam leaks at two pla-
ces and may not
[p. 2]
last another winter.

[p. 3]
"""


def spot(text: str, words: str, *, extracted: bool = False) -> Spot:
    source = SourceText(text, "en", extracted=extracted)
    found = source.find(words)
    assert found is not None, words
    return spot_of(source, found)


@pytest.mark.parametrize(
    ("words", "label", "page"),
    [
        ("the clerk wrote a note", "iv", 1),
        ("leaks at two places", "1", 2),
        ("may not last another", "1", 2),
        ("last another winter", "2", 3),
    ],
)
def test_the_page_is_as_printed_and_counted(words: str, label: str, page: int) -> None:
    found = spot(MINUTES, words)
    assert (found.label, found.page) == (label, page)


def test_a_text_without_marks_stands_nowhere_in_particular() -> None:
    assert spot("The dam leaks.", "dam leaks") == Spot(directive="text=dam%20leaks")


def test_words_before_the_first_mark_stand_on_no_page() -> None:
    assert spot("Title.\n[p. 1]\nThe dam leaks.", "Title").page == 0


@pytest.mark.parametrize(
    ("labels", "page"),
    [
        (("1", "2", "3"), 3),
        (("33", "34", "35"), 3),  # printed numbers of a part of a journal
        (("ii", "iii", "1"), 3),
        (("1", "2", "4"), 0),  # somebody left page 3 out
        (("1", "4", "5"), 0),
    ],
)
def test_pages_of_a_typed_text_are_counted_if_none_is_left_out(
    labels: tuple[str, ...], page: int
) -> None:
    text = "".join(f"[p. {label}]\nWords of page {label} here.\n" for label in labels)
    words = f"page {labels[-1]} here"
    assert spot(text, words).page == page
    assert spot(text, words, extracted=True).page == 3


def test_without_pages_the_part_is_the_label() -> None:
    assert spot("[Art. 5]\nDams are inspected each year.", "are inspected").label == "5"
    both = "[p. 2]\n[Art. 5]\nDams are inspected each year."
    assert spot(both, "are inspected").label == "2"


def test_a_moment_has_seconds() -> None:
    found = spot("[00:12:30 Anna Holt] We would\n[1:12:31.5] take it down.", "take it down")
    assert (found.seconds, found.label) == (4351, "")


# --- text fragments ----------------------------------------------------------------------------------------

LONG = "We met at noon today and then " + "talked and talked " * 20 + "until the sun was down"


@pytest.mark.parametrize(
    ("text", "words", "directive"),
    [
        ("It is a non-binding vote, so far.", "non-binding vote, so", "text=non%2Dbinding%20vote%2C%20so"),
        ("Zoë’s 5 % & more_or.less~", "Zoë’s 5 % & more_or.less", "text=Zo%C3%AB%E2%80%99s%205%20%25%20%26%20more_or.less"),
        ("two\n lines  here", "two lines here", "text=two%20lines%20here"),
        (f"{LONG}.", LONG, "text=We%20met%20at%20noon%20today,until%20the%20sun%20was%20down"),
        ("It ended.\n\nThen it began again.", "It ended. Then it began", "text=It%20ended.,Then%20it%20began"),
        ("A dam[^1] that leaks.", "A dam that leaks", "text=A%20dam,that%20leaks"),
        ("We see a dam that leaks a lot at noon.", "see a dam … at noon", "text=see%20a%20dam&text=at%20noon"),
        ("The boats wanted nothing of us all.", "The boats want[] nothing of us", "text=The%20boats&text=nothing%20of%20us"),
        ("大坝漏水。\n没有人说话。", "大坝漏水。没有人说话", "text=" + encoded("大坝漏水。没有人说话")),
    ],
)  # fmt: skip
def test_a_fragment_has_the_words_of_the_source(text: str, words: str, directive: str) -> None:
    assert spot(text, words).directive == directive


def test_300_characters_are_given_in_full_and_301_by_their_ends() -> None:
    text = "a b c d e " + "x" * 280 + " v w x y z"
    assert len(text) == 300
    assert spot_of(SourceText(text), Passage(0, 300)).directive == f"text={encoded(text)}"
    longer = text.replace("x v", "xx v")
    assert spot_of(SourceText(longer), Passage(0, 301)).directive == (
        "text=a%20b%20c%20d%20e,v%20w%20x%20y%20z"
    )


def test_words_without_spaces_and_stops_have_no_fragment_if_they_are_long() -> None:
    source = SourceText("水" * 400)
    assert spot_of(source, Passage(0, 400)).directive == ""
    paused = "水" * 50 + "。" + "火" * 300 + "、" + "山" * 50
    assert spot_of(SourceText(paused), Passage(0, len(paused))).directive == (
        f"text={encoded('水' * 50)},{encoded('山' * 50)}"
    )


def test_an_edited_quotation_has_the_whole_passage() -> None:
    found = spot("We see a dam\nthat leaks a lot at noon.", "see a dam … at noon")
    assert found.edited == ("see a dam", " that leaks a lot ", "at noon")
    assert spot("We see a dam.", "see a dam").edited == ()


def test_lines_of_scripts_without_spaces_are_joined_without_one() -> None:
    assert in_one_line("大坝\n漏水。\n没有") == "大坝漏水。没有"
    assert in_one_line(" one\n two ") == "one two"
    assert in_one_line(" one\n two ", trim=False) == " one two "
