"""What a writer selects in the text of a source, as a citation that a build accepts."""

from __future__ import annotations

import pytest

from site_builder.links.evidence import Passage, SourceText
from site_builder.links.graph import CitedSource
from site_builder.preview.selecting import Citation, Uncited, citation_of, offset_of, uncited


def selected(text: str, words: str, number: int = 1) -> Citation | None:
    """The citation for the stretch of a text that is selected, or for a later one of the same words."""
    source = SourceText(text, "en")
    at = -1
    for _ in range(number):
        at = source.text.index(words, at + 1)
    return citation_of(source, "minutes", at, at + len(words))


def prose(text: str, words: str, number: int = 1) -> str:
    citation = selected(text, words, number)
    assert citation is not None
    return citation.prose or citation.problem


DAM = "The dam leaks at two places and may not last."
LAST = "The dam may not last, so it goes."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("leaks at two places", "leaks at two places"),
        (" leaks at two places ", "leaks at two places"),
        ("eaks at two plac", "leaks at two places"),  # most of both words
        ("s at two pl", "at two"),  # little of either
        ("m leaks at two places a", "leaks at two places"),
        ("places and may not last.", "places and may not last."),
        ("eak", "leaks"),
        (", so it", "so it"),
        ("may not last, ", "may not last"),
    ],
)
def test_a_citation_has_whole_words(words: str, expected: str) -> None:
    assert prose(DAM if words in DAM else LAST, words) == f'[@minutes "{expected}"]'


@pytest.mark.parametrize("words", [" ", ".", "a"])
def test_what_is_no_word_is_no_citation(words: str) -> None:
    text = "It is . here"
    source = SourceText(text)
    assert citation_of(source, "minutes", 5, 5) is None
    if words in text:
        at = text.index(words)
        assert citation_of(source, "minutes", at, at + 1) is None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("at two pla-\nces and", "two pla-\nces", "two places"),
        ("in 2019-\n2020 and", "in 2019-\n2020", "in 2019-2020"),
        ("a self-\nmade man is self-made", "a self-\nmade man", "a self-made man"),
        ("the UN-\nMandate is here", "the UN-\nMandate is", "the UN-Mandate is"),
        ("two pla\u00ad\nces and", "two pla\u00ad\nces", "two places"),
        ("one line\n  and  the next", "line\n  and  the", "line and the"),
    ],
)
def test_lines_are_joined(text: str, words: str, expected: str) -> None:
    assert prose(text, words) == f'[@minutes "{expected}"]'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" to all.', '[@minutes “He said "no" to all.”]'),
        ("He said “no” to all.", '[@minutes "He said “no” to all."]'),
        ('He said "no” to all.', '[@minutes «He said "no” to all.»]'),
        ("A path C:\\dam is named.", '[@minutes "A path C:\\dam is named."]'),
        ("See [1]; it leaks]", '[@minutes "See [1]; it leaks]"]'),
    ],
)
def test_the_marks_are_others_than_those_inside(text: str, expected: str) -> None:
    citation = citation_of(SourceText(text), "minutes", 0, len(text))
    assert citation is not None
    assert citation.prose == expected


TWICE = "[p. 1]\nIt leaks badly.\n[p. 2]\nNo. It leaks badly.\n[p. 3]\nIt leaks badly. It leaks badly.\n"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, '[@minutes "leaks badly", p. 1]'),
        (2, '[@minutes "leaks badly", p. 2]'),
        (3, '[@minutes "leaks badly", p. 3]'),
        (4, "These words stand earlier in the text, too, and a citation would lead there. Select more of them."),
    ],
)  # fmt: skip
def test_words_that_stand_several_times_have_their_place(number: int, expected: str) -> None:
    assert prose(TWICE, "leaks badly", number) == expected


def test_words_without_marks_that_stand_several_times_lead_to_the_first() -> None:
    text = "It leaks badly. It leaks badly."
    assert prose(text, "leaks badly") == '[@minutes "leaks badly"]'
    assert prose(text, "leaks badly", 2).startswith("These words stand earlier")


def test_a_word_alone_that_stands_several_times_is_refused() -> None:
    assert prose("It leaks. It leaks.", "leaks") == (
        "So few words must occur in it only once: quote more of them."
    )


def test_words_with_a_character_that_no_file_may_have_are_refused() -> None:
    assert prose("two \x02 places", "two \x02 places") == (
        "There is a character in these words that no content file may have."
    )


def test_too_long_a_selection_is_refused() -> None:
    text = "word " * 500
    assert prose(text, text.strip()).startswith("A quotation can have at most 2,000")


def test_a_field_is_in_block_style_where_yaml_needs_it() -> None:
    plain = selected(DAM, "leaks at two places")
    assert plain is not None
    assert plain.yaml == 'cite: minutes "leaks at two places"'
    colon = selected(
        "It says: no dam # leaks.\n[p. 2]\nIt says: no dam # leaks.", "says: no dam # leaks"
    )
    assert colon is not None
    assert colon.yaml == ('cite:\n  - source: minutes\n    words: "says: no dam # leaks"')


def test_an_offset_counts_in_its_paragraph() -> None:
    source = SourceText("One.\n\nTwo, too.")
    assert offset_of(source, 2, 3) == 9
    assert offset_of(source, 2, 100) == len(source.text)
    assert offset_of(source, 9, 0) == 6
    assert offset_of(source, 0, 0) == 0


def test_sentences_that_nothing_cites_are_listed_with_their_place() -> None:
    source = SourceText("[p. 1]\nOne is. Two\nare.\n\n[p. 2]\nThree.", "en")
    cited = CitedSource(source, {"q-1": ("One", Passage(0, 3))})
    assert uncited(cited) == [
        Uncited("par-1", "p. 1", "Two are."),
        Uncited("par-2", "p. 2", "Three."),
    ]
    assert uncited(CitedSource(None)) == []
