"""`events.ics`: the events that a calendar can show (RFC 5545).

A calendar has only days and times. An event of "November 2025", or with an uncertain or unknown date, would be shown on a
day that nobody named, so it is left out; so is one before the year 1, because years have four digits and no sign (3.3.4).
The data page says how many events are included. An interval between two days is one entry; `DTEND` is the day after the
last (3.6.1), or `DURATION` gives its length if there is no such day. A time without a zone is "floating" (3.3.5).
A calendar without entries is not made.

RFC 5545 requires the time of the last revision of each entry (`DTSTAMP`): this is `SOURCE_DATE_EPOCH` if set, else the
day of the newest update about the event, else the day of the event itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from site_builder.content.dates import Date
from site_builder.content.models import Event
from site_builder.content.moments import Moment
from site_builder.exports.changes import last_day
from site_builder.exports.feeds import moment_of
from site_builder.exports.texts import address, words
from site_builder.links.graph import Linked
from site_builder.pages.routes import Copy
from site_builder.pages.site import Pages

PATH = "events.ics"


def plan(pages: Pages) -> Iterator[Copy]:
    """The calendar, which may turn out to be empty."""
    if "timeline/" in pages.graph.index_pages:
        yield Copy("calendar", PATH)


def make(pages: Pages, _: Copy) -> bytes | None:
    """The bytes of the calendar, or None if it has no entries."""
    events = dated(pages)
    if not events:
        return None
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//site_builder//{pages.site.generator}//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(pages.site.title)}",
        f"X-WR-CALNAME:{_text(pages.site.title)}",
    ]
    for linked in events:
        lines += _event(pages, linked)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def dated(pages: Pages) -> tuple[Linked, ...]:
    """The events that a calendar can show, in order."""
    return tuple(row for row in pages.events if _span(_date(row)))


def _date(linked: Linked) -> Date:
    return linked.entry.record_of(Event).date


def _span(date: Date) -> list[str]:
    """`DTSTART` and `DTEND` of a date; empty if a calendar can't express it."""
    begin, end = date.begin, date.end
    if begin is None or end is None or not (_is_exact(begin) and _is_exact(end)):
        return []
    if not date.is_interval or begin == end:
        start = _value(begin)
        return [f"DTSTART{start}"] if start else []
    if begin.time and end.time and bool(begin.zone) == bool(end.zone):
        # Both must be in UTC, or both without a zone (3.6.1).
        start, stop = _value(begin), _value(end)
        return [f"DTSTART{start}", f"DTEND{stop}"] if start and start < stop else []
    first, last = _day(begin), _day(end)
    if last < first:
        return []
    start = f"DTSTART;VALUE=DATE:{_digits(first)}"
    if last == datetime.date.max:
        # There is no day after the last one.
        return [start, f"DURATION:P{(last - first).days + 1}D"]
    return [start, f"DTEND;VALUE=DATE:{_digits(last + datetime.timedelta(days=1))}"]


def _is_exact(moment: Moment) -> bool:
    return moment.is_exact and moment.iso != ""


def _day(moment: Moment) -> datetime.date:
    return datetime.date.fromisoformat(moment.iso[:10])


def _digits(when: datetime.date | datetime.datetime) -> str:
    """A day or time in digits. `strftime` would not write the year 988 with four digits."""
    return when.isoformat().replace("-", "").replace(":", "")


def _value(moment: Moment) -> str:
    """The text after `DTSTART`; "" if the year in UTC is before 1 or after 9999."""
    if not moment.time:
        return f";VALUE=DATE:{_digits(_day(moment))}"
    when = datetime.datetime.fromisoformat(moment.iso)
    if when.tzinfo is None:
        return f":{_digits(when)}"
    try:
        return f":{_digits(when.astimezone(datetime.UTC).replace(tzinfo=None))}Z"
    except OverflowError:
        return ""


def _event(pages: Pages, linked: Linked) -> list[str]:
    import uuid

    site = pages.graph.content.site
    path = pages.cards.of(linked.entry.id).path
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{site.base_url or site.title}/{path}")
    begin = _date(linked).begin
    assert begin is not None
    noted = last_day(pages, pages.graph.naming("update.touches", linked.entry.id))
    stamp = moment_of("") or moment_of(noted or begin.iso[:10])
    lines = [
        "BEGIN:VEVENT",
        f"UID:{name}",
        f"DTSTAMP:{stamp.replace('-', '').replace(':', '')}",
        *_span(_date(linked)),
        f"SUMMARY:{_text(linked.entry.title)}",
    ]
    text = words(linked, "text")
    if text:
        lines.append(f"DESCRIPTION:{_text(text)}")
    if site.base_url:
        lines.append(f"URL:{address(site.base_url)(path)}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _text(text: str) -> str:
    """A text value (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 octets, and its continuations (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for character in line:
        length = len(character.encode())
        if size + length > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += length
    return "\r\n".join([*pieces, piece])
