"""What an author meant who wrote a date in another form: `31 May 2023`, `44 BC`, `2024-Q1`, `early 2023`.

Only for messages. Nothing here makes a date; a text in another form stays an error.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Callable

FORMS = " (expected a form like 2025, 2025-12, 2025-12-02, 2025-11~, 2022-02/.. or unknown)"

_IsDate = Callable[[str], bool]

_NAMES = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+", re.IGNORECASE
)
_DAY = r"(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_OF = r"(?:\s+of)?(?:[\s,]+|-)"
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}{_OF}{_NAME}(?:{_OF}(?P<year>-?\d{{4}}))?",
        rf"{_NAME}[\s-]+{_DAY}(?:,?\s+(?P<year>-?\d{{4}}))?",
        rf"{_NAME}{_OF}(?P<year>-?\d{{4}})(?:\s*[/–-]\s*(?:\d\d)?\d\d)?",
        rf"(?P<year>-?\d{{4}})[\s-]+{_NAME}(?:[\s-]+{_DAY})?",
        _NAME,
    )
)
_BETWEEN = re.compile(
    r"\s*(?:/|\.\.+|\s-\s|[–—]|\s(?:to|until|till|through|and)\s)\s*", re.IGNORECASE
)
_BEGINNING = re.compile(r"(?:from|between)\s+", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:[~≈]|c\.|ca?\.?\s|circa\b|about\b|around\b|approx(?:\.|imately\b)?)\s*", re.IGNORECASE
)
_PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe)\s+", re.IGNORECASE)
_OPEN = (
    (re.compile(r"since\s+", re.IGNORECASE), "{}/.."),
    (re.compile(r"from\s+", re.IGNORECASE), "{}/"),
    (re.compile(r"(?:until|till|up to)\s+", re.IGNORECASE), "/{}"),
)
_PART = re.compile(
    r"(?:(?:in\s+)?(?:the\s+)?(?:early|mid(?:dle)?|late|beginning|start|end|first half|second half)"
    r"(?:\s+(?:of|in)\s+|[\s-]+))(?:the\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
_SOME_TIME = re.compile(r"(?:(?P<after>after)|before|by)\s+(?P<rest>.+)", re.IGNORECASE)
_NO_END = {"unknown": "", "?": "", "present": "..", "now": "..", "today": "..", "ongoing": ".."}
_ERA = re.compile(
    r"(?P<rest>.*?)\s*\b(?:(?P<before>b\.?\s?c\.?(?:\s?e\.?)?)|a\.?d\.?|c\.?e\.?)", re.IGNORECASE
)
_ERA_FIRST = re.compile(r"(?:(?P<before>b\.?c\.?(?:e\.?)?)|a\.?d\.?)\s*(?P<rest>.+)", re.IGNORECASE)
_CENTURY = re.compile(
    r"(?:the\s+)?(?P<number>\d{1,2})(?:st|nd|rd|th)[\s-]+(?:century|c\.)", re.IGNORECASE
)
_QUARTERS = (
    re.compile(r"(?P<year>\d{4})[\s-]?Q(?P<part>[1-4])", re.IGNORECASE),
    re.compile(r"Q(?P<part>[1-4])[\s/-]*(?P<year>\d{4})", re.IGNORECASE),
    re.compile(
        r"(?:the\s+)?(?P<part>[1-4]|first|second|third|fourth|last)(?:st|nd|rd|th)?\s+quarter"
        r"(?:\s+of)?\s+(?P<year>\d{4})",
        re.IGNORECASE,
    ),
)
_HALVES = (
    re.compile(r"(?P<year>\d{4})[\s-]?H(?P<part>[12])", re.IGNORECASE),
    re.compile(r"H(?P<part>[12])[\s/-]*(?P<year>\d{4})", re.IGNORECASE),
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_CODES = {33: "01/03", 34: "04/06", 35: "07/09", 36: "10/12"}
"""Quarters, which EDTF has in level 2 only."""
_WITH_TIME = (
    r"(-?\d{4}-\d{2}-\d{2})[\sT]+(\d{2}:?\d{2}(?::?\d{2})?)(?:[.,]\d+)?"
    r"\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_LIKELY = (
    (r"(\d{4})(\d{2})(\d{2})", "{}-{}-{}"),
    (r"(?:the )?(-?\d{3})0['’]?s", "{}X"),
    (r"(\d{3})([?~%]?)", "0{}{}"),
    (r"(\d{3})(-\d{2}(?:-\d{2})?[?~%]?)", "0{}{}"),
    (r"(-?\d{4}-\d{2}-\d{2})Z", "{}"),
    (r"(-?\d{4}-\d{2}-\d{2}T\d{2})(Z|[+-].*)?", "{}:00{}"),
    (r"(\d{4})-(\d{2})-(\d{2})", "{0}-{2}-{1}"),
    (r"(\d{4}-\d{2}-\d{2})-(\d{4}-\d{2}-\d{2})", "{}/{}"),
)  # fmt: skip


def meant(text: str, is_date: _IsDate) -> str:
    """The date that a text plainly means, in EDTF, or how to write it with its words; "" if that is not plain."""
    plain = _plain(text)
    several = _several(plain, is_date)
    if several:
        return several
    found = plain if plain != text and is_date(plain) else _meant(plain, is_date)
    return found or _with_words(text, plain, is_date)


def _several(text: str, is_date: _IsDate) -> str:
    """What a text may mean that means one of two things."""
    numbers = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text)
    if numbers:
        one, other = (f"{int(part):02}" for part in numbers.groups()[:2])
        ways = (f"{numbers[3]}-{other}-{one}", f"{numbers[3]}-{one}-{other}")
        return " or ".join(way for way in dict.fromkeys(ways) if is_date(way))
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}", text):
        return "year-month-day, as in 2025-12-02"
    hundred = re.fullmatch(r"(?:the )?(\d\d)00['’]?s", text)
    if hundred:
        return f"{hundred[1]}XX for the century, {hundred[1]}0X for the decade"
    quarter = re.fullmatch(r"(\d\d)(\d\d)-(3[3-6])", text)
    if quarter:
        century, year, code = quarter.groups()
        begin, _, end = _CODES[int(code)].partition("/")
        months = f"{century}{year}-{begin}/{century}{year}-{end}"
        years = f" for the quarter, {century}{year}/{century}{code} for the years"
        return months + (years if int(code) > int(year) else "")
    return ""


def _with_words(text: str, plain: str, is_date: _IsDate) -> str:
    """How to write what no form says: the date as far as it is known, and the words."""
    for pattern in (_PART, _SOME_TIME):
        match = pattern.fullmatch(plain)
        if match:
            rest = match["rest"]
            date = rest if is_date(rest) else _meant(rest, is_date)
            if date and pattern is _SOME_TIME and "/" not in date:
                date = f"{date}/" if match["after"] else f"/{date}"
            return f"'date: {date}' and below it 'text: {text}'" if date else ""
    return ""


def beyond_four_digits(text: str) -> str:
    """What to do about a year that has more digits or fewer, as a clause; "" if that is not the matter."""
    if re.fullmatch(r"Y?-?\d{5,7}(?:-\d\d){0,2}[?~%]?|Y-?\d+(?:E\d+)?(?:S\d+)?", text):
        return (
            " (a year has four digits; for one beyond them write unknown, and the words as 'text')"
        )
    if re.fullmatch(r"-\d{1,3}(?:-\d\d){0,2}[?~%]?", text):
        return " (a year has four digits, and 0000 is 1 BC: write -0043 for 44 BC)"
    if re.fullmatch(r"\d{1,2}[?~%]?", text):
        return " (write a year with four digits, as in 1944 or 0044)"
    return ""


def _plain(text: str) -> str:
    """A text with plain digits, hyphens and spaces."""
    text = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2010", "-")
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join("".join(digits).split())


def _meant(text: str, is_date: _IsDate) -> str:
    """The date that a text plainly means, in EDTF; "" if that is not plain, or impossible."""

    def whole(part: str) -> str:
        return part if is_date(part) and part.casefold() != "unknown" else _meant(part, is_date)

    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    for found in (
        _interval(text, whole),
        _marked(text, whole),
        _by_pattern(text),
        _of_era(text, whole),
        _named(text),
        _numbered(text),
    ):
        if found and is_date(found):
            return found
    return ""


def _interval(text: str, whole: Callable[[str], str]) -> str:
    """Two dates with something between them, or an abbreviated second one."""
    span = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})/(\d{2})(?:-(\d{2}))?", text)
    if span:
        year, month, _, first, second = span.groups()
        end = f"{year}-{first}-{second}" if second else f"{year}-{month}-{first}"
        return f"{text.partition('/')[0]}/{end}"
    years = re.fullmatch(
        r"(?:(?:from|between)\s)?(\d\d)(\d\d)\s?(?:[-–—/]|\sto\s)\s?(\d\d)?(\d\d)", text
    )
    if years:
        century, begin, other, end = years.groups()
        begin, end = f"{century}{begin}", f"{other or century}{end}"
        months = other is None and int(end[2:]) <= 12
        return f"{begin}/{end}" if begin < end and not months else ""
    if not re.search(r"[–—]", re.sub(r"\d[–—]\d\d(?:[–—]|$)", "", text)) and "–" in text:
        return whole(text.replace("–", "-"))
    days = re.fullmatch(r"(\d{1,2})\s?[-–]\s?(\d{1,2}\s+[A-Za-z].*)", text)
    if days:
        return _interval(f"{days[1]} to {days[2]}", whole)
    ends = _BETWEEN.split(_BEGINNING.sub("", text, count=1))
    if len(ends) != 2 or not all(ends):
        return ""
    begin, end = whole(ends[0]), whole(ends[1])
    if begin and ends[1].casefold() in _NO_END:
        return f"{begin}/{_NO_END[ends[1].casefold()]}"
    if end and ends[0].casefold() == "unknown":
        return f"/{end}"
    if not begin and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th|\.)?", ends[0]):
        # 8 to 28 May 2023
        begin = whole(f"{ends[0]} {re.sub(r'^[0-9]+(?:st|nd|rd|th|[.])? *', '', ends[1])}")
    elif end and begin.startswith("XXXX"):
        begin = end[:4] + begin[4:]  # May to June 2023
    return f"{begin}/{end}" if begin and end and "/" not in begin + end else ""


def _marked(text: str, whole: Callable[[str], str]) -> str:
    """A date that is said to be about, perhaps, since, until."""
    for pattern, sign in ((_ABOUT, "~"), (_PERHAPS, "?")):
        match = pattern.match(text)
        found = whole(text[match.end() :]) if match else ""
        if found:
            return f"{found}{sign}" if found[-1] not in "?~%" and "/" not in found else ""
    for pattern, form in _OPEN:
        match = pattern.match(text)
        found = whole(text[match.end() :]) if match else ""
        if found:
            return form.format(found) if "/" not in found else ""
    return ""


def _by_pattern(text: str) -> str:
    """Forms of ISO 8601 and of EDTF that are not ours, and slips in those that are."""
    time = re.fullmatch(_WITH_TIME, text, re.IGNORECASE)
    if time:
        day, clock, zone = time.groups()
        digits = clock.replace(":", "")
        clock = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
        zone = "Z" if (zone or "").upper() in ("UTC", "GMT", "Z") else zone or ""
        return f"{day}T{clock}{zone}"
    for pattern, form in _LIKELY:
        match = re.fullmatch(pattern, text)
        if match:
            return form.format(*(part or "" for part in match.groups()))
    for patterns, length in ((_QUARTERS, 3), (_HALVES, 6)):
        for quarter in patterns:
            match = quarter.fullmatch(text)
            if match:
                part = match["part"].casefold()
                last = (_ORDINALS.get(part) or int(part)) * length
                return f"{match['year']}-{last - length + 1:02}/{match['year']}-{last:02}"
    code = re.fullmatch(r"(\d{4})-(2[5-9]|3[0-2])", text)
    if code:  # seasons of the north and of the south
        return f"{code[1]}-{21 + (int(code[2]) - 25) % 4}"
    return _iso_week(text)


def _iso_week(text: str) -> str:
    """A week, a day of a week, or a day by its number within the year, as ISO 8601 writes them."""
    week = re.fullmatch(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?", text)
    ordinal = re.fullmatch(r"(\d{4})-(\d{3})", text)
    try:
        if week:
            year, number = int(week[1]), int(week[2])
            days = [int(week[3])] if week[3] else [1, 7]
            return "/".join(str(datetime.date.fromisocalendar(year, number, day)) for day in days)
        if ordinal:
            return str(datetime.datetime.strptime(text, "%Y-%j").date())  # noqa: DTZ007  # a day has no zone
    except ValueError:
        pass
    return ""


def _of_era(text: str, whole: Callable[[str], str]) -> str:
    """`44 BC`, `15 March 44 BC`, `AD 9`, `the 5th century`."""
    era = _ERA.fullmatch(text) or _ERA_FIRST.fullmatch(text)
    rest = era["rest"].strip() if era else text
    before = bool(era and era["before"])
    century = _CENTURY.fullmatch(rest)
    if century:
        number = int(century["number"]) - 1
        return f"-{number:02}XX" if before else f"{number:02}XX"
    year = re.fullmatch(r"(?P<rest>.*?)(?P<year>\d{1,4})", rest) if era else None
    if not year or not int(year["year"]):
        return ""
    number = 1 - int(year["year"]) if before else int(year["year"])
    padded = f"-{-number:04}" if number < 0 else f"{number:04}"
    return whole(f"{year['rest']}{padded}") if year["rest"].strip() else padded


def _named(text: str) -> str:
    """`2 December 2025`, `December 2, 2025`, `spring 2024`, `5 June`, in EDTF, or ""."""
    for pattern in _NAMED:
        match = pattern.fullmatch(text)
        if match and match["name"].casefold() in _NAMES:
            parts = match.groupdict()
            number = _NAMES[match["name"].casefold()]
            found = f"{parts.get('year') or 'XXXX'}-{number:02}"
            return f"{found}-{int(parts['day']):02}" if parts.get("day") else found
    return ""


def _numbered(text: str) -> str:
    """`2025-2-3`, `2.12.2025` in EDTF, or ""."""
    numbers = re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text)
    dotted = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text)
    parts = numbers.groups() if numbers else dotted.groups()[::-1] if dotted else ()
    if len(parts) == 3 and parts[2] is None and int(parts[1]) > 12:
        return ""
    return "-".join(f"{int(part):02}" for part in parts if part)
