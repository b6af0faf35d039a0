"""`events.ics` in two readers, and dates in feeds and JSON-LD: what the formats can hold, and nothing else."""

from __future__ import annotations

import json

import icalendar
import pytest
import vobject

from site_builder.content.dates import parse_date
from site_builder.exports.calendar import _folded, _span, _text
from tests.conftest import MakeSite
from tests.exports.conftest import SMALL, jsonld_of, rendered


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("0988-05-01", ["DTSTART;VALUE=DATE:09880501"]),
        ("0001-01-01", ["DTSTART;VALUE=DATE:00010101"]),
        ("9999-12-31", ["DTSTART;VALUE=DATE:99991231"]),
        ("2025-02-03T10:00", ["DTSTART:20250203T100000"]),
        ("2025-02-03T10:00:30", ["DTSTART:20250203T100030"]),
        ("2025-02-03T10:00+01:00", ["DTSTART:20250203T090000Z"]),
        ("0988-05-01T00:30+01", ["DTSTART:09880430T233000Z"]),
        ("0988-05-01/0988-05-03", ["DTSTART;VALUE=DATE:09880501", "DTEND;VALUE=DATE:09880504"]),
        ("9999-12-30/9999-12-31", ["DTSTART;VALUE=DATE:99991230", "DURATION:P2D"]),
        ("9999-12-29/9999-12-30", ["DTSTART;VALUE=DATE:99991229", "DTEND;VALUE=DATE:99991231"]),
        ("2025-02-03/2025-02-03", ["DTSTART;VALUE=DATE:20250203"]),
        ("2025-02-03T10:00Z/2025-02-03T11:00Z", ["DTSTART:20250203T100000Z", "DTEND:20250203T110000Z"]),
        ("2025-02-03T10:00/2025-02-03T11:00", ["DTSTART:20250203T100000", "DTEND:20250203T110000"]),
        # A calendar mixes neither days with times, nor times with a zone with times without one.
        ("2025-02-03T10:00Z/2025-02-04T11:00", ["DTSTART;VALUE=DATE:20250203", "DTEND;VALUE=DATE:20250205"]),
        ("2025-02-03T10:00Z/2025-02-04", ["DTSTART;VALUE=DATE:20250203", "DTEND;VALUE=DATE:20250205"]),
        ("2025-02-03T10:00/2025-02-03", ["DTSTART;VALUE=DATE:20250203", "DTEND;VALUE=DATE:20250204"]),
        # What it can't hold is left out.
        ("2025-02-03T10:00Z/2025-02-03T12:00+02:00", []),
        ("2025-02-04T01:00+14:00/2025-02-03", []),
        ("9999-12-31T20:00-05:00", []),
        ("0001-01-01T01:00+05:00", []),
        ("9999-12-31T10:00Z/9999-12-31T20:00-05:00", []),
        ("0000-03-15", []),
        ("-0043-03-15", []),
        ("-0043-03-15/2025-01-01", []),
        ("2025-02", []),
        ("201X-02-03", []),
        ("XXXX-02-03", []),
        ("2025-02-03~", []),
        ("2025-02-03/2025-02-04?", []),
        ("2025-02-03/..", []),
        ("/2025-02-03", []),
        ("unknown", []),
    ],
)  # fmt: skip
def test_a_calendar_holds_days_and_times_of_four_digit_years(date: str, span: list[str]) -> None:
    assert _span(parse_date(date)) == span


EVENTS = """
    caesar: {date: -0043-03-15, title: Caesar dies}
    baptism: {date: 0988-05-01, title: Kyiv is baptised}
    talks: {date: 2025-02-03T20:00-05:00, title: The talks}
    leak: {date: 2025-03-03~, title: A leak}
    strike: {date: 2025-04-01/2025-04-03, title: A strike}
    last: {date: 9999-12-31, title: The last day}
    lasting: {date: 9999-12-30/9999-12-31, title: The last two}
"""


