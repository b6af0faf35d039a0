"""Dates: what is one, in which order they stand, what is certain of them, and what machines are told."""

from __future__ import annotations

import calendar
import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.content.dates import LONGEST, Date, DateError, parse_date
from site_builder.content.moments import Day, Moment


def moment(text: str) -> Moment:
    found = parse_date(text).begin
    assert found is not None
    return found


def problem(text: str) -> str:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    return str(caught.value)


# --- what is a date --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2025", Moment("2025"), "year"),
        ("-0043", Moment("-0043"), "year"),
        ("0000", Moment("0000"), "year"),
        ("187X", Moment("187X"), "decade"),
        ("18XX", Moment("18XX"), "century"),
        ("-00XX", Moment("-00XX"), "century"),
        ("XXXX", Moment("XXXX"), "unknown"),
        ("XXXX-11", Moment("XXXX", 11), "month"),
        ("XXXX-02-29", Moment("XXXX", 2, 29), "day"),
        ("2025-XX", Moment("2025"), "year"),
        ("2025-11-XX", Moment("2025", 11), "month"),
        ("2025-21", Moment("2025", 21), "season"),
        ("2025-24~", Moment("2025", 24, qualifier="~"), "season"),
        ("2025-12?", Moment("2025", 12, qualifier="?"), "month"),
        ("2025-12-31%", Moment("2025", 12, 31, qualifier="%"), "day"),
        ("2025-12-02T00:00", Moment("2025", 12, 2, "00:00"), "minute"),
        ("2025-12-02T23:59:59Z", Moment("2025", 12, 2, "23:59:59", "Z"), "minute"),
        ("2025-12-02T14:00+14:00", Moment("2025", 12, 2, "14:00", "+14:00"), "minute"),
        ("2025-12-02T14:00+1359", Moment("2025", 12, 2, "14:00", "+1359"), "minute"),
        ("2025-12-02T14:00-12", Moment("2025", 12, 2, "14:00", "-12"), "minute"),
        ("2025-12-02T14:00+05:59", Moment("2025", 12, 2, "14:00", "+05:59"), "minute"),
        ("2025-12-02T14:00Z~", Moment("2025", 12, 2, "14:00", "Z", "~"), "minute"),
        ("2025-12-02T14:00+00:00", Moment("2025", 12, 2, "14:00", "+00:00"), "minute"),
        ("9999-12-31", Moment("9999", 12, 31), "day"),
        ("201X-02-29", Moment("201X", 2, 29), "day"),
    ],
)  # fmt: skip
def test_a_date_is_as_long_as_what_is_known(text: str, expected: Moment, precision: str) -> None:
    date = parse_date(f" {text}\n", "then")
    assert date == Date(text, "then", expected, expected)
    assert expected.precision == precision
    assert not date.is_interval


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022/2024", Date("2022/2024", "", Moment("2022"), Moment("2024"))),
        ("2022/..", Date("2022/..", "", Moment("2022"), None, open_end=True)),
        ("2022/", Date("2022/", "", Moment("2022"), None)),
        ("../2022", Date("../2022", "", None, Moment("2022"), open_begin=True)),
        ("/2022", Date("/2022", "", None, Moment("2022"))),
        ("-004X/-0044", Date("-004X/-0044", "", Moment("-004X"), Moment("-0044"))),
        ("2024-24/2025-02", Date("2024-24/2025-02", "", Moment("2024", 24), Moment("2025", 2))),
        ("2024-22/2024-02", Date("2024-22/2024-02", "", Moment("2024", 22), Moment("2024", 2))),
        ("XXXX-11/2022", Date("XXXX-11/2022", "", Moment("XXXX", 11), Moment("2022"))),
    ],
)
def test_an_interval_has_two_ends(text: str, expected: Date) -> None:
    assert parse_date(text) == expected
    assert expected.is_interval


def test_an_interval_may_have_words_of_its_own() -> None:
    assert parse_date("2022/2024", "in the war").text == "in the war"


