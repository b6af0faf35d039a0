"""Links read backwards: the anchors that a page has, and the passages of a source in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_builder.build import Options, render_site
from site_builder.content.models import EntityId
from site_builder.links.backwards import anchors_of
from site_builder.links.graph import Graph

if TYPE_CHECKING:
    from tests.conftest import MakeSite

SITE = {
    "content/site.yaml": "title: Tea\nexports: []\n",
    "content/actors.yaml": "anna:\n  name: Anna\nben:\n  name: Ben\n",
    "content/issues/milk.md": "---\ntitle: Milk\n---\n",
    "content/sources.yaml": "menu:\n  title: The menu\n  file: menu.txt\n",
    "seeds/menu.txt": "Tea is hot.\n\nMilk is cold at noon.\n",
}
ANNA, MILK, MENU = EntityId("actor", "anna"), EntityId("issue", "milk"), EntityId("source", "menu")


def graph_of(make_site: MakeSite, more: dict[str, str | bytes]) -> Graph:
    site = render_site(Options(make_site({**SITE, **more}), jobs=1), only_check=True)
    assert site.graph is not None, site.diagnostics
    return site.graph


CLAIM = "a:\n  statement: It is hot.\n  made_by: [ben]\n"
EVENT = "a:\n  date: 2024\n  title: A cup\n"


@pytest.mark.parametrize(
    ("path", "text", "id", "anchors"),
    [
        ("content/claims.yaml", CLAIM.replace("ben", "anna"), ANNA, {"claims"}),
        ("content/claims.yaml", f"{CLAIM}  contested_by: [anna]\n", ANNA, {"claims"}),
        ("content/claims.yaml", f"{CLAIM}  issues: [milk]\n", MILK, {"claims"}),
        ("content/claims.yaml", CLAIM, ANNA, set()),
        ("content/events.yaml", f"{EVENT}  actors: [anna]\n", ANNA, {"events"}),
        ("content/events.yaml", f"{EVENT}  issues: [milk]\n", MILK, {"events"}),
        ("content/events.yaml", EVENT, ANNA, set()),
        (
            "content/updates.yaml",
            "a:\n  date: 2024\n  text: New.\n  touches: [anna]\n",
            ANNA,
            {"updates"},
        ),
        (
            "content/issues/jug.md",
            "---\ntitle: Jug\nrelated: [milk]\n---\n",
            MILK,
            {"related", "mentions"},
        ),
        (
            "content/issues/jug.md",
            "---\ntitle: Jug\npositions:\n  - actor: anna\n    stance: supports\n---\n",
            ANNA,
            {"positions"},
        ),
        ("content/terms.yaml", "jug:\n  definition: Of [[anna]].\n", ANNA, {"mentions"}),
        ("content/terms.yaml", "jug:\n  definition: Of [[ben]].\n", ANNA, set()),
        ("content/terms.yaml", "jug:\n  definition: Hot [@menu].\n", MENU, set()),
    ],
)
def test_the_parts_that_a_page_has_for_what_refers_to_its_entity(
    make_site: MakeSite, path: str, text: str, id: EntityId, anchors: set[str]
) -> None:
    every = {"claims", "events", "updates", "related", "positions", "mentions", "passages"}
    assert anchors_of(graph_of(make_site, {path: text}), id) & every == anchors


def test_passages_stand_in_the_order_of_the_text(make_site: MakeSite) -> None:
    text = 'jug:\n  definition: Cold [@menu "Milk is cold"], hot [@menu "Tea is hot"] [@menu].\n'
    graph = graph_of(make_site, {"content/terms.yaml": text})
    passages = graph.sources[MENU].passages
    assert [words for words, _ in passages.values()] == ["Tea is hot", "Milk is cold"]
    assert set(graph.sources[MENU].uses) == {"", *passages}
    assert anchors_of(graph, MENU) == {"passages", *passages}