def test_two_readers_find_the_same_days(make_site: MakeSite) -> None:
    files = rendered(make_site({**SMALL, "content/events.yaml": EVENTS}))
    data = files["events.ics"].decode()

    read = icalendar.Calendar.from_ical(data)
    assert read.errors == []
    events = read.walk("VEVENT")
    assert [row.errors for row in events] == [[]] * 5
    days = [(str(row["SUMMARY"]), str(row["DTSTART"].dt), str(row["DTSTAMP"].dt)) for row in events]
    assert days == [
        ("Kyiv is baptised", "0988-05-01", "0988-05-01 00:00:00+00:00"),
        ("The talks", "2025-02-04 01:00:00+00:00", "2025-02-03 00:00:00+00:00"),
        ("A strike", "2025-04-01", "2025-04-01 00:00:00+00:00"),
        ("The last two", "9999-12-30", "9999-12-30 00:00:00+00:00"),
        ("The last day", "9999-12-31", "9999-12-31 00:00:00+00:00"),
    ]
    again = vobject.readOne(data)
    assert [
        (row.summary.value, str(row.dtstart.value), str(row.dtstamp.value))
        for row in again.vevent_list
    ] == days
    assert str(again.vevent_list[2].dtend.value) == "2025-04-04"
    assert again.vevent_list[3].duration.value.days == 2
    page = files["data/index.html"].decode()
    assert "5 of 7 events: those that are dated to the day, after the year 1 BC." in page


def test_jsonld_says_what_is_sure_and_can_be_written(make_site: MakeSite) -> None:
    more = """
    perhaps: {date: 2025-05?/2025-06-01, title: Perhaps}
    ending: {date: 2025-06/2025-07~, title: Ending}
    zone: {date: 2025-08-01T10:00+02, title: Zone}
    bc: {date: -0043/0014, title: A life}
    """
    files = rendered(make_site({**SMALL, "content/events.yaml": EVENTS + more}))
    nodes = jsonld_of(files["timeline/index.html"].decode())
    dated = {
        node["name"]: (node.get("startDate"), node.get("endDate"))
        for node in nodes
        if node["@type"] == "Event"
    }
    assert dated == {
        "A life": (None, "0014"),
        "Caesar dies": (None, None),
        "Kyiv is baptised": ("0988-05-01", None),
        "The talks": ("2025-02-03T20:00-05:00", None),
        "A leak": (None, None),
        "A strike": ("2025-04-01", "2025-04-03"),
        "Perhaps": (None, "2025-06-01"),
        "Ending": ("2025-06", None),
        "Zone": ("2025-08-01T10:00+02:00", None),
        "The last day": ("9999-12-31", None),
        "The last two": ("9999-12-30", "9999-12-31"),
    }


def test_feeds_give_the_instant_of_a_note(make_site: MakeSite) -> None:
    updates = """
        bc: {date: -0043-03-15, text: Before feeds., touches: milk}
        day: {date: 2025-03-02, text: A day., touches: milk}
        late: {date: 2025-03-01T22:00-05:00, text: The 2nd in UTC., touches: milk}
        early: {date: 2025-03-03T01:00+03:00, text: The 2nd in UTC too., touches: milk}
        about: {date: 2025-03-04~, text: About then., touches: milk}
    """
    files = rendered(make_site({**SMALL, "content/updates.yaml": updates}))
    items = json.loads(files["feed.json"])["items"]
    assert [(row["content_html"].split("<")[1], row.get("date_published")) for row in items] == [
        ("p>About then.", None),
        ("p>The 2nd in UTC too.", "2025-03-02T22:00:00Z"),
        ("p>The 2nd in UTC.", "2025-03-02T03:00:00Z"),
        ("p>A day.", "2025-03-02T00:00:00Z"),
        ("p>Before feeds.", None),
    ]
    atom = files["feed.xml"].decode()
    assert atom.index("<updated>2025-03-02T22:00:00Z</updated>") < atom.index("<entry>")
    assert atom.count("<updated>") == 4


def test_texts_are_escaped_as_calendars_want_it() -> None:
    assert _text("a, b; c\\d\ne: f") == "a\\, b\\; c\\\\d\\ne: f"


def test_a_line_has_75_octets_at_most_and_no_character_is_cut() -> None:
    assert _folded("x" * 75) == "x" * 75
    assert _folded("x" * 76) == "x" * 75 + "\r\n x"
    assert _folded("x" * 75 + "y" * 75) == "x" * 75 + "\r\n " + "y" * 74 + "\r\n y"
    assert _folded("x" * 74 + "é") == "x" * 74 + "\r\n é"