@pytest.mark.parametrize("text", ["unknown", "Unknown", " UNKNOWN "])
def test_what_is_not_known_is_unknown(text: str) -> None:
    date = parse_date(text, "once")
    assert date == Date("unknown", "once")
    assert not date.is_known
    assert not date.is_interval


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2025-13", "'2025-13' is impossible: there is no month 13"),
        ("2025-00", "'2025-00' is impossible: there is no month 00"),
        ("2025-12-00", "'2025-12-00' is impossible: there is no day 00"),
        ("2025-12-32", "'2025-12-32' is impossible: December 2025 has 31 days"),
        ("2025-04-31", "'2025-04-31' is impossible: April 2025 has 30 days"),
        ("1900-02-29", "'1900-02-29' is impossible: February 1900 has 28 days"),
        ("-0003-02-29", "'-0003-02-29' is impossible: February -0003 has 28 days"),
        ("-0100-02-29", "'-0100-02-29' is impossible: February -0100 has 28 days"),
        ("201X-02-30", "'201X-02-30' is impossible: February has 29 days"),
        ("XXXX-04-31", "'XXXX-04-31' is impossible: April has 30 days"),
        ("2025-XX-02", "'2025-XX-02' has a day but no month"),
        ("2025-24-20", "'2025-24-20' is not a date: 24 is the code of a season, which has no days"),
        ("2X25", "'2X25' is not a date: unknown digits of a year must be at its end"),
        ("2025-1X", "'2025-1X' is not a date: write XX for a month that is not known"),
        ("2025-12-0X", "'2025-12-0X' is not a date: write XX for a day that is not known"),
        ("-0000", "'-0000' is not a date: there is no year -0000 (write 0000 for 1 BC)"),
        ("2025-12T14:00", "'2025-12T14:00' has a time but no day"),
        ("2025-12-02T24:00", "'2025-12-02T24:00' is impossible: a day ends with 23:59 (write 00:00 of the day after)"),
        ("2025-12-02T24:00:00Z", "'2025-12-02T24:00:00Z' is impossible: a day ends with 23:59 (write 00:00 of the day after)"),
        ("2025-12-02T24:01", "'2025-12-02T24:01' is impossible: there is no time 24:01"),
        ("2025-12-02T24:00:01", "'2025-12-02T24:00:01' is impossible: there is no time 24:00:01"),
        ("2025-12-02T23:60", "'2025-12-02T23:60' is impossible: there is no time 23:60"),
        ("2025-12-02T23:59:61", "'2025-12-02T23:59:61' is impossible: there is no time 23:59:61"),
        ("2025-12-02T24:59:60", "'2025-12-02T24:59:60' is impossible: there is no time 24:59:60"),
        ("2025-12-02T23:60:60", "'2025-12-02T23:60:60' is impossible: there is no time 23:60:60"),
        ("2016-12-31T23:59:60Z", "'2016-12-31T23:59:60Z' is impossible: there is no second 60 (for a leap second, write 23:59:59)"),
        ("2025-12-02T14:00+14:01", "'2025-12-02T14:00+14:01' is impossible: there is no time zone +14:01 (they go from -12:00 to +14:00)"),
        ("2025-12-02T14:00-12:01", "'2025-12-02T14:00-12:01' is impossible: there is no time zone -12:01 (they go from -12:00 to +14:00)"),
        ("2025-12-02T14:00+05:60", "'2025-12-02T14:00+05:60' is impossible: there is no time zone +05:60 (they go from -12:00 to +14:00)"),
        ("2025-12-02T14:00-00:00", "'2025-12-02T14:00-00:00' is impossible: there is no time zone -00:00 (write Z for UTC)"),
        ("/", "'/' is an interval without a date at either end"),
        ("../..", "'../..' is an interval without a date at either end"),
        ("2025/2024", "the interval '2025/2024' ends before it begins"),
        ("0010/-0044", "the interval '0010/-0044' ends before it begins"),
        ("-0044/-005X", "the interval '-0044/-005X' ends before it begins"),
        ("2026-05-01T10:00-05:00/2026-05-01T14:59Z", "the interval '2026-05-01T10:00-05:00/2026-05-01T14:59Z' ends before it begins"),
        ("2" * 81, f"'{'2' * 80}…' is not a date"),
        ("-XXXX", "'-XXXX' is not a date (expected a form like 2025, 2025-12, 2025-12-02, 2025-11~, 2022-02/.. or unknown)"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_said_to_be_none(text: str, message: str) -> None:
    assert problem(text) == message


def test_a_date_may_be_eighty_characters_long() -> None:
    assert "…" not in problem("x" * LONGEST)


# --- what it may mean ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", (2025, 1, 1), (2025, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2100-02", (2100, 2, 1), (2100, 2, 28)),
        ("2025-12-02", (2025, 12, 2), (2025, 12, 2)),
        ("187X", (1870, 1, 1), (1879, 12, 31)),
        ("18XX", (1800, 1, 1), (1899, 12, 31)),
        ("-004X", (-49, 1, 1), (-40, 12, 31)),
        ("-01XX", (-199, 1, 1), (-100, 12, 31)),
        ("201X-05", (2010, 5, 1), (2019, 5, 31)),
        ("201X-02-29", (2010, 2, 28), (2019, 2, 28)),
        ("2024-21", (2024, 3, 1), (2024, 5, 31)),
        ("2024-22", (2024, 6, 1), (2024, 8, 31)),
        ("2024-23", (2024, 9, 1), (2024, 11, 30)),
        ("2024-24", (2024, 12, 1), (2025, 2, 28)),
        ("2023-24", (2023, 12, 1), (2024, 2, 29)),
    ],
)
def test_the_first_and_the_last_day_a_date_may_mean(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert moment(text).days() == (Day(*first), Day(*last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-21", (2024, 3, 1), (2024, 12, 31)),
        ("2024-22", (2023, 12, 1), (2025, 3, 31)),
        ("2024-23", (2024, 3, 1), (2024, 12, 31)),
        ("2024-24", (2023, 12, 1), (2025, 3, 31)),
        ("2024-05", (2024, 5, 1), (2024, 5, 31)),
    ],
)
def test_a_season_may_be_that_of_the_south(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert moment(text).days(anywhere=True) == (Day(*first), Day(*last))


@given(st.dates())
def test_days_are_numbered_as_the_standard_library_does(day: datetime.date) -> None:
    assert Day(day.year, day.month, day.day).number == day.toordinal()


@given(st.integers(-9999, 0), st.integers(1, 12))
def test_days_before_the_year_1_follow_each_other(year: int, month: int) -> None:
    days = calendar.monthrange(2000 if calendar.isleap(year) else 2001, month)[1]
    after = Day(year + month // 12, month % 12 + 1, 1)
    assert after.number - Day(year, month, days).number == 1
    assert Day(0, 12, 31).number == 0


# --- the order -------------------------------------------------------------------------------

IN_ORDER = """
-99XX -9999 -0999 -00XX -009X -004X -0044 -0043 -0043-03 -0043-03-15 -0043-03-16 -0003 0000
0000-01 0000-12-31 0001 0009 0988 18XX 180X 1800 1800-01 1800-01-01 1800-01-01T00:00Z 187X 1871
201X 2010 201X-05 2010-05-01 2024 2024-01 2024-02 2024-21 2024-03 2024-03-01
2024-22 2024-23 2024-12-01T00:00+00:01 2024-24 2024-12 2025-01
2026-03-08T23:00Z 2026-03-09T01:00+01:30 2026-03-08T23:30:01Z 2026-03-09 2026-03-09T00:00:00 2026-03-09T00:00
2026-05-01T12:00Z 2026-05-01T12:00:01Z 2026-05-01T10:00-05:00 2026-05-02T05:30+14:00
2026-05-01T15:31 2026-05-02 2026-05-01T12:00-12 2026-05-02T00:01
2026-06-01/2026-06-02 2026-06-01/2026-06-03 2026-06-01/2026-06 2026-06-01/..
/2026-07 9999-12-31T23:59:59-12:00 unknown
""".split()


def test_dates_stand_in_order_in_every_precision() -> None:
    orders = [parse_date(text).order for text in IN_ORDER]
    for one, other in pairwise(zip(orders, IN_ORDER, strict=True)):
        assert one < other


@pytest.mark.parametrize(
    "text", ["unknown", "XXXX-11", "XXXX", "XXXX-11/XXXX-12", "../XXXX-11", "XXXX/.."]
)
def test_dates_without_a_year_come_last(text: str) -> None:
    date = parse_date(text)
    assert not date.is_known
    assert date.order == parse_date("unknown").order
    assert date.order > parse_date("9999-12-31T23:59-12:00").order


@pytest.mark.parametrize(
    "text", ["2022", "XXXX-11/2022", "2022/XXXX-11", "../2022", "/2022", "2022/.."]
)
def test_one_end_with_a_year_places_a_date(text: str) -> None:
    date = parse_date(text)
    assert date.is_known
    assert date.placed_by == Moment("2022")
    assert date.order[:2] == parse_date("2022").order[:2]


def test_an_order_is_the_first_instant_the_precision_and_the_last_instant() -> None:
    day = 24 * 60 * 60
    assert parse_date("0001-01-01").order == (day, 6, 2 * day - 1)
    assert parse_date("0001-01-01T10:30").order == (day + 37_800, 7, day + 37_859)
    assert parse_date("0001-01-01T10:30:05+01:30").order == (day + 32_405, 7, day + 32_405)
    assert parse_date("0001-01-02T00:00-02").order == (2 * day + 7200, 7, 2 * day + 7259)
    assert parse_date("0001-01-01/0001-01-02").order == (day, 6, 3 * day - 1)
    assert parse_date("0001/..").order == (day, 3, 400_000_000_000)
    assert parse_date("0001/").order == (day, 3, 366 * day - 1)


_ZONES = st.integers(-12 * 60, 14 * 60).map(
    lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))
)


@given(
    st.dates(datetime.date(2, 1, 1), datetime.date(9998, 1, 1)),
    st.dates(datetime.date(2, 1, 1), datetime.date(9998, 1, 1)),
    st.times(timezones=_ZONES),
    st.times(timezones=_ZONES),
)
def test_times_sort_as_instants(
    one: datetime.date, other: datetime.date, early: datetime.time, late: datetime.time
) -> None:
    times = [
        datetime.datetime.combine(day, time.replace(microsecond=0))
        for day, time in ((one, early), (other, late))
    ]
    first, second = (parse_date(time.isoformat()) for time in times)
    assert (first.order < second.order) == (times[0] < times[1])
    assert first.is_before(second) == (times[0] < times[1])
    instant = times[0].astimezone(datetime.UTC).isoformat()
    assert first.exact_instant == instant.replace("+00:00", "Z")
    assert datetime.datetime.fromisoformat(first.iso) == times[0]


@given(st.dates(), st.dates())
def test_days_sort_as_days(one: datetime.date, other: datetime.date) -> None:
    first, second = parse_date(str(one)), parse_date(str(other))
    assert (first.order < second.order) == (one < other) == first.is_before(second)
    assert (first.exact_day, first.iso) == (str(one), str(one))


_years = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.integers(1, 9999).map("-{:04}".format),
    st.integers(0, 999).map("{:03}X".format),
    st.integers(0, 99).map("-{:02}XX".format),
    st.just("XXXX"),
)
_parts = st.builds(
    lambda year, rest, qualifier: year + rest + qualifier,
    _years,
    st.sampled_from(
        ["", "-01", "-02-28", "-12-31", "-21", "-24", "-06-15T12:30Z", "-06-15T12:30+14:00"]
    ),
    st.sampled_from(["", "~", "?", "%"]),
)


