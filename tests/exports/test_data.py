"""The data: valid by its schema, whole enough to rebuild the matrix from, and the same as the pages."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest

from site_builder.build import Options, build
from site_builder.content.kinds import KINDS, Kind
from site_builder.content.shape import shape_of
from site_builder.diagnostics import as_text
from site_builder.exports.data_fields import name_in_data
from site_builder.exports.positions_table import no_formula
from site_builder.exports.schema import schema
from tests.conftest import MakeSite
from tests.exports.conftest import BASE, SMALL, rendered


@pytest.fixture(params=["quay", "seed_site"])
def site(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def data_of(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "explainer.json").read_text("utf-8"))
    return data


def test_it_is_valid_by_its_schema(site: Path) -> None:
    published = json.loads((site / "explainer.schema.json").read_text("utf-8"))
    assert published == schema()
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(data_of(site), published, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_schema_has_the_fields_of_the_records(kind: Kind) -> None:
    items = schema()["properties"][kind.plural]["items"]
    fields = {name_in_data(shape): shape for shape in shape_of(kind.model) if shape.marks.data}
    worked_out = {"passages"} if kind.name == "source" else set()
    own = {"id", "path", "body", "body_cites"}
    assert items["properties"].keys() == own | fields.keys() | worked_out
    assert all(items["properties"][name]["description"] for name in fields)
    assert not items["properties"].keys() & {"draft", "unlinked", "file", "redirect_from", "cite"}


@pytest.mark.parametrize(
    ("place", "required"),
    [
        ("articles", ["id", "path", "title", "as_of"]),
        ("actors", ["id", "path", "name"]),
        ("claims", ["id", "path", "statement", "status"]),
        ("events", ["id", "path", "date", "title", "importance", "planned"]),
        ("terms", ["id", "path", "name", "definition"]),
        ("updates", ["id", "path", "date", "kind", "text"]),
        ("issues.positions", ["id", "path", "actor", "stance"]),
        ("issues.positions.earlier", ["stance"]),
        ("claims.contested_by", ["actor"]),
        ("claims.verdict", ["rating", "reviewer"]),
        ("actors.relations", ["to", "label"]),
        ("articles.key_points", ["id", "text"]),
        ("stances", ["slug", "label", "symbol", "tone"]),
        ("site", ["title", "language"]),
    ],
)
def test_the_schema_asks_for_what_is_always_there(place: str, required: list[str]) -> None:
    here = schema()
    for name in place.split("."):
        here = here["properties"][name]
        here = here.get("items", here)
    assert here["required"] == required


def test_references_say_of_which_kind_they_are() -> None:
    kinds = schema()["properties"]
    assert kinds["updates"]["items"]["properties"]["touches"]["items"] == {"$ref": "#/$defs/any"}
    assert kinds["actors"]["items"]["properties"]["affiliation"]["$ref"] == "#/$defs/actor"
    assert schema()["$defs"]["actor"]["pattern"] == "^actor/[^/]+$"


def test_data_are_valid_when_what_they_name_has_expired(make_site: MakeSite) -> None:
    gone = "ada: {name: Ada Amber, expires_on: 2020-01-01}"
    claims = "milk-first: {statement: Milk first., made_by: ada, contested_by: ada}"
    files = rendered(
        make_site({**SMALL, "content/actors.yaml": gone, "content/claims.yaml": claims, **NO_CLUB})
    )
    data = json.loads(files["explainer.json"])
    jsonschema.validate(data, schema(), jsonschema.Draft202012Validator)
    assert data["claims"] == [
        {
            "id": "claim/milk-first",
            "path": "claims/#milk-first",
            "statement": "Milk first.",
            "status": "disputed",
        }
    ]
    assert "positions" not in data["issues"][0]


NO_CLUB = {
    "content/issues.yaml": "milk: {title: Milk, positions: {actor: ada, stance: supports}}",
}


class Table(HTMLParser):
    """The table of positions with every actor: by question and actor, the stance that is shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.columns: list[str] = []
        self.rows: dict[str, list[str]] = {}
        self._within = False
        self._cell: list[str] | None = None
        self._scope = ""
        self._row: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._within = "picture-actors" in (given.get("class") or "")
        elif self._within and tag in ("td", "th"):
            self._cell, self._scope = [], given.get("scope") or ""

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._within = False
        if tag not in ("td", "th") or self._cell is None:
            return
        words = "".join(self._cell).strip()
        if self._scope == "col":
            self.columns.append(words)
        elif self._scope == "row":
            self._row = self.rows[words] = []
        elif self.columns and self._scope == "":
            self._row.append(words)
        self._cell = None


