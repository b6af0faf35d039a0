"""Dates: what is read is written the same, stands in one order, and means the instants that a second reading gives.

The second reading, `_Reference`, is built on the standard library's calendar and on nothing of `content.dates`.
"""

from __future__ import annotations

import datetime
import itertools
import re
from typing import NamedTuple

from site_builder.content.dates import Date, DateError, parse_date
from site_builder.content.moments import Moment
from tools.fuzzing.checking import LONGEST, hold, limited

TOKENS = (
    "2025", "2024-02-29", "2025-02-29", "1900-02-29", "2000-02-29", "2025-12-31", "2025-12", "-12", "-31", "-21", "-24",
    "-XX", "202X", "20XX", "XXXX-11", "XXXX-02-30", "-0001", "0000", "-0044-03-15", "9999", "T14:30", "T23:59:60", "T24:00", "T00:00:00",
    "Z", "+02:00", "-12:00", "+14:00", "+14:30", "-00:00", "+0545", "?", "~", "%", "/", "..", "/..", "../", "\n", "unknown", " ",
    "May 2025", "2.12.2025", "1/2/2025", "1990s", "Q3 2024", "spring 2020", "c. 1920", "before 1900", "44 BC", "٢٠٢٥", "２０２５",
)  # fmt: skip

_FORM = re.compile(
    r"(-?[0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?([?~%])?",
    re.ASCII,
)
_NOT_KNOWN = re.compile(r"(?:-XX)+(?=[?~%]?$)")
"""Parts of a date that are not known, which say as much as none."""
_MOST = 4
"""Dates of one input, each on its line."""
_DAY = 86_400
_CYCLE = 146_097
"""Days of 400 years."""
_LONGEST_MESSAGE = 600


def check(data: bytes) -> None:
    """Checks up to four dates, and each beside each."""
    texts = data[:LONGEST].decode("utf-8", "replace").split("\n")[:_MOST]
    dates = [date for text in texts for date in [_checked(text)] if date is not None]
    for one, other in itertools.product(dates, repeat=2):
        _check_pair(one, other)


def _checked(text: str) -> Date | None:
    """One date, checked by itself; None if the text is none."""
    is_valid = _is_valid(text.strip())
    with limited("a date"):
        try:
            date = parse_date(text, "words")
        except DateError as error:
            hold(not is_valid, "a date is refused", text, error)
            hold(0 < len(str(error)) <= _LONGEST_MESSAGE, "a message of no use", text, error)
            return None
    hold(is_valid, "this is taken for a date", text, date)
    hold(date.text == "words", "the words of a date are lost", text, date)
    if text.strip().casefold() != "unknown":
        hold(date.edtf == text.strip(), "a date is not what was written", text, date)
    hold(parse_date(date.edtf, "words") == date, "a date read again is another", text, date)
    hold(date == parse_date(f" {text}\t", "words"), "spaces around a date change it", text, date)
    written = [_written(moment) for moment in (date.begin, date.end) if moment is not None]
    parts = date.edtf.split("/")
    wanted = [
        _NOT_KNOWN.sub("", part)
        for part in parts
        if part not in ("", "..") and part.casefold() != "unknown"
    ]
    if len(written) > len(wanted):
        del written[1:]
    hold(written == wanted, "the parts of a date are not what was written", text, written)
    ends = [part == ".." for part in date.edtf.split("/")]
    if date.is_interval:
        hold([date.open_begin, date.open_end] == ends, "an open end is lost", text, date)
    for moment in (date.begin, date.end):
        if moment is not None:
            _check_moment(moment)
    _check_instant(date)
    return date


def _written(moment: Moment) -> str:
    """The form of a moment, from its parts."""
    text = moment.year
    if moment.month is not None or moment.day is not None:
        text += f"-{moment.month:02}"
    if moment.day is not None:
        text += f"-{moment.day:02}"
    return f"{text}{'T' if moment.time else ''}{moment.time}{moment.zone}{moment.qualifier}"


