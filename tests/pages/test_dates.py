"""Dates in words, and the time between two: no more than is known."""

from __future__ import annotations

import pytest

from site_builder.content.dates import parse_date
from site_builder.pages.dates import DateView, date_view, in_words
from site_builder.pages.parts.events import GapView, gap


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025", "2025"),
        ("0988", "988"),
        ("0100", "100"),
        ("0099", "AD 99"),
        ("0001", "AD 1"),
        ("0000", "1 BC"),
        ("-0001", "2 BC"),
        ("-0043", "44 BC"),
        ("-0043-03", "March 44 BC"),
        ("-0043-03-15", "15 March 44 BC"),
        ("-0043-21", "spring 44 BC"),
        ("-0043~", "about 44 BC"),
        ("0009-09-11", "11 September AD 9"),
        ("-004X", "50 to 41 BC"),
        ("-00XX", "100 to 1 BC"),
        ("-18XX", "1900 to 1801 BC"),
        ("000X", "1 BC to AD 9"),
        ("001X", "AD 10 to 19"),
        ("00XX", "1 BC to AD 99"),
        ("010X", "the 100s"),
        ("01XX", "100 to 199"),
        ("187X", "the 1870s"),
        ("187X~", "about the 1870s"),
        ("18XX", "1800 to 1899"),
        ("201X-05", "May of some year of the 2010s"),
        ("201X-05-03", "3 May of some year of the 2010s"),
        ("201X-22?", "perhaps summer of some year of the 2010s"),
        ("20XX-05", "May of some year from 2000 to 2099"),
        ("-004X-03", "March of some year from 50 to 41 BC"),
        ("XXXX", "date unknown"),
        ("XXXX-11", "November (year not stated)"),
        ("XXXX-11-05", "5 November (year not stated)"),
        ("XXXX-24", "winter (year not stated)"),
        ("2025-12", "December 2025"),
        ("2025-12-02", "2 December 2025"),
        ("2025-21", "spring 2025"),
        ("2025-22", "summer 2025"),
        ("2025-23", "autumn 2025"),
        ("2025-24", "winter 2025"),
        ("2025-11~", "about November 2025"),
        ("2025-11?", "perhaps November 2025"),
        ("2025-11%", "perhaps about November 2025"),
        ("2025-12-02T14:00", "2 December 2025, 14:00"),
        ("2025-12-02T14:00:30", "2 December 2025, 14:00:30"),
        ("2025-12-02T14:00Z", "2 December 2025, 14:00 UTC"),
        ("2025-12-02T14:00-05:00", "2 December 2025, 14:00 (UTC-05:00)"),
        ("2025-12-02T14:00+03", "2 December 2025, 14:00 (UTC+03:00)"),
        ("2025-12-02T14:00-0330", "2 December 2025, 14:00 (UTC-03:30)"),
        ("2022/2024", "2022 to 2024"),
        ("-0026/0014", "27 BC to AD 14"),
        ("-004X/-0044", "50–41 BC to 45 BC"),
        ("18XX/190X", "1800–1899 to the 1900s"),
        ("18XX/..", "since 1800 to 1899"),
        ("2022/..", "since 2022"),
        ("2022/", "from 2022, end unknown"),
        ("../2022", "until 2022"),
        ("/2022", "until 2022, beginning unknown"),
        ("unknown", "date unknown"),
    ],
)
def test_a_date_reads_as_people_write_it(text: str, words: str) -> None:
    assert in_words(parse_date(text)) == words


@pytest.mark.parametrize(
    ("text", "words", "view"),
    [
        ("-0043-03", "", DateView("March 44 BC", "", "-0043-03", True, "44 BC")),
        ("2025-12", "late in 2025", DateView("late in 2025", "2025-12", "2025-12", True, "2025")),
        ("201X-05", "", DateView("May of some year of the 2010s", "", "201X-05", True, "the 2010s")),
        ("../2022", "", DateView("until 2022", "", "../2022", True, "2022")),
        ("XXXX-11/2022", "", DateView("November (year not stated) to 2022", "", "XXXX-11/2022", True, "2022")),
        ("XXXX-11", "", DateView("November (year not stated)", "", "XXXX-11", False, "")),
        ("unknown", "once", DateView("once", "", "unknown", False, "")),
    ],
)  # fmt: skip
def test_a_date_is_grouped_by_the_year_that_places_it(
    text: str, words: str, view: DateView
) -> None:
    assert date_view(parse_date(text, words)) == view


