"""Moments of a date, as precisely as they are known: which days, seconds and instants they may mean.

The calendar is the Gregorian one, also before it was introduced, and has a year 0, which is 1 BC.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import calendar
import datetime
from typing import Literal

from site_builder.values import NamedTuple

Precision = Literal["unknown", "century", "decade", "year", "season", "month", "day", "minute"]
COARSE_FIRST = ("unknown", "century", "decade", "year", "season", "month", "day", "minute")
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SEASON_BEGINS = {21: 3, 22: 6, 23: 9, 24: 12}
"""The first of the three months of a season, in the north. Winter goes on into the next year."""
_SEASON_ANYWHERE = {21: (3, 12), 22: (0, 15), 23: (3, 12), 24: (0, 15)}
"""The months in which a season may fall, north or south of the equator. Months 0 and 13 to 15 are
those of the years beside: a winter and a southern summer are named after either of their years."""
EASTERNMOST = 14 * 60
WESTERNMOST = -12 * 60
"""Minutes by which a place's time may differ from UTC."""
SECONDS_A_DAY = 24 * 60 * 60
NEVER = 400_000_000_000
"""Seconds that no date reaches: later than any year of four digits."""


class Day(NamedTuple):
    """A day of the calendar, of any year."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """The day's number, where 1 January of the year 1 is 1."""
        cycles, year = divmod(self.year - 1, 400)  # the calendar is the same every 400 years
        return cycles * 146_097 + datetime.date(year + 1, self.month, self.day).toordinal()


class Moment(NamedTuple):
    """One end of a date.

    `year` keeps its `X` digits; `month` is 1 to 12, 21 to 24 for a season, or None where it is not
    known; `day` likewise. `time` is `HH:MM` or `HH:MM:SS`, with `zone` as `Z` or an offset, or "".
    """

    year: str
    month: int | None = None
    day: int | None = None
    time: str = ""
    zone: str = ""
    qualifier: Literal["", "?", "~", "%"] = ""

    @property
    def precision(self) -> Precision:
        """The finest part that is known."""
        if self.time:
            return "minute"
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "season" if self.month in SEASONS else "month"
        if self.year == "XXXX":
            return "unknown"
        if self.year.endswith("XX"):
            return "century"
        return "decade" if self.year.endswith("X") else "year"

    @property
    def has_year(self) -> bool:
        """Whether anything is known of the year."""
        return self.year != "XXXX"

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year this may mean; meaningless without a year."""
        return _years(self.year)

    @property
    def is_exact(self) -> bool:
        """Whether this is one day, or one time of it, and surely so."""
        return self.day is not None and "X" not in self.year and not self.qualifier

    def days(self, anywhere: bool = False) -> tuple[Day, Day]:
        """The first and the last day this may mean, as the calendar on the wall had it.

        A season is taken to be that of the north; with `anywhere`, it is as long as it may be on Earth.
        Meaningless without a year.
        """
        first_year, last_year = self.years
        first_month, last_month = self.month or 1, self.month or 12
        if self.month in SEASONS and anywhere:
            first_month, last_month = _SEASON_ANYWHERE[self.month]
        elif self.month in SEASONS:
            first_month = _SEASON_BEGINS[self.month]
            last_month = first_month + 2
        return (
            _day(first_year, first_month, self.day or 1),
            _day(last_year, last_month, self.day or 31),
        )

    def seconds(self, anywhere: bool = False) -> tuple[int, int]:
        """The first and the last second this may mean, by the clock on the wall; see `days`."""
        first, last = (day.number * SECONDS_A_DAY for day in self.days(anywhere))
        if not self.time:
            return first, last + SECONDS_A_DAY - 1
        hours, minutes, *seconds = (int(part) for part in self.time.split(":"))
        begin = hours * 3600 + minutes * 60
        return first + begin + sum(seconds), last + begin + (seconds[0] if seconds else 59)

    @property
    def ahead_of_utc(self) -> int:
        """The seconds by which the zone is ahead of UTC; 0 without a zone."""
        return offset_of(self.zone) * 60

    @property
    def instants(self) -> tuple[int, int]:
        """The first and the last instant this may mean, in seconds of UTC; for sorting.

        What has no zone is read as UTC.
        """
        first, last = self.seconds()
        return first - self.ahead_of_utc, last - self.ahead_of_utc

    def is_before(self, other: "Moment") -> bool:
        """Whether this lies before the other for certain, taken as written: `~` and `?` are not looked at."""
        if not (self.has_year and other.has_year):
            return False
        end, begin = self.seconds(anywhere=True)[1], other.seconds(anywhere=True)[0]
        if self.zone or other.zone:
            # Where only one has a zone, the clock of the other may be that of any place.
            end -= self.ahead_of_utc if self.zone else WESTERNMOST * 60
            begin -= other.ahead_of_utc if other.zone else EASTERNMOST * 60
        return end < begin

    @property
    def iso(self) -> str:
        """The form HTML's `datetime` takes (a year, a month, a day or a time), or "" if there is none.

        There is none for years before 1, and none for what is not certain.
        """
        if self.month in SEASONS or "X" in self.year or self.years[0] < 1 or self.qualifier:
            return ""
        if self.month is None:
            return self.year
        text = f"{self.year}-{self.month:02}"
        if self.day is None:
            return text
        text += f"-{self.day:02}"
        return f"{text}T{self.time}{whole_zone(self.zone)}" if self.time else text


def _years(year: str) -> tuple[int, int]:
    """The first and the last year that digits may mean, some of which may be `X`."""
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    return min(low, high), max(low, high)


def _day(year: int, month: int, day: int) -> Day:
    """The day, or the last of its month before it; months before 1 and after 12 are of the years beside."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Day(year, month, min(day, last_day(year, month)))


def last_day(year: int, month: int) -> int:
    """The last day of a month."""
    return calendar.monthrange(2000 if calendar.isleap(year) else 2001, month)[1]


def whole_zone(zone: str) -> str:
    """A zone as HTML takes it: `+03` and `+0300` as `+03:00`."""
    if len(zone) < 3:
        return zone
    return f"{zone[:3]}:{zone[3:].removeprefix(':') or '00'}"


def offset_of(zone: str) -> int:
    """The minutes by which a zone is ahead of UTC."""
    if zone in ("", "Z"):
        return 0
    hours, minutes = whole_zone(zone)[1:].split(":")
    offset = int(hours) * 60 + int(minutes)
    return -offset if zone[0] == "-" else offset
