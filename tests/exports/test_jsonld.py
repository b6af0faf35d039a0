"""What pages say about themselves, held against schema.org's own vocabulary.

The vocabulary is that of the package schema-dts, which is made from schema.org's: every type with the types it belongs to,
every property with the types it may stand on and those its values may have.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from site_builder.exports.jsonld import script_text
from tests.conftest import MakeSite, node_file
from tests.exports.conftest import BASE, SMALL, jsonld_of, pages_of, rendered

PLAIN = {"Text", "URL", "Date", "DateTime", "Number", "Integer", "Boolean", "CssSelectorType"}


class Vocabulary(NamedTuple):
    """Types with what they extend, and the properties each type brings with the types of their values."""

    above: dict[str, set[str]]
    properties: dict[str, dict[str, set[str]]]

    def lineage(self, name: str) -> set[str]:
        """A type and everything it is a kind of."""
        return {name}.union(*(self.lineage(other) for other in self.above[name]))

    def ranges(self, types: list[str], name: str) -> set[str]:
        """The types a property may have on something of these types; () if it may not stand there."""
        return set().union(
            *(
                self.properties.get(above, {}).get(name, set())
                for type in types
                for above in self.lineage(type)
            )
        )


@cache
def vocabulary() -> Vocabulary:
    text = node_file("schema-dts/dist/schema.d.ts").read_text("utf-8")
    above: dict[str, set[str]] = {}
    properties: dict[str, dict[str, set[str]]] = {}
    for name, bases, body in re.findall(
        r"^interface (\w+)Base(?: extends ([^{]*))? \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL
    ):
        above[name] = set(re.findall(r"(\w+)Base\b", bases))
        properties[name] = {
            property: set(re.findall(r"\w+", kinds))
            for property, kinds in re.findall(
                r'^    "(\w+)"\?: SchemaValue<([^,]*),', body, re.MULTILINE
            )
        }
    for name, base in re.findall(
        r"^export interface (\w+)Leaf extends (\w+)Base", text, re.MULTILINE
    ):
        above.setdefault(name, set()).update({base} - {name})
    return Vocabulary(above, properties)


@cache
def members(enumeration: str) -> set[str]:
    """The words of an enumeration of the vocabulary, as addresses; none of what is no enumeration."""
    text = node_file("schema-dts/dist/schema.d.ts").read_text("utf-8")
    row = re.search(rf"^export type {enumeration} = ([^;]*);", text, re.MULTILINE)
    return set(re.findall(r'"(https://schema\.org/\w+)"', row[1])) if row else set()


def types_of(node: dict[str, Any]) -> list[str]:
    found = node["@type"]
    return found if isinstance(found, list) else [found]


class Check:
    """What the vocabulary does not allow in a page's nodes; collected in `problems`."""

    def __init__(self, nodes: list[dict[str, Any]]) -> None:
        self.problems: list[str] = []
        self._by_id = {node["@id"]: node for node in nodes}
        assert len(self._by_id) == len(nodes)
        for node in nodes:
            self._node(node, node["@id"])

    def _node(self, node: dict[str, Any], where: str) -> None:
        types = types_of(node)
        unknown = [type for type in types if type not in vocabulary().above]
        self.problems += [f"{where}: there is no type {type}" for type in unknown]
        for name, value in node.items() if not unknown else ():
            if name.startswith("@"):
                continue
            ranges = vocabulary().ranges(types, name)
            if not ranges:
                self.problems.append(f"{where}: {types} has no {name}")
                continue
            for one in value if isinstance(value, list) else [value]:
                self._value(one, ranges, f"{where} {name}")

    def _value(self, value: object, ranges: set[str], where: str) -> None:
        if not isinstance(value, dict):
            if not ranges & PLAIN and not any(value in members(kind) for kind in ranges):
                self.problems.append(f"{where}: {value!r} is none of {sorted(ranges)}")
            return
        node = self._by_id.get(value["@id"]) if set(value) == {"@id"} else value
        if node is None:
            self.problems.append(f"{where}: nothing here has the id {value['@id']}")
            return
        kinds = set().union(*(vocabulary().lineage(type) for type in types_of(node)))
        if not kinds & ranges:
            self.problems.append(f"{where}: {types_of(node)} is none of {sorted(ranges)}")
        if node is value:
            self._node(node, where)


def problems(nodes: list[dict[str, Any]]) -> list[str]:
    return Check(nodes).problems


