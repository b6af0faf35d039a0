"""The site map by the schema of its standard, and robots.txt by a robot."""

from __future__ import annotations

import urllib.robotparser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from site_builder.exports import sitemap
from tests.conftest import MakeSite, node_file
from tests.exports.conftest import BASE, SMALL, rendered

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_it_is_valid_by_the_standards_own_schema(quay: Path) -> None:
    schema = xmlschema.XMLSchema(node_file("sitemap/schema/sitemap.xsd"))
    schema.validate(str(quay / "sitemap.xml"))


def test_it_lists_pages_and_only_known_days_of_change(quay: Path) -> None:
    root = ET.fromstring((quay / "sitemap.xml").read_bytes())
    rows = {
        row.findtext("s:loc", "", NAMES).removeprefix(BASE): row.findtext("s:lastmod", "", NAMES)
        for row in root.findall("s:url", NAMES)
    }
    assert {path: day for path, day in rows.items() if day} == {
        "": "2025-03-20",
        "actors/": "2025-03-20",
        "actors/aune/": "2025-03-20",
        "issues/": "2025-03-20",
        "issues/bus/": "2025-03-20",
        "issues/closure/": "2025-03-20",
        "positions/": "2025-03-20",
        "timeline/": "2025-03-18",
        "updates/": "2025-03-20",
    }
    assert all((quay / path / "index.html").is_file() for path in rows)
    assert not any(path.startswith(("embed/", "search/", "404", "print/")) for path in rows)


def test_a_robot_may_look_and_finds_the_map(quay: Path) -> None:
    robots = urllib.robotparser.RobotFileParser()
    robots.parse((quay / "robots.txt").read_text().splitlines())
    assert robots.can_fetch("AnyBot", f"{BASE}issues/")
    assert robots.site_maps() == [f"{BASE}sitemap.xml"]


def test_drafts_are_not_for_robots(make_site: MakeSite) -> None:
    files = rendered(make_site(SMALL), drafts=True)
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(files["robots.txt"].decode().splitlines())
    assert not robots.can_fetch("AnyBot", "https://example.org/tea/")


def test_a_map_too_long_is_cut(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 5)
    files = rendered(make_site(SMALL))
    schema = node_file("sitemap/schema/sitemap.xsd")
    parts = ET.fromstring(files["sitemap.xml"]).findall(".//s:loc", NAMES)
    names = [(part.text or "").removeprefix("https://example.org/tea/") for part in parts]
    assert names == [f"sitemap-{n}.xml" for n in range(1, len(names) + 1)]
    assert len(names) > 1
    listed = [_listed(files[name]) for name in names]
    assert [len(rows) for rows in listed[:-1]] == [5] * (len(names) - 1)
    whole = {path.removesuffix("index.html") for path in files if path.endswith("/index.html")}
    pages = {path for path in whole if not path.startswith(("embed/", "print/", "search/"))}
    assert sorted(row for rows in listed for row in rows) == sorted({*pages, ""})
    for name in names:
        xmlschema.XMLSchema(schema).validate(files[name].decode())


def _listed(data: bytes) -> list[str]:
    rows = ET.fromstring(data).findall(".//s:loc", NAMES)
    return [(row.text or "").removeprefix("https://example.org/tea/") for row in rows]


def test_old_addresses_are_not_on_it(make_site: MakeSite) -> None:
    issue = "title: The pot\nredirect_from:\n  - kettle\n  - /old/pot/\n"
    files = rendered(make_site({**SMALL, "content/issues/pot.yaml": issue}))
    listed = _listed(files["sitemap.xml"])

    assert "old/pot/index.html" in files
    assert "issues/pot/" in listed
    assert not {"issues/kettle/", "old/pot/"} & {*listed}


def test_without_an_address_there_is_no_map(make_site: MakeSite) -> None:
    files = rendered(make_site({**SMALL, "content/site.yaml": "title: Tea"}))
    assert "sitemap.xml" not in files
    assert files["robots.txt"] == b"User-agent: *\nAllow: /\n"