def _check_pair(one: Date, other: Date) -> None:
    """Checks which of two dates comes first, and whether that is certain."""
    wanted, given = (_order(one), _order(other)), (one.order, other.order)
    hold(
        (given[0] < given[1]) == (wanted[0] < wanted[1]),
        "two dates stand in the wrong order", one.edtf, other.edtf, given, wanted,
    )  # fmt: skip
    is_before = one.is_before(other)
    hold(
        is_before == _is_before(one, other),
        "which of two dates lies before",
        one.edtf,
        other.edtf,
        is_before,
    )
    if is_before:
        hold(
            not other.is_before(one),
            "each of two dates lies before the other",
            one.edtf,
            other.edtf,
        )


def _check_moment(moment: Moment) -> None:
    """Checks what one moment means."""
    if moment.has_year:
        reference = _reference(moment)
        wanted = (reference.first - reference.ahead, reference.last - reference.ahead)
        hold(
            moment.instants == wanted,
            "a moment means other instants",
            moment,
            moment.instants,
            wanted,
        )
    iso = moment.iso
    certain = (
        moment.has_year
        and not moment.qualifier
        and "X" not in moment.year
        and (moment.month or 1) <= 12
    )
    is_given = certain and int(moment.year) >= 1
    hold(bool(iso) == is_given, "a form for HTML is there or not", moment, iso)
    if iso and moment.day is not None:
        read = datetime.datetime.fromisoformat(iso)
        hold(
            (read.year, read.month, read.day) == (int(moment.year), moment.month, moment.day),
            "a form for HTML",
            moment,
            iso,
        )
        if moment.time:
            seconds = _reference(moment).ahead
            ahead = int(read.utcoffset().total_seconds()) if read.tzinfo else 0  # type: ignore[union-attr]
            hold(
                f"{read:%H:%M:%S}".startswith(moment.time) and ahead == seconds,
                "a time for HTML",
                moment,
                iso,
            )
    elif iso:
        hold(iso == _written(moment), "a form for HTML", moment, iso)


def _check_instant(date: Date) -> None:
    """Checks the one day and instant that a date means."""
    moment = date.begin
    sure = (
        moment is not None and not date.is_interval and moment.day is not None and bool(moment.iso)
    )
    hold(bool(date.exact_day) == sure, "a day is exact or not", date, date.exact_day)
    if not sure or moment is None:
        return
    hold(
        date.exact_day == f"{moment.year}-{moment.month:02}-{moment.day:02}",
        "an exact day",
        date,
        date.exact_day,
    )
    try:
        at = datetime.datetime.fromisoformat(date.exact_day) + datetime.timedelta(
            seconds=_reference(moment).clock
        )
        wanted = f"{(at - datetime.timedelta(seconds=_reference(moment).ahead)).isoformat()}Z"
    except OverflowError:
        wanted = f"{date.exact_day}T00:00:00Z"
    hold(date.exact_instant == wanted, "an exact instant", date, date.exact_instant, wanted)


# --- a second reading ----------------------------------------------------------------------------


class _Reference(NamedTuple):
    """What a moment may mean: seconds by the clock on its wall, and by how much that is ahead of UTC."""

    first: int
    last: int
    ahead: int
    clock: int
    """Seconds since midnight."""