def test_the_check_finds_what_is_wrong() -> None:
    wrong = [
        {"@id": "a", "@type": "Persona"},
        {"@id": "b", "@type": "Person", "headline": "x", "memberOf": {"@id": "c"}},
        {"@id": "c", "@type": "Country"},
        {"@id": "d", "@type": "Claim", "author": {"@id": "e"}, "about": "x"},
        {"@id": "f", "@type": "Claim", "digitalSourceType": "https://schema.org/Pencil"},
    ]
    assert problems(wrong) == [
        "a: there is no type Persona",
        "b: ['Person'] has no headline",
        "b memberOf: ['Country'] is none of ['IdReference', 'MemberProgramTier', 'Organization', 'ProgramMembership']",
        "d author: nothing here has the id e",
        "d about: 'x' is none of ['IdReference', 'Thing']",
        "f digitalSourceType: 'https://schema.org/Pencil' is none of ['IPTCDigitalSourceEnumeration', 'IdReference']",
    ]


@pytest.mark.parametrize("which", ["quay", "seed_site"])
def test_every_page_keeps_to_the_vocabulary(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    found = {path: problems(jsonld_of(page)) for path, page in pages_of(folder)}
    assert {path: rows for path, rows in found.items() if rows} == {}


def test_the_types_that_readers_of_data_look_for_are_there(quay: Path) -> None:
    types = {
        type for _, page in pages_of(quay) for node in jsonld_of(page) for type in types_of(node)
    }
    assert types >= {
        "NewsArticle", "Person", "Organization", "Event", "Claim", "ClaimReview", "DefinedTerm",
        "BreadcrumbList", "WebSite", "CreativeWork", "Dataset",
    }  # fmt: skip


def test_a_state_is_a_country_that_acts(seed_site: Path) -> None:
    nodes = jsonld_of((seed_site / "actors/russia/index.html").read_text())
    assert nodes[0]["@type"] == ["Country", "Organization"]


def test_a_group_makes_claims_and_is_no_author_of_them(make_site: MakeSite) -> None:
    claims = "tea: {statement: Tea helps., made_by: [ada, regulars], cite: minutes}"
    sources = {**SMALL, "content/actors.yaml": PEOPLE, "content/claims.yaml": claims}
    nodes = jsonld_of(rendered(make_site(sources))["claims/index.html"].decode())
    [claim] = [node for node in nodes if node["@type"] == "Claim"]
    base = "https://example.org/tea/actors/"
    assert claim["author"] == [{"@id": f"{base}ada/#actor"}]
    assert claim["mentions"] == [{"@id": f"{base}regulars/#actor"}]


def test_ids_are_the_same_on_every_page_and_lead_to_the_entity(quay: Path) -> None:
    names: dict[str, set[str]] = {}
    for _, page in pages_of(quay):
        for node in jsonld_of(page):
            if "name" in node:
                names.setdefault(node["@id"], set()).add(node["name"])
    assert {id: found for id, found in names.items() if len(found) > 1} == {}
    assert f"{BASE}actors/aune/#actor" in names


def test_a_verdict_and_nothing_else_makes_a_review(quay: Path) -> None:
    nodes = jsonld_of((quay / "claims/index.html").read_text())
    reviews = [node for node in nodes if node["@type"] == "ClaimReview"]
    assert [(row["author"]["name"], row["reviewRating"]["alternateName"]) for row in reviews] == [
        ("The Osterby Reader", "Not shown")
    ]


def test_a_day_of_change_is_that_of_a_note_and_is_else_absent(make_site: MakeSite) -> None:
    pages = rendered(make_site(SMALL))
    modified = {
        path: [n["dateModified"] for n in jsonld_of(pages[path].decode()) if "dateModified" in n]
        for path in ("index.html", "issues/milk/index.html", "actors/ada/index.html")
    }
    assert modified == {
        "index.html": ["2025-03-02"],
        "issues/milk/index.html": ["2025-03-02"],
        "actors/ada/index.html": [],
    }
    pages = rendered(
        make_site({"content/updates.yaml": "first: {date: 2025-03, text: First version.}"})
    )
    assert b"dateModified" not in pages["index.html"]
    assert b"modified_time" not in pages["index.html"]


def test_a_quotation_has_its_place_if_that_is_known(make_site: MakeSite) -> None:
    files = {
        "content/site.yaml": "title: Tea\nexports: [jsonld]\n",
        "content/sources.yaml": "menu:\n  title: Menu\n  file: menu.txt\nboard:\n  title: Board\n",
        "seeds/menu.txt": "Hot tea.\n[p. 3]\nTea is hot.\n",
        "content/issues/tea.yaml": (
            'title: Tea\ncite:\n  - menu "Tea is hot"\n  - menu "Hot tea"\n  - menu p. 3\n  - board p. 3\n'
        ),
    }
    nodes = jsonld_of(rendered(make_site(files))["issues/tea/index.html"].decode())
    assert not problems(nodes)
    [cited] = [node["citation"] for node in nodes if "citation" in node]
    assert [row for row in cited if "@type" in row] == [
        {
            "@type": "Quotation",
            "text": "Tea is hot",
            "position": "p. 3",
            "isPartOf": {"@id": "../../sources/menu/#source"},
        }
    ]
    assert len(cited) == 3


def test_nothing_in_a_script_can_end_it() -> None:
    hostile = {"name": "</script><script>alert(1)</script><!-- & \u2028"}
    text = script_text(hostile)
    assert not re.search("[<>&]", text)
    assert json.loads(text) == hostile


def test_without_an_address_ids_are_relative_to_the_page(make_site: MakeSite) -> None:
    root = make_site({**SMALL, "content/site.yaml": "title: Tea"})
    nodes = jsonld_of(rendered(root)["actors/ada/index.html"].decode())
    assert [node["@id"] for node in nodes] == [
        "../../actors/club/#actor",
        "../../actors/ada/#actor",
        "../../actors/ada/#trail",
    ]


PEOPLE = """
    ada:
      name: Ada Amber
      short_name: Ada Amber
      kind: person
      role: Drinks [[club]] tea.
      affiliation: club
      aliases: [A. A., Ada Amber]
      same_as: https://example.org/ada
    bob: {name: Bob, kind: person, affiliation: ada}
    cat: {name: Cat, kind: person, affiliation: things}
    dan: {name: Dan, kind: person, affiliation: regulars}
    regulars: {name: The regulars, kind: group, affiliation: club}
    things: {name: Things}
    club: {name: The Club, kind: organisation}
"""
DAYS = """
    one: {date: 2025-02-03, title: One, text: 'A *day*.', actors: ada, cite: minutes}
    two: {date: 2025-02/2025-03, title: Two, cite: minutes}
    three: {date: 2025-04-01/.., title: Three, cite: minutes}
"""


def test_actors_and_events_say_what_is_known_and_no_more(make_site: MakeSite) -> None:
    sources = {**SMALL, "content/actors.yaml": PEOPLE, "content/events.yaml": DAYS}
    files = rendered(make_site(sources))
    base = "https://example.org/tea/"

    def nodes(path: str) -> dict[str, dict[str, Any]]:
        found = jsonld_of(files[f"{path}index.html"].decode())
        return {row["@id"].removeprefix(base): row for row in found}

    assert nodes("actors/ada/")["actors/ada/#actor"] == {
        "@type": "Person",
        "@id": f"{base}actors/ada/#actor",
        "name": "Ada Amber",
        "alternateName": ["A. A."],
        "description": "Drinks The Club tea.",
        "url": f"{base}actors/ada/",
        "mainEntityOfPage": f"{base}actors/ada/",
        "sameAs": ["https://example.org/ada"],
        "memberOf": {"@id": f"{base}actors/club/#actor"},
    }
    assert "memberOf" not in nodes("actors/bob/")["actors/bob/#actor"]
    assert "memberOf" not in nodes("actors/cat/")["actors/cat/#actor"]
    assert "memberOf" not in nodes("actors/dan/")["actors/dan/#actor"]
    group = nodes("actors/regulars/")["actors/regulars/#actor"]
    assert (group["@type"], "memberOf" in group) == ("Thing", False)
    events = [row for row in nodes("timeline/").values() if row["@type"] == "Event"]
    assert [(row["name"], row.get("startDate"), row.get("endDate")) for row in events] == [
        ("Two", "2025-02", "2025-03"),
        ("One", "2025-02-03", None),
        ("Three", "2025-04-01", None),
    ]
    assert events[1]["description"] == "A day."
    assert events[1]["about"] == [{"@id": f"{base}actors/ada/#actor"}]
