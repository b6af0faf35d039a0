"""The map of ties: laid out at build time, the same on every machine."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.pages.briefs import Card
from site_builder.pages.parts.lettering import text_width
from site_builder.pages.parts.relation_map import (
    LABEL_SIZE,
    LINE,
    MOST_NAMES,
    NAME_SIZE,
    relation_map,
)
from site_builder.pages.parts.relations import RelationView


def card(name: str) -> Card:
    return Card("actor", name, f"actors/{name}/", name, name, "")


def tie(one: str, label: str, other: str) -> RelationView:
    return RelationView(card(one), card(other), label)


# --- the map ---------------------------------------------------------------------------------


def test_names_stand_below_whom_they_belong_to() -> None:
    drawing = relation_map(
        [card("Ada"), card("Town"), card("Board"), card("Bo")],
        [tie("Ada", "", "Board"), tie("Board", "", "Town"), tie("Bo", "knows", "Ada")],
    )
    assert drawing is not None
    assert [(name.card.name, name.depth) for name in drawing.names] == [
        ("Town", 0), ("Board", 1), ("Ada", 2), ("Bo", 0)
    ]  # fmt: skip
    assert [bool(name.elbow) for name in drawing.names] == [False, True, True, False]


def test_families_with_ties_stand_together() -> None:
    drawing = relation_map(
        [card("A"), card("B"), card("C"), card("D")],
        [tie("A", "meets", "D"), tie("B", "meets", "C"), tie("A", "meets again", "D")],
    )
    assert drawing is not None
    assert [name.card.name for name in drawing.names] == ["B", "C", "A", "D"]


def test_who_has_no_tie_is_left_to_the_list() -> None:
    drawing = relation_map([card("A"), card("B"), card("C")], [tie("A", "meets", "B")])
    assert drawing is not None
    assert [name.card.name for name in drawing.names] == ["A", "B"]


@pytest.mark.parametrize("count", [0, MOST_NAMES + 1])
def test_nothing_and_too_much_is_not_drawn(count: int) -> None:
    actors = [card(f"actor {number}") for number in range(count)]
    relations = [RelationView(one, other, "knows") for one, other in pairwise(actors)]
    assert relation_map(actors, relations) is None


NAMES = st.integers(0, 11).map("actor {}".format)
TIES = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "pays", "disputes the word of"]), NAMES), max_size=25
)


@given(TIES)
def test_nothing_covers_anything_else(rows: list[tuple[str, str, str]]) -> None:
    actors = [card(f"actor {number}") for number in range(12)]
    relations = [tie(*row) for row in rows]
    drawing = relation_map(actors, relations)
    assert drawing == relation_map(actors, relations)
    if drawing is None:
        assert rows == []
        return
    texts = [
        (name.y, name.x, name.x + text_width(name.card.name, NAME_SIZE)) for name in drawing.names
    ]
    texts += [(row.y, row.x, row.x + text_width(row.label, LABEL_SIZE)) for row in drawing.ties]
    assert len({name.card for name in drawing.names}) == len(drawing.names)
    for index, (y, left, right) in enumerate(texts):
        assert 0 < y <= drawing.height
        assert right <= drawing.width
        for other_y, other_left, other_right in texts[:index]:
            assert abs(y - other_y) >= LINE or right < other_left or other_right < left
    lanes: list[tuple[int, int, int]] = []
    for row in drawing.ties:
        lane, turn, end = map(int, re.findall(r"Q(\d+) \d+ \d+ (\d+)V(\d+)", row.line)[0])
        assert row.x + text_width(row.label, LABEL_SIZE) < lane <= drawing.width
        top, bottom = sorted((turn, end))
        for other_lane, other_top, other_bottom in lanes:
            assert lane != other_lane or bottom < other_top or other_bottom < top
        lanes.append((lane, top, bottom))