def _number(year: int, month: int, day: int) -> int:
    """The number of a day in the proleptic Gregorian calendar; a day past its month's end is the last of it."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    cycles, of_cycle = divmod(year, 400)
    shifted = datetime.date(of_cycle + 400, month, 1)
    following = (shifted + datetime.timedelta(days=31)).replace(day=1)
    first, end = shifted.toordinal(), following.toordinal()
    return min(first + day - 1, end - 1) + (cycles - 1) * _CYCLE


_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_ANYWHERE = {21: (3, 12), 22: (0, 15), 23: (3, 12), 24: (0, 15)}


def _ahead(zone: str) -> int:
    if zone in ("", "Z"):
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return -seconds if zone.startswith("-") else seconds


def _reference(moment: Moment, *, anywhere: bool = False) -> _Reference:
    years = sorted(int(moment.year.replace("X", digit)) for digit in "09")
    months = (_ANYWHERE if anywhere else _SEASONS).get(moment.month or 0) or (
        (moment.month, moment.month) if moment.month else (1, 12)
    )
    first = _number(years[0], months[0], moment.day or 1) * _DAY
    last = _number(years[1], months[1], moment.day or 31) * _DAY + _DAY - 1
    if not moment.time:
        return _Reference(first, last, 0, 0)
    hours, minutes, *seconds = map(int, moment.time.split(":"))
    clock = hours * 3600 + minutes * 60 + sum(seconds)
    whole = last - _DAY + 1 + clock + (0 if seconds else 59)
    return _Reference(first + clock, whole, _ahead(moment.zone), clock)


def _order(date: Date) -> tuple[float, int, float]:
    """What a date sorts by: its first instant, then the coarser first, then the shorter."""
    known = [row for row in (date.begin, date.end) if row is not None and row.has_year]
    if not known:
        return (float("inf"), 0, 0)
    begin = known[0]
    end = known[-1] if date.end is not None and date.end.has_year else begin
    first, last = _reference(begin), _reference(end)
    parts = len(begin.year.rstrip("X")) - begin.year.startswith("-")
    fineness = parts if begin.month is None else 5 if begin.month > 12 else 6
    fineness += (begin.day is not None) + bool(begin.time)
    return (
        first.first - first.ahead,
        fineness,
        float("inf") if date.open_end else last.last - last.ahead,
    )


def _is_before(one: Date, other: Date) -> bool:
    end, begin = one.end, other.begin
    if (
        end is None
        or begin is None
        or end.qualifier
        or begin.qualifier
        or not (end.has_year and begin.has_year)
    ):
        return False
    last, first = _reference(end, anywhere=True), _reference(begin, anywhere=True)
    if not (end.zone or begin.zone):
        return last.last < first.first
    latest = last.last - (last.ahead if end.zone else -12 * 3600)
    return latest < first.first - (first.ahead if begin.zone else 14 * 3600)


def _is_valid(text: str) -> bool:
    """Whether a text is a date, an interval or unknown."""
    if text.casefold() == "unknown":
        return True
    ends = text.split("/")
    if (
        len(text) > 80
        or len(ends) > 2
        or not all(_is_moment(end) for end in ends if len(ends) == 1 or end not in ("", ".."))
    ):
        return False
    if len(ends) == 1:
        return True
    if not set(ends) - {"", ".."} or (
        re.fullmatch(r"[\d/]+", text) and {len(end) for end in ends} - {0, 4}
    ):
        return False
    if set(ends) & {"", ".."}:
        return True
    begin, end = (_moment(end) for end in ends)
    plain = Date("", begin=end, end=end), Date("", begin=begin, end=begin)
    bare = [date._replace(begin=_bare(date.begin), end=_bare(date.end)) for date in plain]
    return not _is_before(*bare)


def _bare(moment: Moment | None) -> Moment | None:
    return moment._replace(qualifier="") if moment else None


def _moment(text: str) -> Moment:
    found = _FORM.fullmatch(text)
    assert found is not None
    year, month, day, hours, minutes, seconds, zone, qualifier = found.groups()
    time = f"{hours}:{minutes}" + (f":{seconds}" if seconds else "") if hours else ""
    of_month, of_day = (None if part in (None, "XX") else int(part) for part in (month, day))
    return Moment(year, of_month, of_day, time, zone or "", qualifier or "")  # type: ignore[arg-type]  # the pattern allows these


def _is_moment(text: str) -> bool:
    found = _FORM.fullmatch(text)
    if found is None:
        return False
    year, month, day, hours, minutes, seconds, zone, _ = found.groups()
    if not re.fullmatch(r"-?\d{4}|-?\d{3}X|-?\d\dXX|XXXX", year) or year == "-0000":
        return False
    if any(part and part != "XX" and "X" in part for part in (month, day)):
        return False
    month_number, day_number = (
        None if part in (None, "XX") else int(part) for part in (month, day)
    )
    if month_number is not None and not 1 <= month_number <= 12 and not 21 <= month_number <= 24:
        return False
    if day_number is not None:
        if month_number is None or month_number > 12:
            return False
        of_cycle = int(year) % 400 + 400 if "X" not in year else 2000
        try:
            datetime.date(of_cycle, month_number, day_number)
        except ValueError:
            return False
    if hours is None:
        return True
    if day_number is None or int(hours) > 23 or int(minutes) > 59 or int(seconds or 0) > 59:
        return False
    if zone and zone[0] == "-" and not _ahead(zone):
        return False
    digits = (zone or "Z")[1:].replace(":", "").ljust(4, "0")
    return -12 * 3600 <= _ahead(zone or "") <= 14 * 3600 and int(digits[2:]) < 60
