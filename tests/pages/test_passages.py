"""In which paragraphs of a source a passage stands."""

from __future__ import annotations

import pytest

from site_builder.links.evidence import Passage, SourceText
from site_builder.pages.parts.excerpts import excerpt, paragraphs_of

TEXT = SourceText("One.\n\nTwo, too.\n\nThree.")


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("One.", [0]),
        ("Two", [1]),
        ("too.", [1]),
        ("Three.", [2]),
        ("One. Two", [0, 1]),
        ("too. Three", [1, 2]),
        ("One. Two, too. Three.", [0, 1, 2]),
    ],
)
def test_a_passage_stands_in_the_paragraphs_it_has_words_of(words: str, numbers: list[int]) -> None:
    passage = TEXT.find(words)
    assert passage is not None

    assert [*paragraphs_of(TEXT, passage)] == numbers


def test_where_a_paragraph_ends_it_is_over_and_where_it_begins_it_has_begun() -> None:
    (_, end), (start, _) = TEXT.paragraphs[:2]

    assert [*paragraphs_of(TEXT, Passage(end, start + 1))] == [1]
    assert [*paragraphs_of(TEXT, Passage(end - 1, start))] == [0]


# --- excerpts ----------------------------------------------------------------------------------------

BEFORE = "Alpha beta gamma delta. " * 200
BEHIND = " Iota kappa lambda my." * 200


def shown(before: str, words: str, behind: str, language: str = "en") -> list[str]:
    """The spans around words, the first and the last without what is between their ends."""
    text = SourceText(before + words + behind, language)
    spans = excerpt(text, Passage(len(before), len(before) + len(words)), "a")
    assert "".join(span.text for span in spans if span.anchor) == words
    return [span.text for span in spans]


def test_a_short_paragraph_is_shown_whole() -> None:
    before, behind = "B" * 300, "C" * 300
    assert shown(before, "Here.", behind) == [before, "Here.", behind]
    assert shown("", "Here.", "") == ["Here."]


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    before, _, behind = shown(BEFORE, "Here.", BEHIND)
    assert before == "… " + "Alpha beta gamma delta. " * 12
    assert behind == " Iota kappa lambda my." * 13 + " …"


def test_where_no_sentence_ends_it_is_cut_at_words() -> None:
    before, _, behind = shown("alpha beta " * 200, "here", " gamma delta" * 200)
    assert before == "… " + "alpha beta " * 27
    assert behind == " gamma delta" * 25 + " …"


def test_a_sentence_that_ends_close_by_is_not_where_it_is_cut() -> None:
    before, _ = shown("alpha beta " * 200 + "Gamma. ", "Here", "")
    assert before[:7] in ("… alpha", "… beta ")
    assert 290 < len(before) < 303


def test_words_without_spaces_are_cut_between_letters() -> None:
    before, _, behind = shown("水" * 1000, "山川", "火" * 1000, "ja")
    assert (before, behind) == ("… " + "水" * 300, "火" * 300 + " …")


def test_a_word_without_end_is_cut() -> None:
    before, _, behind = shown("a" * 1000 + " ", "here", " " + "b" * 1000)
    assert (before, behind) == ("… ", " …")


def test_a_passage_at_an_end_is_shown_with_what_is_on_its_other_side() -> None:
    assert shown("", "Here.", BEHIND)[1][-2:] == " …"
    assert shown(BEFORE, "Here.", "")[0][:2] == "… "
