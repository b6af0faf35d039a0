"""Dates in words for readers, in English. Pages and exports call `Locale.date`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import calendar

from site_builder.content.dates import Date
from site_builder.content.moments import SEASONS, Moment, whole_zone
from site_builder.values import NamedTuple


class DateView(NamedTuple):
    """A date for people: `text` to show, `iso` for `<time datetime>` ("" if there is none)."""

    text: str
    iso: str = ""
    edtf: str = "unknown"
    is_known: bool = False
    year: str = ""
    """The year (or decade, or century) it falls in, to group by; "" if unknown."""


def date_view(date: Date) -> DateView:
    """A date for people, no more precise than it is known."""
    placed = date.placed_by
    return DateView(
        text=date.text or in_words(date),
        iso=date.iso,
        edtf=date.edtf,
        is_known=date.is_known,
        year=year_in_words(placed) if placed else "",
    )


def in_words(date: Date) -> str:
    """A date in words: `2 December 2025`, `about November 2025`, `since February 2022`."""
    if date.begin is None and date.end is None:
        return "date unknown"
    if not date.is_interval:
        assert date.begin is not None
        return _moment(date.begin)
    begin = _moment(date.begin) if date.begin else ""
    end = _moment(date.end) if date.end else ""
    if begin and end:
        begin, end = (words.replace(" to ", "–") for words in (begin, end))  # 1800–1899 to 1905
        return f"{begin} to {end}"
    if begin:
        return f"since {begin}" if date.open_end else f"from {begin}, end unknown"
    return f"until {end}" if date.open_begin else f"until {end}, beginning unknown"


_QUALIFIERS = {"": "{}", "~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}


def _moment(moment: Moment) -> str:
    return _QUALIFIERS[moment.qualifier].format(_unqualified(moment))


def _unqualified(moment: Moment) -> str:
    year = year_in_words(moment)
    if moment.month is None:
        return year or "date unknown"
    month = SEASONS.get(moment.month) or calendar.month_name[moment.month]
    day = f"{moment.day} {month}" if moment.day is not None else month
    if not year:
        return f"{day} (year not stated)"
    if "X" in moment.year:
        return f"{day} of some year {_BETWEEN.get(year[:4], 'from ')}{year}"
    if not moment.time:
        return f"{day} {year}"
    zone = {"Z": " UTC", "": ""}.get(moment.zone, f" (UTC{whole_zone(moment.zone)})")
    return f"{day} {year}, {moment.time}{zone}"


_BETWEEN = {"the ": "of "}
"""What goes between `some year` and words for several: of the 2010s, from 2000 to 2099."""


def year_in_words(moment: Moment) -> str:
    """A year as people write it: `2025`, `44 BC`, `AD 9`, `the 1870s`, `1800 to 1899`; "" if it is not stated."""
    if not moment.has_year:
        return ""
    first, last = moment.years
    if first == last:
        return _year(first)
    if last - first == 9 and first >= 100:
        return f"the {first}s"
    if first < 1 and last < 1:
        return f"{1 - first} to {_year(last)}"
    return f"{_year(first)} to {_year(last) if first < 1 else last}"


def _year(year: int) -> str:
    if year < 1:
        return f"{1 - year} BC"
    return str(year) if year >= 100 else f"AD {year}"
