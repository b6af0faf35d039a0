"""Dates in words for readers. English for now; other languages will come through Babel."""

from __future__ import annotations

import calendar

from site_builder.content.dates import SEASONS, Date, Moment
from site_builder.pages.contexts import DateView


def date_view(date: Date) -> DateView:
    """A date for people, no more precise than it is known."""
    moment = date.begin or date.end
    return DateView(
        text=date.text or in_words(date),
        iso=date.iso,
        edtf=date.edtf,
        is_known=date.is_known,
        year=_group(moment) if moment else "",
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
        return f"{begin} to {end}"
    if begin:
        return f"since {begin}" if date.open_end else f"from {begin}, end unknown"
    return f"until {end}" if date.open_begin else f"until {end}, beginning unknown"


_QUALIFIERS = {"": "{}", "~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}


def _moment(moment: Moment) -> str:
    return _QUALIFIERS[moment.qualifier].format(_unqualified(moment))


def _unqualified(moment: Moment) -> str:
    year = _year(moment.year)
    if moment.month is None:
        return year or "date unknown"
    if moment.month in SEASONS:
        return f"{SEASONS[moment.month]} {year}".strip() + ("" if year else " (year not stated)")
    month = calendar.month_name[moment.month]
    if moment.day is None:
        return f"{month} {year}" if year else f"{month} (year not stated)"
    day = f"{moment.day} {month} {year}" if year else f"{moment.day} {month} (year not stated)"
    if moment.time:
        zone = {"Z": " UTC", "": ""}.get(moment.zone, f" (UTC{moment.zone})")
        return f"{day}, {moment.time[:5]}{zone}"
    return day


def _year(year: str) -> str:
    if year == "XXXX":
        return ""
    if year.endswith("XX"):
        return f"{year[:-2]}00 to {year[:-2]}99"
    if year.endswith("X"):
        return f"the {year[:-1]}0s"
    if year.startswith("-"):
        return f"{int(year[1:]) + 1} BC"
    return year.lstrip("0") or "1 BC"


def _group(moment: Moment) -> str:
    return _year(moment.year)
