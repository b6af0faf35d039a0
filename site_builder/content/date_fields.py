"""Field types for dates in EDTF, and for calendar days."""

# Without `from __future__ import annotations`: see `content/records.py`.
import datetime
import re
from collections.abc import Mapping
from typing import Annotated

from site_builder.content.dates import Date, DateError, parse_date
from site_builder.content.records import AsJsonSchema, Before, Holds, WrongValue


def _date(value: object) -> Date:
    if isinstance(value, Date):
        return value
    words, at = "", ""
    if isinstance(value, Mapping):
        for field in value:
            if field not in ("date", "text"):
                raise _bad_date(f"a date has only the fields date and text, not '{field}'", field)
        words, at = value.get("text", ""), "date"
        if not isinstance(words, str):
            raise _bad_date("the words for a date must be text", "text")
        value = value.get("date", "unknown")
    if not isinstance(value, str):
        raise _bad_date("expected a date, such as 2025-12-02 or unknown", at)
    if not value.strip():
        raise WrongValue("string_too_short", "empty")
    try:
        return parse_date(value, words.strip())
    except DateError as error:
        raise _bad_date(str(error), at) from None


def _bad_date(reason: str, at: str) -> WrongValue:
    """The error for a date; `at` is the field of it that is wrong, if it has fields."""
    return WrongValue("bad_date", reason, at)


def _day(value: object) -> object:
    """A full calendar day, in ISO 8601."""
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        raise _bad_date("expected a day, such as 2025-12-02", "")
    if not value.strip():
        raise WrongValue("string_too_short", "empty")
    try:
        moment = parse_date(value).begin
    except DateError as error:
        raise _bad_date(str(error), "") from None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()) or not moment or not moment.day:
        raise _bad_date(f"'{value}' is not a day (write one like 2025-12-02)", "")
    return datetime.date.fromisoformat(value.strip())


EdtfDate = Annotated[
    Date,
    Before(_date),
    Holds.DATE,
    AsJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "integer"]},
                {
                    "type": "object",
                    "properties": {"date": {"type": "string"}, "text": {"type": "string"}},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
Day = Annotated[datetime.date, Before(_day)]
