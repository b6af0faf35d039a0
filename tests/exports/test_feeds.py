"""Feeds as a feed reader reads them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import escape

import feedparser
import pytest

from tests.conftest import MakeSite
from tests.exports.conftest import BASE, SMALL, rendered


def test_a_reader_understands_the_atom_feed(quay: Path) -> None:
    feed = feedparser.parse((quay / "feed.xml").read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert (feed.feed.title, feed.feed.id) == ("Quay Street: what changed", f"{BASE}feed.xml")
    assert (feed.feed.rights, feed.feed.author) == ("CC BY 4.0", "A. Writer")
    assert [(row.updated, row.link.removeprefix(BASE)) for row in feed.entries] == [
        ("2025-03-20T00:00:00Z", "updates/#aune-clarified"),
        ("2025-03-18T00:00:00Z", "updates/#hours"),
        ("2025-03-15T00:00:00Z", "updates/#first"),
    ]
    assert feed.entries[1].title.startswith("Correction: An earlier version said")
    assert f'href="{BASE}issues/closure/"' in feed.entries[1].content[0].value


def test_an_issue_has_a_feed_of_what_touches_it(quay: Path) -> None:
    feed = feedparser.parse((quay / "issues/closure/feed.xml").read_bytes())
    assert not feed.bozo
    assert [row.link.rpartition("#")[2] for row in feed.entries] == ["aune-clarified", "hours"]
    same = json.loads((quay / "issues/closure/feed.json").read_text())
    assert [row["url"] for row in same["items"]] == [row.link for row in feed.entries]


def test_the_json_feed_says_what_its_standard_demands(quay: Path) -> None:
    feed = json.loads((quay / "feed.json").read_text())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{BASE}feed.json"
    assert feed["authors"] == [{"name": "A. Writer"}]
    for item in feed["items"]:
        assert item["id"] == item["url"]
        assert item["content_html"].startswith("<p>")
        assert item["date_published"].endswith("T00:00:00Z")


def test_pages_point_at_their_feeds(quay: Path) -> None:
    page = (quay / "issues/closure/index.html").read_text()
    assert '<link rel="alternate" type="application/atom+xml" href="../../feed.xml"' in page
    assert (
        '<link rel="alternate" type="application/feed+json" href="../../issues/closure/feed.json"'
        in page
    )


UNDATED = {
    "content/updates.yaml": "first: {date: {date: unknown, text: once}, text: First version.}"
}


def test_a_note_without_a_day_has_no_date_and_no_atom_feed(make_site: MakeSite) -> None:
    files = rendered(make_site({**SMALL, **UNDATED}))
    assert "feed.xml" not in files
    assert b"atom+xml" not in files["index.html"]
    [item] = json.loads(files["feed.json"])["items"]
    assert "date_published" not in item


def test_an_atom_feed_may_be_as_old_as_the_build_is_said_to_be(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    feed = feedparser.parse(rendered(make_site({**SMALL, **UNDATED}))["feed.xml"])
    assert not feed.bozo
    assert (feed.feed.updated, feed.entries) == ("2025-06-15T15:06:40Z", [])


def test_without_an_address_there_are_no_feeds(make_site: MakeSite) -> None:
    files = rendered(make_site({**SMALL, "content/site.yaml": "title: Tea"}))
    assert [path for path in files if "feed" in path] == []


NOTES = """
    title: {date: 2025-03-02, text: 'Not 5 < 6 & *seven*.', touches: firm}
    older: {date: 2025-03-01, text: Older.}
"""


def test_a_feed_holds_what_a_note_says_and_touches(make_site: MakeSite) -> None:
    actors = SMALL["content/actors.yaml"] + "\n        firm: {name: 'R&D <Firm>'}\n"
    site = "title: Tea\nbase_url: https://example.org/tea/\npublisher: The Tea Board\n"
    sources = {
        **SMALL,
        "content/site.yaml": site,
        "content/actors.yaml": actors,
        "content/updates.yaml": NOTES,
    }
    files = rendered(make_site(sources))
    feed = feedparser.parse(files["feed.xml"])
    content = (
        "<p>Not 5 &lt; 6 &amp; <em>seven</em>.</p>"
        '<p><a href="https://example.org/tea/actors/firm/">R&amp;D &lt;Firm&gt;</a></p>'
    )

    assert json.loads(files["feed.json"])["items"][0]["content_html"] == content
    assert f'<content type="html">{escape(content)}</content>' in files["feed.xml"].decode()
    assert feed.feed.updated == "2025-03-02T00:00:00Z"
    assert feed.feed.author == "The Tea Board"
    assert [row.updated for row in feed.entries] == ["2025-03-02T00:00:00Z", "2025-03-01T00:00:00Z"]