@given(_parts, st.one_of(st.none(), st.sampled_from(["", ".."]), _parts))
def test_a_date_says_what_was_written(begin: str, end: str | None) -> None:
    """What is parsed can be written again from its parts, and is as it was."""
    text = begin if end is None else f"{begin}/{end}"
    try:
        date = parse_date(text)
    except DateError as error:
        assert str(error) == f"the interval '{text}' ends before it begins"  # noqa: PT017
        return
    assert date.edtf == text
    assert [_written(moment) for moment in (date.begin, date.end)] == (
        [begin, begin] if end is None else [begin, "" if end == ".." else end]
    )
    assert not (date.is_known and date.is_before(date))


def _written(moment: Moment | None) -> str:
    if moment is None:
        return ""
    parts = [part for part in (moment.month, moment.day) if part is not None]
    time = f"T{moment.time}{moment.zone}" if moment.time else ""
    return moment.year + "".join(f"-{part:02}" for part in parts) + time + moment.qualifier


# --- what is certain -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024", "2025"),
        ("2024", "2025-01"),
        ("2025-12-01", "2025-12-02"),
        ("-0044", "-0043"),
        ("-0001-12-31", "0000-01-01"),
        ("201X", "2020"),
        ("2024-05-01T10:00", "2024-05-01T10:01"),
        ("2024-05-01T12:00Z", "2024-05-01T10:00-05:00"),
        ("2026-03-09T01:00+03:00", "2026-03-08T23:30Z"),
        ("2024-21", "2025-01-01"),
        ("2024-24", "2025-04-01"),
        ("2025-12-01T11:58Z", "2025-12-02T02:00"),
        ("2025-12-01T11:59", "2025-12-02T00:00Z"),
        ("2025-12-01", "2025-12-02T12:00Z"),
        ("2025-12-01T09:59Z", "2025-12-02"),
        ("../2024", "2025"),
        ("2020~/2024", "2025/.."),
    ],
)  # fmt: skip
def test_one_is_before_the_other_for_certain(one: str, other: str) -> None:
    assert parse_date(one).is_before(parse_date(other))
    assert not parse_date(other).is_before(parse_date(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024", "2024-12-31"),
        ("2024-05", "2024"),
        ("2024~", "2025"),
        ("2024", "2025?"),
        ("2024%", "2025"),
        ("2024/..", "2025"),
        ("2024/", "2025"),
        ("2024", "../2025"),
        ("2024", "/2025"),
        ("unknown", "2025"),
        ("2024", "unknown"),
        ("XXXX-01", "2025"),
        ("2024", "XXXX-12"),
        ("-0044", "XXXX-12"),
        ("201X", "2019-12-31"),
        ("2024-24", "2025-03-31"),
        ("2024-22", "2024-23"),
        ("2024-05-01T10:00", "2024-05-01T10:00:59"),
        ("2025-12-01T12:00", "2025-12-02T00:00Z"),
        ("2025-12-01", "2025-12-02T11:59Z"),
        ("2025-12-01T10:00Z", "2025-12-02"),
    ],
)  # fmt: skip
def test_nothing_is_before_the_other_where_that_is_not_certain(one: str, other: str) -> None:
    assert not parse_date(one).is_before(parse_date(other))
    assert not parse_date(other).is_before(parse_date(one))


