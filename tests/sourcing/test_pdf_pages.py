"""Lines of a PDF, from where its characters stand."""

from __future__ import annotations

import pytest

from site_builder.sourcing.pdf_page import Character, _goes_on, _line, with_calls


def row(text: str, left: float = 0, bottom: float = 0, size: float = 10) -> list[Character]:
    width = size / 2
    return [
        Character(one, left + width * n, left + width * (n + 1), bottom, bottom + size)
        for n, one in enumerate(text)
    ]


def raised(text: str, left: float) -> list[Character]:
    return row(text, left, bottom=4, size=6)


@pytest.mark.parametrize(
    ("before", "number", "after", "written"),
    [
        ("It leaks", "4", ".", "It leaks[^4]."),
        ("It leaks.", "12", " And", "It leaks.[^12] And"),
        ("signed by ", "1", " President", "signed by[^1] President"),
        ("an area of 5 km", "2", " in all", "an area of 5 km² in all"),
        ("x", "2", " + 1", "x² + 1"),
        ("10", "6", " boats", "10⁶ boats"),
        ("(5 m", "3", ")", "(5 m³)"),
        ("the team", "2", " won", "the team[^2] won"),
        ("Regulation 2016/679 (", "1", ") says", "Regulation 2016/679[^1] says"),
    ],
)
def test_a_raised_number_calls_a_footnote_or_is_a_power(
    before: str, number: str, after: str, written: str
) -> None:
    start = row(before)
    small = raised(number, 5.0 * len(before))
    rest = row(after, small[-1].right)
    assert with_calls(_line([*start, *small, *rest]).text) == written


def test_a_number_that_is_as_large_or_as_low_is_text() -> None:
    assert with_calls(_line(row("Room 4 leaks")).text) == "Room 4 leaks"
    low = row("2", 10, bottom=-1, size=6)
    assert with_calls(_line([*row("CO"), *low, *row(" here", 13)]).text) == "CO2 here"


def test_a_call_that_the_file_has_elsewhere_goes_where_it_stands() -> None:
    line = row("signed by the mayor")
    number = raised("1", 5.0 * 9 - 0.5)
    assert _goes_on(line, number)
    assert with_calls(_line([*line, *number]).text) == "signed by[^1] the mayor"


def test_pieces_of_a_line_are_joined_and_those_of_two_columns_are_not() -> None:
    assert _goes_on(row("The dam"), row("leaks", left=40))
    assert not _goes_on(row("The dam"), row("leaks", left=80))
    assert not _goes_on(row("The dam"), row("leaks", left=40, bottom=-12))


@pytest.mark.parametrize(
    ("text", "written"),
    [("na¨ıve", "naïve"), ("caf´e", "café"), ("fran¸cais", "français"), ("M¨uller", "Müller")],
)
def test_an_accent_over_a_letter_joins_it(text: str, written: str) -> None:
    at = next(n for n, one in enumerate(text) if one in "¨´¸")
    characters = row(text[:at] + text[at + 1 :])
    characters.insert(at, characters[at]._replace(text=text[at]))
    assert _line(characters).text == written


def test_an_accent_by_itself_stays() -> None:
    assert _line(row("a ~ b ^ c `d")).text == "a ~ b ^ c `d"


def test_what_only_its_own_type_shows_is_a_bullet_or_unread() -> None:
    assert _line(row("\uf0b7 one \uf0b7 two")).text == "• one \ufffd two"
