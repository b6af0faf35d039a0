"""Dates with the precision that is known.

The form is EDTF (Extended Date/Time Format, ISO 8601-2:2019): level 0, the level-1 forms an
explainer needs (uncertain `?`, approximate `~`, both `%`, unspecified digits `X`, seasons, open and
unknown ends of intervals), and from level 2 the month or day whose year is not stated
(`XXXX-11`). Nothing here invents a day: a date is as long as what is known.

The calendar is the Gregorian one, also before it was introduced, and has a year 0, which is 1 BC.

Two questions are kept apart. *In which order* dates stand has always an answer (`Date.order`): by the
first instant each may mean, where a day or a time without a zone is read as UTC. *Whether one lies before
the other* is answered only where it is certain (`Date.is_before`): a time without a zone may be that of
any place on Earth.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import calendar
import datetime
import re

from site_builder.content.moments import (
    COARSE_FIRST,
    EASTERNMOST,
    NEVER,
    SEASONS,
    SECONDS_A_DAY,
    WESTERNMOST,
    Moment,
    last_day,
    offset_of,
    whole_zone,
)
from site_builder.text import lazily
from site_builder.values import NamedTuple

_MOMENT = lazily.pattern(
    r"""(?P<year>-?[0-9X]{4})
        (?:-(?P<month>[0-9X]{2})
          (?:-(?P<day>[0-9X]{2}))?
        )?
        (?:T(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?
        (?P<qualifier>[?~%])?""",
    re.VERBOSE,
)
LONGEST = 80
"""Characters of a date."""
_YEAR = lazily.pattern(r"-?(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)|XXXX")


class DateError(ValueError):
    """A text that is no date; the message says why and what would be."""


class _NoForm(DateError):
    """A text in no form of ours: what it may have meant is told beside it."""


class Date(NamedTuple):
    """A date or an interval as its author wrote it.

    `edtf` is the text in EDTF form, or `unknown`. `text` holds the words to show instead, where
    the author gave some ("two hours before the article appeared"). `begin` and `end` are None
    where that end is unknown; `open_begin` and `open_end` say that it is open (`..`). A plain date
    has the same `begin` and `end`.
    """

    edtf: str
    text: str = ""
    begin: Moment | None = None
    end: Moment | None = None
    open_begin: bool = False
    open_end: bool = False

    @property
    def is_interval(self) -> bool:
        """Whether this has two ends."""
        return "/" in self.edtf

    @property
    def placed_by(self) -> Moment | None:
        """What places it on a calendar: its beginning if a year is known of that, else its end."""
        for moment in (self.begin, self.end):
            if moment is not None and moment.has_year:
                return moment
        return None

    @property
    def is_known(self) -> bool:
        """Whether it can be placed on a calendar: at least a year is known."""
        return self.placed_by is not None

    @property
    def order(self) -> tuple[int, int, int]:
        """What to sort by: the first instant it may mean; then the coarser, then the shorter first.

        Unknown dates come last.
        """
        placed = self.placed_by
        if placed is None:
            return (NEVER, 0, NEVER)
        last = self.end if self.end and self.end.has_year else placed
        ends = NEVER if self.open_end else last.instants[1]
        return (placed.instants[0], COARSE_FIRST.index(placed.precision), ends)

    def is_before(self, other: "Date") -> bool:
        """Whether all of this lies before all of the other, for certain.

        It is never certain where an end is open, unknown, uncertain or approximate.
        """
        end, begin = self.end, other.begin
        if end is None or begin is None or end.qualifier or begin.qualifier:
            return False
        return end.is_before(begin)

    @property
    def exact_day(self) -> str:
        """The one day it means, as `2025-12-02`; "" if it is coarser, uncertain or an interval."""
        moment = self.begin
        if self.is_interval or moment is None or not moment.is_exact:
            return ""
        return moment.iso[:10]

    @property
    def exact_instant(self) -> str:
        """The instant it means or begins at, as `2025-12-02T14:00:00Z`; "" where `exact_day` is "".

        What has no zone is read as UTC, as it is for the order.
        """
        if not self.exact_day or self.begin is None:
            return ""
        day, second = divmod(self.begin.instants[0], SECONDS_A_DAY)
        try:
            midnight = datetime.datetime.fromordinal(day)
        except (
            ValueError,
            OverflowError,
        ):  # it falls into the year before 1, or into the year 10000
            return f"{self.exact_day}T00:00:00Z"
        return f"{(midnight + datetime.timedelta(seconds=second)).isoformat()}Z"

    @property
    def iso(self) -> str:
        """What HTML's `datetime` attribute takes for it, or ""."""
        return "" if self.is_interval or self.begin is None else self.begin.iso


UNKNOWN = Date(edtf="unknown")


def parse_date(text: str, words: str = "") -> Date:
    """The date that `text` means.

    Raises `DateError` with a message for the author if it means none.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise DateError(f"'{text[:LONGEST]}…' is not a date")
    try:
        return _parse(text, words)
    except DateError as error:
        from site_builder.content.date_slips import FORMS, beyond_four_digits, meant

        instead = meant(text, is_date)
        if not instead:
            forms = (beyond_four_digits(text) or FORMS) if isinstance(error, _NoForm) else ""
            raise DateError(f"{error}{forms}") from None
        if isinstance(error, _NoForm):
            raise DateError(f"'{text}' is not a date (write {instead})") from None
        raise DateError(f"{error} (write {instead})") from None


def is_date(text: str) -> bool:
    """Whether a text is a date as it stands."""
    try:
        _parse(text, "")
    except DateError:
        return False
    return True


def _parse(text: str, words: str) -> Date:
    if text.casefold() == "unknown":
        return Date(edtf="unknown", text=words)
    if "/" not in text:
        moment = _parse_moment(text)
        return Date(edtf=text, text=words, begin=moment, end=moment)
    if re.fullmatch(r"[\d/]+", text) and not re.fullmatch(r"\d{4}/\d{4}|/\d{4}|\d{4}/|/", text):
        raise _NoForm(f"'{text}' is not a date")
    first, _, second = text.partition("/")
    begin = None if first in ("", "..") else _parse_moment(first)
    end = None if second in ("", "..") else _parse_moment(second)
    if begin is None and end is None:
        raise DateError(f"'{text}' is an interval without a date at either end")
    if begin and end and end.is_before(begin):
        raise DateError(f"the interval '{text}' ends before it begins")
    return Date(
        edtf=text,
        text=words,
        begin=begin,
        end=end,
        open_begin=first == "..",
        open_end=second == "..",
    )


def _parse_moment(text: str) -> Moment:
    match = _MOMENT.fullmatch(text)
    if match is None or match["year"] == "-XXXX":
        raise _NoForm(f"'{text}' is not a date")
    year, month, day = match["year"], match["month"], match["day"]
    if not _YEAR.fullmatch(year):
        raise DateError(f"'{text}' is not a date: unknown digits of a year must be at its end")
    if year == "-0000":
        raise DateError(f"'{text}' is not a date: there is no year -0000 (write 0000 for 1 BC)")
    month_number = _number(text, month, "month")
    if month_number is not None and not (1 <= month_number <= 12 or month_number in SEASONS):
        raise DateError(f"'{text}' is impossible: there is no month {month}")
    day_number = _number(text, day, "day")
    if day_number is not None:
        _check_day(text, year, month_number, day_number)
    if match["time"]:
        if day_number is None:
            raise DateError(f"'{text}' has a time but no day")
        _check_time(text, match["time"], match["zone"] or "")
    return Moment(
        year=year,
        month=month_number,
        day=day_number,
        time=match["time"] or "",
        zone=match["zone"] or "",
        qualifier=match["qualifier"] or "",  # type: ignore[arg-type]  # the pattern allows these
    )


def _check_day(text: str, year: str, month: int | None, day: int) -> None:
    """Raises `DateError` if there is no such day."""
    if month is None:
        raise DateError(f"'{text}' has a day but no month")
    if month in SEASONS:
        raise DateError(
            f"'{text}' is not a date: {month} is the code of a season, which has no days"
        )
    # A year of which digits are not known may be a leap year: every decade has one.
    days = last_day(2000 if "X" in year else int(year), month)
    if not 1 <= day <= days:
        name = calendar.month_name[month]
        when = name if "X" in year else f"{name} {year}"
        reason = f"{when} has {days} days" if day else "there is no day 00"
        raise DateError(f"'{text}' is impossible: {reason}")


def _check_time(text: str, time: str, zone: str) -> None:
    """Raises `DateError` if no clock shows this time, or no place has this zone."""
    hours, minutes, *seconds = (int(part) for part in time.split(":"))
    if hours == 24 and not minutes and not any(seconds):
        raise DateError(
            f"'{text}' is impossible: a day ends with 23:59 (write 00:00 of the day after)"
        )
    if hours <= 23 and minutes <= 59 and seconds == [60]:
        raise DateError(
            f"'{text}' is impossible: there is no second 60 (for a leap second, write {time[:-2]}59)"
        )
    if hours > 23 or minutes > 59 or any(second > 59 for second in seconds):
        raise DateError(f"'{text}' is impossible: there is no time {time}")
    if zone.startswith("-") and not offset_of(zone):
        raise DateError(f"'{text}' is impossible: there is no time zone {zone} (write Z for UTC)")
    within = WESTERNMOST <= offset_of(zone) <= EASTERNMOST
    if not within or int(whole_zone(zone)[4:] or 0) > 59:
        raise DateError(
            f"'{text}' is impossible: there is no time zone {zone} (they go from -12:00 to +14:00)"
        )


def _number(text: str, digits: str | None, part: str) -> int | None:
    if digits is None or digits == "XX":
        return None
    if "X" in digits:
        raise DateError(f"'{text}' is not a date: write XX for a {part} that is not known")
    return int(digits)
