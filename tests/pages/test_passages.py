"""In which paragraphs of a source a passage stands."""

from __future__ import annotations

import pytest

from site_builder.links.evidence import Passage, SourceText
from site_builder.pages.views import _paragraphs_of

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

    assert [*_paragraphs_of(TEXT, passage)] == numbers


def test_where_a_paragraph_ends_it_is_over_and_where_it_begins_it_has_begun() -> None:
    (_, end), (start, _) = TEXT.paragraphs[:2]

    assert [*_paragraphs_of(TEXT, Passage(end, start + 1))] == [1]
    assert [*_paragraphs_of(TEXT, Passage(end - 1, start))] == [0]
