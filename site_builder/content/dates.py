"""Dates with the precision that is known.

The form is EDTF (Extended Date/Time Format, ISO 8601-2:2019): level 0, the level-1 forms an
explainer needs (uncertain `?`, approximate `~`, both `%`, unspecified digits `X`, seasons, open and
unknown ends of intervals), and from level 2 the month or day whose year is not stated
(`XXXX-11`). Nothing here invents a day: a date is as long as what is known.
"""

# Without `from __future__ import annotations`: see `pages/contexts.py`.
import calendar
import datetime
import re
from typing import Literal, NamedTuple

Precision = Literal["unknown", "century", "decade", "year", "season", "month", "day", "minute"]

_MOMENT = re.compile(
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
_YEAR = re.compile(r"-?(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)")
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


class DateError(ValueError):
    """A text that is no date; the message says why and what would be."""


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
    def earliest(self) -> tuple[int, int, int, str]:
        """The first moment this may mean; for sorting. Meaningless without a year."""
        year = int(self.year.replace("X", "0")) if self.has_year else 9999
        month = self.month or 0
        if month in SEASONS:
            month = {21: 3, 22: 6, 23: 9, 24: 12}[month]
        return (year, month, self.day or 0, self._utc_time)

    @property
    def latest(self) -> tuple[int, int, int, str]:
        """The last moment this may mean; for sorting."""
        year = int(self.year.replace("X", "9")) if self.has_year else 9999
        month = self.month or 12
        if month in SEASONS:
            month = {21: 5, 22: 8, 23: 11, 24: 12}[month]
        return (year, month, self.day or 31, self.time or "24:00")

    @property
    def _utc_time(self) -> str:
        return self.time

    @property
    def iso(self) -> str:
        """The form HTML's `datetime` takes (a full date, month or year), or "" if there is none."""
        if "X" in self.year or (self.month in SEASONS) or self.year.startswith("-"):
            return ""
        if self.month is None:
            return self.year
        text = f"{self.year}-{self.month:02}"
        if self.day is None:
            return text
        text += f"-{self.day:02}"
        return f"{text}T{self.time}{self.zone}" if self.time else text


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
    def is_known(self) -> bool:
        """Whether it can be placed on a calendar: at least a year is known."""
        moment = self.begin or self.end
        return moment is not None and moment.has_year

    @property
    def earliest(self) -> tuple[int, int, int, str]:
        """The first moment it may mean. Unknown dates come last."""
        moment = self.begin or self.end
        return moment.earliest if moment and moment.has_year else (9999, 0, 0, "")

    @property
    def latest(self) -> tuple[int, int, int, str]:
        """The last moment it may mean."""
        if self.open_end:
            return (9999, 12, 31, "24:00")
        moment = self.end or self.begin
        return moment.latest if moment and moment.has_year else (9999, 12, 31, "24:00")

    @property
    def exact_day(self) -> str:
        """The one day it means, as `2025-12-02`; "" if it is coarser, uncertain or an interval."""
        moment = self.begin
        if self.is_interval or moment is None or moment.qualifier or not moment.day:
            return ""
        return moment.iso[:10]

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
    if text.casefold() == "unknown":
        return Date(edtf="unknown", text=words)
    if "/" not in text:
        moment = _parse_moment(text)
        return Date(edtf=text, text=words, begin=moment, end=moment)
    if re.fullmatch(r"[\d/]+", text) and not re.fullmatch(r"\d{4}/\d{4}|/\d{4}|\d{4}/|/", text):
        raise DateError(f"'{text}' is not a date{_suggestion(text)}")
    first, _, second = text.partition("/")
    begin = None if first in ("", "..") else _parse_moment(first)
    end = None if second in ("", "..") else _parse_moment(second)
    if begin is None and end is None:
        raise DateError(f"'{text}' is an interval without a date at either end")
    if begin and end and begin.has_year and end.has_year and begin.earliest > end.latest:
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
    if match is None:
        raise DateError(f"'{text}' is not a date{_suggestion(text)}")
    year, month, day = match["year"], match["month"], match["day"]
    if not _YEAR.fullmatch(year):
        raise DateError(f"'{text}' is not a date: unknown digits of a year stand at its right")
    month_number = _number(text, month, "month")
    if month_number is not None and not (1 <= month_number <= 12 or month_number in SEASONS):
        raise DateError(f"'{text}' is impossible: there is no month {month}")
    day_number = _number(text, day, "day")
    if day_number is not None:
        if month_number is None:
            raise DateError(f"'{text}' has a day but no month")
        if month_number in SEASONS:
            raise DateError(
                f"'{text}' is not a date: {month} stands for a season, which has no days"
            )
        # A year that is not stated may be a leap year.
        number = 2000 if "X" in year else int(year)
        last = calendar.monthrange(number if number > 0 else 2000, month_number)[1]
        if not 1 <= day_number <= last:
            name = calendar.month_name[month_number]
            when = name if "X" in year else f"{name} {year}"
            reason = f"{when} has {last} days" if day_number else "there is no day 00"
            raise DateError(f"'{text}' is impossible: {reason}")
    if match["time"]:
        if day_number is None:
            raise DateError(f"'{text}' has a time but no day")
        try:
            datetime.time.fromisoformat(match["time"])
        except ValueError:
            raise DateError(f"'{text}' is impossible: there is no time {match['time']}") from None
        if not _is_zone(match["zone"] or ""):
            raise DateError(f"'{text}' is impossible: there is no time zone {match['zone']}")
    return Moment(
        year=year,
        month=month_number,
        day=day_number,
        time=match["time"] or "",
        zone=match["zone"] or "",
        qualifier=match["qualifier"] or "",  # type: ignore[arg-type]  # the pattern allows these
    )


def _is_zone(zone: str) -> bool:
    """Whether an offset from UTC is one that some place on Earth has: 14 hours at most."""
    if zone in ("", "Z"):
        return True
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return int(digits[:2]) * 60 + int(digits[2:]) <= 14 * 60 and int(digits[2:]) < 60


def _number(text: str, digits: str | None, part: str) -> int | None:
    if digits is None or digits == "XX":
        return None
    if "X" in digits:
        raise DateError(f"'{text}' is not a date: write XX for a {part} that is not known")
    return int(digits)


_FORMS = " (expected a form like 2025, 2025-12, 2025-12-02, 2025-11~, 2022-02/.. or unknown)"
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+)?(?P<month>[A-Za-z]{3,9})\.?"
    r"(?:\s+(?P<late_day>\d{1,2})(?:st|nd|rd|th)?,)?\s+(?P<year>\d{4})"
)
_BETWEEN = re.compile(r"\s*(?:\.\.|\s-\s|[–—]|\s(?:to|until|till)\s)\s*")
_ABOUT = re.compile(r"(?:~|c\.|ca\.?|circa|about|around)\s*", re.IGNORECASE)