@pytest.mark.parametrize(
    ("before", "after", "passed"),
    [
        # Between days: as the calendar has it.
        ("2023-01-31", "2023-03-01", ("days", 29, "exactly")),
        ("2024-01-31", "2024-03-01", ("days", 30, "exactly")),
        ("2025-01-01", "2025-02-20", ("days", 50, "exactly")),
        ("2025-01-01", "2025-01-15", ("days", 14, "exactly")),
        ("2025-01-01", "2025-01-14", None),
        ("2025-01-01", "2025-02-28", ("days", 58, "exactly")),
        ("2025-01-01", "2025-03-01", ("months", 2, "exactly")),
        ("2025-01-01", "2025-03-02", ("months", 2, "more than")),
        ("2025-01-31", "2025-03-30", ("days", 58, "exactly")),
        ("2025-01-31", "2025-03-31", ("months", 2, "exactly")),
        ("2020-01-01", "2021-12-31", ("months", 23, "more than")),
        ("2020-01-01", "2022-01-01", ("years", 2, "exactly")),
        ("2020-01-01", "2022-02-01", ("years", 2, "more than")),
        ("2020-01-01", "2022-01-02", ("years", 2, "more than")),
        ("-0043-03-15", "-0042-03-15", ("months", 12, "exactly")),
        ("-0001-03-15", "0002-03-15", ("years", 3, "exactly")),
        ("0000-02-20", "0000-03-05", ("days", 14, "exactly")),
        # As the dates were given, whatever the clocks elsewhere say.
        ("2026-05-01T23:30-05:00", "2026-05-15T00:30+09:00", ("days", 14, "exactly")),
        ("2026-05-01T01:00+14:00", "2026-05-14T23:00-12:00", None),
        # From the end of an interval to the beginning of the next.
        ("2023-05-08/2023-05-28", "2023-06-20/2023-07-01", ("days", 23, "exactly")),
        ("../2023-05-28", "2023-06-20/..", ("days", 23, "exactly")),
        # Between months, or longer: what must have passed at least.
        ("2023-03", "2023-05", None),
        ("2023-03", "2023-06", ("months", 2, "at least")),
        ("2023-03", "2023-05-30", None),
        ("2023-03", "2023-05-31", ("months", 2, "at least")),
        ("2023-03-31", "2023-06", ("months", 2, "at least")),
        ("2023-03-01", "2023-05", ("months", 2, "at least")),
        ("2020", "2021", None),
        ("2020", "2022", ("months", 12, "at least")),
        ("2020", "2023", ("years", 2, "at least")),
        ("201X", "2023", ("years", 3, "at least")),
        ("17XX", "1871", ("years", 71, "at least")),
        ("-0043", "0009", ("years", 51, "at least")),
        ("201X-05-03", "2023-05-03", ("years", 4, "at least")),
        ("2024-22", "2024-24", None),
        ("2024-21", "2025-06", ("months", 5, "at least")),
        # Where an end is open, unknown or not sure, nothing is certain.
        ("2020/..", "2025", None),
        ("2020/", "2025", None),
        ("2020", "../2025", None),
        ("2020", "/2025", None),
        ("2020~", "2025", None),
        ("2020", "2025~", None),
        ("2020?", "2025", None),
        ("2020", "2025%", None),
        ("2020-01-01/2021-01-01?", "2025-01-01", None),
        ("unknown", "2025", None),
        ("2025", "unknown", None),
        ("XXXX-11", "2025", None),
        ("2025", "XXXX-11", None),
        # Nor where the one does not end before the other begins.
        ("2025-03-11", "2025-03", None),
        ("2025", "2020", None),
        ("2025-05-30", "2020-05-01", None),
    ],
)  # fmt: skip
def test_the_time_between_is_what_is_certain(
    before: str, after: str, passed: tuple[str, int, str] | None
) -> None:
    assert gap(parse_date(before), parse_date(after)) == (passed and GapView(*passed))