# --- for machines ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025", "2025"),
        ("0988", "0988"),
        ("0001-01-01", "0001-01-01"),
        ("2025-12", "2025-12"),
        ("2025-12-02", "2025-12-02"),
        ("2025-12-02T14:00", "2025-12-02T14:00"),
        ("2025-12-02T14:00:30Z", "2025-12-02T14:00:30Z"),
        ("2025-12-02T14:00+03", "2025-12-02T14:00+03:00"),
        ("2025-12-02T14:00-0330", "2025-12-02T14:00-03:30"),
        ("2025-12-02T14:00+05:45", "2025-12-02T14:00+05:45"),
        ("0000", ""),
        ("0000-12-31", ""),
        ("-0043", ""),
        ("-0043-03-15", ""),
        ("187X", ""),
        ("201X-05-03", ""),
        ("XXXX-11-05", ""),
        ("2025-21", ""),
        ("2025~", ""),
        ("2025-12-02?", ""),
        ("2025/2026", ""),
        ("../2026", ""),
        ("unknown", ""),
    ],
)
def test_html_takes_what_is_certain_and_after_the_year_1_bc(text: str, iso: str) -> None:
    assert parse_date(text).iso == iso


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("2025-12-02", True),
        ("-0043-03-15", True),
        ("2025-12-02T14:00Z", True),
        ("2025-12-02~", False),
        ("2025-12-02?", False),
        ("201X-12-02", False),
        ("XXXX-12-02", False),
        ("2025-12", False),
    ],
)
def test_a_day_is_exact_where_it_is_one_and_sure(text: str, exact: bool) -> None:
    assert moment(text).is_exact is exact


