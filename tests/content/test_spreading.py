"""Positions that several actors hold together."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.content.spreading import as_written, spread

A = {"actor": "a", "stance": "no"}
BC = {"actor": ["b", "c"], "stance": "yes"}
D = {"actor": ["d"], "stance": "yes"}


def test_each_actor_of_a_list_has_a_position() -> None:
    assert spread({"title": "Tea", "positions": [A, BC, D]}) == {
        "title": "Tea",
        "positions": [
            A,
            {"actor": "b", "stance": "yes"},
            {"actor": "c", "stance": "yes"},
            {"actor": "d", "stance": "yes"},
        ],
    }


def test_a_position_that_is_no_list_may_have_several_actors_too() -> None:
    assert spread({"positions": BC})["positions"] == [
        {"actor": "b", "stance": "yes"},
        {"actor": "c", "stance": "yes"},
    ]


@pytest.mark.parametrize(
    "data",
    [
        None,
        "positions",
        [BC],
        {},
        {"positions": None},
        {"positions": "a"},
        {"positions": [A, None, "b", {"actor": []}, {"actor": {"b": "c"}}]},
        {"contested_by": [BC]},
    ],
)
def test_what_names_no_list_of_actors_stays_as_it_is(data: Any) -> None:
    assert spread(data) is data


@pytest.mark.parametrize(
    ("where", "written"),
    [
        (("title",), ("title",)),
        (("positions",), ("positions",)),
        (("positions", 0, "actor"), ("positions", 0, "actor")),
        (("positions", 0, "cite", 2), ("positions", 0, "cite", 2)),
        (("positions", 1), ("positions", 1)),
        (("positions", 1, "actor"), ("positions", 1, "actor", 0)),
        (("positions", 2, "actor"), ("positions", 1, "actor", 1)),
        (("positions", 2, "earlier", 0, "as_of"), ("positions", 1, "earlier", 0, "as_of")),
        (("positions", 3, "actor"), ("positions", 2, "actor", 0)),
        (("positions", 4, "actor"), ("positions", 3, "actor")),
        (("positions", 9, "stance"), ("positions", 8, "stance")),
    ],
)
def test_a_path_leads_back_to_what_was_written(where: Any, written: Any) -> None:
    data = {"positions": [A, BC, D, A]}
    assert as_written(where, data) == written
    assert as_written(("tea", *where), {"tea": data}) == ("tea", *written)
    assert as_written(("positions", *where), {"positions": data}) == ("positions", *written)


def test_a_path_into_a_single_position() -> None:
    assert as_written(("positions", 1, "actor"), {"positions": BC}) == ("positions", 0, "actor", 1)
    assert as_written(("positions", 1, "stance"), {"positions": BC}) == ("positions", 0, "stance")