def test_the_matrix_can_be_rebuilt_from_it_alone(site: Path) -> None:
    shown = Table((site / "positions/index.html").read_text("utf-8"))
    data = data_of(site)
    labels = {row["slug"]: row["label"] for row in data["stances"]}
    held = {
        (issue["id"], row["actor"]): labels[row["stance"]]
        for issue in data["issues"]
        for row in issue.get("positions", [])
    }
    actors = {
        row["id"]: row.get("short_name", row["name"])
        for row in data["actors"]
        if any(actor == row["id"] for _, actor in held)
    }
    assert sorted(shown.columns) == sorted(actors.values())
    named = {name: id for id, name in actors.items()}
    assert shown.rows == {
        issue.get("short_title", issue["title"]): [
            held.get((issue["id"], named[name]), "–") for name in shown.columns
        ]
        for issue in data["issues"]
        if issue.get("positions")
    }


def test_every_reference_and_path_leads_somewhere(site: Path) -> None:
    data = data_of(site)
    kinds = ("articles", "actors", "issues", "claims", "events", "sources", "terms", "updates")
    ids = {row["id"] for kind in kinds for row in data[kind]}
    assert len(ids) == sum(len(data[kind]) for kind in kinds)

    def strings(value: object, key: str = "") -> list[tuple[str, str]]:
        if isinstance(value, dict):
            return [pair for name, part in value.items() for pair in strings(part, name)]
        if isinstance(value, list):
            return [pair for part in value for pair in strings(part, key)]
        return [(key, value)] if isinstance(value, str) else []

    for key, text in strings(data):
        if key in (
            "actor",
            "actors",
            "issues",
            "made_by",
            "touches",
            "source",
            "to",
            "from",
            "after",
        ):
            assert text in ids, (key, text)
        if key == "path":
            page, _, anchor = text.partition("#")
            html = (site / page / "index.html").read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in html, text


def test_every_quotation_is_there_with_its_passage(quay: Path) -> None:
    data = data_of(quay)
    passages = {
        row["path"]: row["words"]
        for source in data["sources"]
        for row in source.get("passages", [])
    }
    [position] = [
        row for issue in data["issues"] for row in issue.get("positions", []) if row.get("earlier")
    ][:1]
    for cite in position["cites"]:
        assert passages[cite["path"]] == cite["words"]


def test_positions_as_a_table_are_those_of_the_graph(site: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((site / "positions.csv").read_bytes().decode("utf-8"))))
    data = data_of(site)
    flat = [
        (issue["id"], row["actor"], held, one["stance"], one.get("summary", ""))
        for issue in data["issues"]
        for row in issue.get("positions", [])
        for held, one in [
            ("latest", row),
            *(("before", before) for before in row.get("earlier", [])),
        ]
    ]
    assert flat == [
        (f"issue/{r['issue']}", f"actor/{r['actor']}", r["held"], r["stance"], r["summary"])
        for r in rows
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\rtea", "'\rtea"),
        ("\ntea", "'\ntea"),
        ("  =1", "'  =1"),
        ("\uff1d1", "'\uff1d1"),
        ("- no", "'- no"),
        ("-1-1", "'-1-1"),
        ("-5", "-5"),
        ("+5.25", "+5.25"),
        ("-1,5%", "-1,5%"),
        ("-0044-03-15", "-0044-03-15"),
        ("-0044~", "-0044~"),
        ("-0044-XX", "-0044-XX"),
        ("2025-03", "2025-03"),
        ("1=1", "1=1"),
        ("tea @ noon", "tea @ noon"),
        ("– no", "– no"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula(cell: str, written: str) -> None:
    assert no_formula(cell) == written


def test_no_cell_of_the_table_is_a_formula(make_site: MakeSite) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: [data]\n",
            "content/actors.yaml": "cook:\n  name: =1+1\n",
            "content/issues.yaml": """
                tea:
                  title: "+tea"
                  question: "-tea"
                  positions:
                    - actor: cook
                      stance: supports
                      summary: "@tea"
                      as_of: -0044-03-15
                """,
        }
    )
    result = build(Options(root))
    assert result.changes is not None, as_text(result.diagnostics)

    [row] = csv.DictReader(
        io.StringIO((root / "output/positions.csv").read_bytes().decode("utf-8"))
    )
    assert [row[name] for name in ("actor_name", "issue_title", "question", "summary", "as_of")] == [
        "'=1+1", "'+tea", "'-tea", "'@tea", "-0044-03-15",
    ]  # fmt: skip