@pytest.mark.parametrize(
    ("text", "day", "instant"),
    [
        ("2025-12-02", "2025-12-02", "2025-12-02T00:00:00Z"),
        ("0988-05-01", "0988-05-01", "0988-05-01T00:00:00Z"),
        ("9999-12-31", "9999-12-31", "9999-12-31T00:00:00Z"),
        ("2025-12-02T14:00", "2025-12-02", "2025-12-02T14:00:00Z"),
        ("2026-05-01T20:00-05:00", "2026-05-01", "2026-05-02T01:00:00Z"),
        ("9999-12-31T20:00-05:00", "9999-12-31", "9999-12-31T00:00:00Z"),
        ("0001-01-01T01:00+05:00", "0001-01-01", "0001-01-01T00:00:00Z"),
        ("2025-12", "", ""),
        ("2025-12-02~", "", ""),
        ("-0043-03-15", "", ""),
        ("0000-03-15", "", ""),
        ("201X-03-15", "", ""),
        ("XXXX-03-15", "", ""),
        ("2025-12-02/2025-12-03", "", ""),
        ("/2025-12-03", "", ""),
        ("unknown", "", ""),
    ],
)
def test_a_day_and_an_instant_where_they_are_known(text: str, day: str, instant: str) -> None:
    date = parse_date(text)
    assert (date.exact_day, date.exact_instant) == (day, instant)