def _suggestion(text: str) -> str:
    """What the author may have meant, as a clause."""
    meant = _meant(text)
    if meant:
        return f" (write {meant})"
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", text):
        return " (write year-month-day, as in 2025-12-02)"
    return _FORMS


def _meant(text: str) -> str:
    """The date that a text plainly means, in EDTF; "" if that is not plain, or impossible."""
    between = _BETWEEN.split(text)
    if len(between) == 2 and all(between):
        ends = [end if _is_date(end) else _meant(end) for end in between]
        return "/".join(ends) if all(ends) else ""
    about = _ABOUT.match(text)
    if about:
        rest = text[about.end() :]
        found = rest if _is_date(rest) else _meant(rest)
        return f"{found}~" if found and found[-1] not in "?~%" else ""
    for pattern, form in _LIKELY:
        match = re.fullmatch(pattern, text)
        if match:
            found = form.format(*(part or "" for part in match.groups()))
            return found if _is_date(found) else ""
    return _named(text)


_LIKELY = (
    (r"(\d{4})(\d{2})(\d{2})", "{}-{}-{}"),
    (r"(\d{3})0s", "{}X"),
    (r"(\d{4}-\d{2}-\d{2})\s+(\d{2}:\d{2}(?::\d{2})?)", "{}T{}"),
    (r"(\d{4}-\d{2}-\d{2})Z", "{}"),
)


def _named(text: str) -> str:
    """`2 December 2025`, `December 2, 2025`, `2025-2-3`, `2.12.2025` in EDTF, or ""."""
    numbers = re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text)
    dotted = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text)
    named = _NAMED.fullmatch(text)
    parts: tuple[str | None, ...] = ()
    if numbers:
        parts = numbers.groups()
    elif dotted:
        parts = dotted.groups()[::-1]
    elif named and named["month"].casefold() in _MONTHS:
        day = named["day"] or named["late_day"]
        parts = (named["year"], str(_MONTHS[named["month"].casefold()]), day)
    found = "-".join(f"{int(part):02}" for part in parts if part)
    return found if found and _is_date(found) else ""


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True
