"""Numbers in texts, and what they count."""

from __future__ import annotations

import pytest

from site_builder.lint.numbers import counts
from site_builder.text.locales import words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 were school children", [("31 school", 31.0)]),
        ("a five-hour wait, a twenty-four-hour day", [("five hour", 5.0), ("twenty-four hour", 24.0)]),
        ("aged 58, a 9-year-old, a nine-year-old boy", [("58", 58.0), ("9", 9.0), ("nine", 9.0)]),
        ("A quarter of all families, two thirds of voters", [("quarter", 0.25), ("two thirds", 2.0), ("thirds", 2 / 3)]),
        ("One family in four, one in five families", [("One family in four", 0.25), ("one in five", 0.2)]),
        ("Seven died in twelve hours, two in 2025", [("Seven died", 7.0), ("twelve hours", 12.0)]),
        ("£2.6m, $3bn, 30m deep", [("£2.6m", 2.6e6), ("$3bn", 3e9)]),
        ("the third time, its 4th floor, a second later", [("third", 3.0), ("4th", 4.0)]),
        ("the 12th March, the 3rd of May, the second of them", []),
        ("twice a week", [("twice", 2.0)]),
        ("23 votes to 17, 5 metres to 9", [("23 votes", 23.0), ("17 votes", 17.0), ("5 metres", 5.0), ("9 metres", 9.0)]),
        ("pages 3 to 4, 2026, 9 March", []),
    ],
)  # fmt: skip
def test_what_is_counted(text: str, expected: list[tuple[str, float]]) -> None:
    found = counts(text, lambda name: words_of("en", name))
    assert [(row.text, row.value) for row in found] == expected