def test_what_is_known_is_there_with_its_citations(make_site: MakeSite) -> None:
    article = SMALL["content/articles/tea.md"].replace(
        "as_of: 2025-03-01",
        "as_of: 2025-03-01\n        known:\n          - text: It *was* said.\n            cite: minutes",
    )
    data = json.loads(
        rendered(make_site({**SMALL, "content/articles/tea.md": article}))["explainer.json"]
    )
    jsonschema.validate(data, schema(), jsonschema.Draft202012Validator)
    assert data["articles"][0]["known"] == [
        {
            "id": "it-was-said",
            "text": "It was said.",
            "cites": [{"source": "source/minutes", "path": "sources/minutes/"}],
        }
    ]


def test_a_citation_has_its_place(make_site: MakeSite) -> None:
    files = {
        "content/site.yaml": "title: Tea\nexports: [data]\nlanguage: de\n",
        "content/sources.yaml": "menu:\n  title: Menu\n  file: menu.txt\n",
        "seeds/menu.txt": "[p. 3]\nTea is hot.\n",
        "content/terms.yaml": (
            "tea:\n  definition: A drink.\n  cite:\n"
            '    - menu "Tea is hot"\n    - menu "Tea is hot", p. 3\n    - menu p. 3\n    - menu\n'
        ),
    }
    data = json.loads(rendered(make_site(files))["explainer.json"])
    jsonschema.validate(data, schema(), jsonschema.Draft202012Validator)
    assert [(row.get("words"), row.get("place")) for row in data["terms"][0]["cites"]] == [
        ("Tea is hot", "S. 3"),
        ("Tea is hot", "p. 3"),
        (None, "p. 3"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("cite", "quotes", "places", "sources"),
    [
        ('menu "Tea is hot"', "Tea is hot", "p. 3", "Menu"),
        ('menu "Hot tea"', "Hot tea", "", "Menu"),
        (
            'menu "Hot tea"; menu "Tea is hot"; board p. 9; board p. 12',
            "Hot tea\nTea is hot",
            "–\np. 3",
            "Menu\nBoard, p. 9; p. 12",
        ),
        ("menu", "", "", "Menu"),
    ],
)
def test_the_table_has_a_place_for_each_quote(
    make_site: MakeSite, cite: str, quotes: str, places: str, sources: str
) -> None:
    files = {
        "content/site.yaml": "title: Tea\nexports: [data]\n",
        "content/sources.yaml": "menu:\n  title: Menu\n  file: menu.txt\nboard:\n  title: Board\n",
        "seeds/menu.txt": "Hot tea.\n[p. 3]\nTea is hot.\n",
        "content/actors.yaml": "cook:\n  name: Cook\n",
        "content/issues/tea.yaml": (
            f"title: Tea\npositions:\n  - actor: cook\n    stance: supports\n    cite: {cite}\n"
        ),
    }
    table = rendered(make_site(files))["positions.csv"].decode()
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["quotes"], row["places"], row["sources"]) == (quotes, places, sources)


def test_an_actor_has_the_side_that_is_given(make_site: MakeSite) -> None:
    files = {
        "content/site.yaml": "title: Tea\nexports: [data]\n",
        "content/actors.yaml": "a:\n  name: A\n  side: Own\nb:\n  name: B\n  side: A\nc:\n  name: C\n  affiliation: b\n",
    }
    data = json.loads(rendered(make_site(files))["explainer.json"])
    jsonschema.validate(data, schema(), jsonschema.Draft202012Validator)
    assert [row.get("side") for row in data["actors"]] == ["actor/a", "actor/a", None]


