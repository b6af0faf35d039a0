"""Which actors count together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from site_builder.build import Options, render_site
from site_builder.content.models import EntityId
from site_builder.links.graph import Graph
from site_builder.links.sides import side_of
from tests.conftest import MakeSite

ACTORS = """
    state:
      name: The state
    ministry:
      name: The ministry
      affiliation: state
    minister:
      name: The minister
      affiliation: ministry
    deputy:
      name: The deputy
      affiliation: state
      side: own
    aide:
      name: The aide
      affiliation: deputy
    defector:
      name: The defector
      affiliation: ministry
      side: deputy
    follower:
      name: The follower
      side: The minister
    itself:
      name: It
      affiliation: state
      side: itself
    alone:
      name: Alone
"""


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        ("state", "state"),
        ("ministry", "state"),
        ("minister", "state"),
        ("deputy", "deputy"),
        ("aide", "deputy"),
        ("defector", "deputy"),
        ("follower", "state"),
        ("itself", "itself"),
        ("alone", "alone"),
    ],
)
def test_a_side_is_what_the_field_says_or_affiliations_lead_to(
    make_site: MakeSite, actor: str, side: str
) -> None:
    root = make_site(
        {"content/site.yaml": "title: Tea\nexports: []\n", "content/actors.yaml": ACTORS}
    )
    site = render_site(Options(root), only_check=True)
    assert site.graph is not None
    assert site.diagnostics == ()
    assert side_of(site.graph, EntityId("actor", actor)) == EntityId("actor", side)


def test_a_circle_ends() -> None:
    """It is an error that a check reports."""
    a, b = EntityId("actor", "a"), EntityId("actor", "b")
    linked = {
        a: SimpleNamespace(refs={("side",): b}),
        b: SimpleNamespace(refs={("affiliation",): a}),
    }
    assert side_of(cast("Graph", SimpleNamespace(linked=linked)), a) == a
