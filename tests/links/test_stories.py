"""Who belongs to which of several stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.content.kinds import KINDS
from site_builder.links.graph import Graph
from site_builder.stages.looking import look
from site_builder.stages.setup import Wanted

MakeSite = Callable[[dict[str, str]], Path]
KINDS_OF_STORIES = [name for name in KINDS if name != "article"]

HARBOUR = {
    "content/site.yaml": "title: Desk\n",
    "content/articles/harbour.md": """\
---
title: The harbour
as_of: 2026-01-01
issues:
  - dredging
---
Nothing.
""",
    "content/issues.yaml": "dredging:\n  title: Dredging\nroute:\n  title: The route\n",
}


def graph_of(make_site: MakeSite, files: Mapping[str, str]) -> Graph:
    site, found = look(make_site(HARBOUR | dict(files)), Wanted())
    assert site is not None
    assert [row.headline for row in found if row.is_error] == []
    return site.graph


def members(graph: Graph) -> dict[str, list[str]]:
    """By slug of the story: what belongs to it."""
    return {
        story.slug: [
            f"{kind}/{id.slug}"
            for kind in KINDS_OF_STORIES
            for id in graph.stories.members(story, kind)
        ]
        for story in graph.stories.ids
    }


def tram(body: str = "", fields: str = "") -> dict[str, str]:
    return {
        "content/articles/tram.md": f"---\ntitle: The tram\nas_of: 2026-02-01\n{fields}---\n{body}\n"
    }


BOTH = {"harbour": ["issue/dredging"], "tram": ["issue/route"]}


@pytest.mark.parametrize(
    ("files", "more"),
    [
        pytest.param(tram("[[route]]"), {}, id="an issue that the article links to"),
        pytest.param(tram("", "issues: route\n"), {}, id="an issue that it lists"),
        pytest.param(
            tram("", "issues: route\n")
            | {"content/claims.yaml": "late:\n  statement: Late.\n  made_by: ann\n  issues: route\n"},
            {"tram": ["actor/ann", "claim/late"]},
            id="a claim on its issue, and whose it is",
        ),
        pytest.param(
            tram("[[late]] [[route]]")
            | {
                "content/claims.yaml": "late:\n  statement: Late.\n  made_by: ann\n  contested_by: ben\n"
            },
            {"tram": ["actor/ann", "actor/ben", "claim/late"]},
            id="a claim that the article links to, and who contests it",
        ),
        pytest.param(
            tram("[[route]]")
            | {
                "content/events.yaml": "vote:\n  date: 2025\n  title: Vote\n  issues: route\n  actors: ann\n  concerns: ben\n"
            },
            {"tram": ["actor/ann", "actor/ben", "event/vote"]},
            id="an event, who took part and whom it concerns",
        ),
        pytest.param(
            tram("[[route]]")
            | {
                "content/issues.yaml": HARBOUR["content/issues.yaml"]
                + "  positions:\n    - actor: ann\n      stance: supports\n"
            },
            {"tram": ["actor/ann"]},
            id="who holds a position",
        ),
        pytest.param(
            tram("Ann and [[route]]."), {"tram": ["actor/ann"]}, id="who is named in the article"
        ),
        pytest.param(
            tram("[[route]]", "actors: ben\n"), {"tram": ["actor/ben"]}, id="whom it lists"
        ),
        pytest.param(
            tram("[[route]]")
            | {
                "content/issues.yaml": HARBOUR["content/issues.yaml"] + "  summary: Ann and rail.\n",
                "content/terms.yaml": "rail:\n  definition: Steel.\n",
            },
            {"tram": ["term/rail"]},
            id="a term that an issue uses, but not an actor that it names",
        ),
        pytest.param(
            tram("[[route]]")
            | {
                "content/sources.yaml": "map:\n  title: Map\nbook:\n  title: Book\n",
                "content/events.yaml": "vote:\n  date: 2025\n  title: Vote\n  issues: route\n  cite: map\n",
            },
            {"tram": ["event/vote", "source/map"]},
            id="a source that something of it cites",
        ),
        pytest.param(
            tram("[[route]]")
            | {
                "content/updates.yaml": "one:\n  date: 2026\n  text: One.\n  touches: [route, ann]\n",
                "content/articles/harbour.md": HARBOUR["content/articles/harbour.md"] + "Ann.\n",
            },
            {"harbour": ["actor/ann"], "tram": ["update/one"]},
            id="an update on an issue, wherever an actor that it touches is",
        ),
        pytest.param(
            tram("[[route]] Ann.")
            | {
                "content/updates.yaml": "one:\n  date: 2026\n  text: One.\n  touches: ann\n",
                "content/articles/harbour.md": HARBOUR["content/articles/harbour.md"] + "Ann.\n",
            },
            {"harbour": ["actor/ann", "update/one"], "tram": ["actor/ann", "update/one"]},
            id="an update that touches nothing but an actor of both",
        ),
        pytest.param(
            tram("[[route]] [[dredging]]", "issues: route\n"),
            {},
            id="an article that lists issues does not get those it links to",
        ),
        pytest.param(
            tram("[[route]]")
            | {"content/claims.yaml": "late:\n  statement: Late.\n  made_by: ann\n  story: harbour\n  issues: route\n"},
            {"harbour": ["actor/ann", "claim/late"]},
            id="what names its story belongs nowhere else, and brings others along",
        ),
        pytest.param(
            tram("[[route]]")
            | {"content/claims.yaml": "late:\n  statement: Late.\n  made_by: ann\n  story: []\n  issues: route\n"},
            {},
            id="what belongs to none on purpose brings nobody",
        ),
        pytest.param(
            tram("[[route]]")
            | {"content/articles/tram/events.yaml": "halt:\n  date: 2025\n  title: Halt\n  issues: dredging\n"},
            {"tram": ["event/halt"]},
            id="what is in the folder of a story",
        ),
        pytest.param(
            tram("[[route]]")
            | {"content/articles/tram/events.yaml": "halt:\n  date: 2025\n  title: Halt\n  story: harbour\n"},
            {"harbour": ["event/halt"]},
            id="a field counts before the folder",
        ),
        pytest.param(
            tram("[[route]]")
            | {
                "content/articles/tram-2025.md": "---\ntitle: Then\nas_of: 2025\npart_of: tram\n---\nBen.\n"
            },
            {"tram": ["actor/ben"]},
            id="a chapter counts for its story",
        ),
    ],
)  # fmt: skip
def test_members(make_site: MakeSite, files: dict[str, str], more: Mapping[str, list[str]]) -> None:
    actors = {"content/actors.yaml": "ann:\n  name: Ann\nben:\n  name: Ben\n"}
    graph = graph_of(make_site, actors | files)

    assert {story: sorted(rows) for story, rows in members(graph).items()} == {
        story: sorted([*rows, *more.get(story, ())]) for story, rows in BOTH.items()
    }


def test_one_story_has_everything_also_with_chapters(make_site: MakeSite) -> None:
    chapter = "---\ntitle: Then\nas_of: 2025\npart_of: harbour\n---\n"
    graph = graph_of(make_site, {"content/articles/then.md": chapter})

    assert members(graph) == {"harbour": ["issue/dredging", "issue/route"]}
    assert [graph.addresses.of(id) for id in graph.ids_of("article")] == ["", "articles/then/"]
    assert "belonging" not in {table for table in ("belonging",) if graph.tables[table]}


def test_issues_come_as_the_article_lists_them_and_others_behind_them(make_site: MakeSite) -> None:
    files = tram("", "issues:\n  - c\n  - a\n") | {
        "content/issues.yaml": "".join(
            f"{slug}:\n  title: {slug}\n" + ("  story: tram\n" if slug == "b" else "")
            for slug in ("dredging", "a", "b", "c", "route")
        )
    }
    graph = graph_of(make_site, files)

    assert members(graph)["tram"] == ["issue/c", "issue/a", "issue/b"]


def test_stories_come_from_the_latest_and_closed_ones_last(make_site: MakeSite) -> None:
    def article(slug: str, fields: str) -> dict[str, str]:
        return {f"content/articles/{slug}.md": f"---\ntitle: {slug}\n{fields}---\n"}

    files = {
        **article("a", "as_of: 2025\n"),
        **article("b", "as_of: 2026-06\nclosed: 2026-07-01\n"),
        **article("c", "as_of: 2025\n"),
        **article("d", "as_of: unknown\n"),
        **article("harbour", "as_of: 2026-01-01\nissues: dredging\n"),
        "content/updates.yaml": "new:\n  date: 2026-02\n  text: New.\n  touches: c\n",
    }
    graph = graph_of(make_site, files)
    led = graph_of(make_site, files | {"content/site.yaml": "title: Desk\nlead: a\nhome: c\n"})

    assert [id.slug for id in graph.stories.in_order()] == ["c", "harbour", "a", "d", "b"]
    assert [id.slug for id in led.stories.in_order()] == ["a", "c", "harbour", "d", "b"]
    assert [led.addresses.of(id) for id in led.stories.in_order()] == [
        "articles/a/", "", "articles/harbour/", "articles/d/", "articles/b/",
    ]  # fmt: skip
    assert graph.stories.home is None


def test_stories_of_an_entity(make_site: MakeSite) -> None:
    graph = graph_of(make_site, tram("[[route]]"))

    stories = {
        f"{id.kind}/{id.slug}": [story.slug for story in graph.stories.of(id)] for id in graph.heads
    }
    assert stories == {
        "article/harbour": ["harbour"],
        "article/tram": ["tram"],
        "issue/dredging": ["harbour"],
        "issue/route": ["tram"],
    }