def test_an_issue_has_its_short_title(make_site: MakeSite) -> None:
    files = {
        "content/site.yaml": "title: Tea\nexports: [data]\n",
        "content/issues.yaml": "milk:\n  title: Milk, or not\n  short_title: Milk\nsugar:\n  title: Sugar\n",
    }
    data = json.loads(rendered(make_site(files))["explainer.json"])
    jsonschema.validate(data, schema(), jsonschema.Draft202012Validator)
    assert [(row["title"], row.get("short_title")) for row in data["issues"]] == [
        ("Milk, or not", "Milk"),
        ("Sugar", None),
    ]


def test_the_table_says_of_each_position_when_it_was_held_in_words(make_site: MakeSite) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: [data]\n",
            "content/actors.yaml": "cook:\n  name: Cook\nmaid:\n  name: Maid\n",
            "content/issues.yaml": """
                tea:
                  title: Tea
                  positions:
                    - actor: cook
                      stance: supports
                      as_of:
                        date: unknown
                        text: ahead of the talks
                      earlier:
                        - stance: rejects
                          as_of: 2025-03
                    - actor: maid
                      stance: rejects
                """,
        }
    )
    result = build(Options(root))
    assert result.changes is not None, as_text(result.diagnostics)

    rows = csv.DictReader(io.StringIO((root / "output/positions.csv").read_bytes().decode("utf-8")))
    assert [(row["actor"], row["held"], row["as_of"], row["as_of_text"]) for row in rows] == [
        ("cook", "latest", "unknown", "ahead of the talks"),
        ("cook", "before", "2025-03", "March 2025"),
        ("maid", "latest", "", ""),
    ]


def test_a_calendar_has_the_events_that_are_dated_to_the_day(quay: Path) -> None:
    calendar = icalendar.Calendar.from_ical((quay / "events.ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert [(str(row["SUMMARY"]), str(row["DTSTART"].dt)) for row in events] == [
        ("Three weeks without cars", "2023-05-08"),
        ("The chair opens the item", "2025-03-11 19:42:00"),
        ("The council votes 14 to 11", "2025-03-11"),
    ]
    assert str(events[0]["DTEND"].dt) == "2023-05-29"
    assert str(events[2]["URL"]) == f"{BASE}timeline/#vote"
    assert str(events[2]["DTSTAMP"].dt) == "2025-03-18 00:00:00+00:00"
    assert len({str(row["UID"]) for row in events}) == 3
    assert calendar.errors == []
    assert all(row.errors == [] for row in events)


def test_lines_of_a_calendar_are_short_and_say_what_was_written(make_site: MakeSite) -> None:
    text = "Ÿ, and; then \\\\ a long way on, " + "word " * 30 + "end."
    event = f"meeting: {{date: 2025-02-03T10:00+01:00, title: Ä, text: '{text}'}}"
    data = rendered(make_site({**SMALL, "content/events.yaml": event}))["events.ics"]
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    [row] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(row["DESCRIPTION"]) == text.replace("\\\\", "\\")
    assert str(row["DTSTART"].dt) == "2025-02-03 09:00:00+00:00"


def test_without_a_dated_event_there_is_no_calendar(seed_site: Path) -> None:
    assert not (seed_site / "events.ics").exists()
    assert "No event is dated to the day" in (seed_site / "data/index.html").read_text()


def test_the_page_of_data_lists_what_there_is_with_its_licence(quay: Path) -> None:
    page = (quay / "data/index.html").read_text()
    for name in (
        "explainer.json",
        "explainer.schema.json",
        "positions.csv",
        "events.ics",
        "llms.txt",
    ):
        assert f'href="../{name}"' in page
        assert (quay / name).is_file()
    assert "CC BY 4.0" in page


def test_a_site_may_ask_for_less(make_site: MakeSite) -> None:
    files = rendered(make_site({**SMALL, "content/site.yaml": "title: Tea\nexports: []"}))
    named = {
        path for path in files if not path.startswith(("assets/", "issues/", "actors/", "sources/"))
    }
    assert named == {
        ".nojekyll", "404.html", "_headers", "about/index.html", "apple-touch-icon.png", "favicon.ico",
        "icon-192.png", "index.html", "positions/index.html", "print/index.html", "timeline/index.html",
        "updates/index.html",
    }  # fmt: skip
    assert b"ld+json" not in files["index.html"]
