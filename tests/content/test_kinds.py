"""A row a kind: what rows say is there, and no two of them say the same."""

from __future__ import annotations

import pytest

from site_builder.content.kinds import (
    BY_PLURAL,
    CITED,
    FRONT,
    HOLDERS,
    KINDS,
    NOTES,
    PLACED,
    SEARCHED,
    Kind,
    Order,
    kind_listed_on,
)
from site_builder.content.records import Holds
from site_builder.content.shape import shape_of
from site_builder.links.addresses import index_pages
from site_builder.markdown import anchors

ROWS = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
FIELDS = (
    "title", "short", "detail", "date", "sub", "summary", "question", "belongs_to", "image", "as_of", "day",
    "search_line",
)  # fmt: skip


@ROWS
def test_the_fields_that_a_row_names_are_there(kind: Kind) -> None:
    named = {getattr(kind, row) for row in FIELDS} | {*kind.line, *kind.search_names}
    fields = {shape.name: shape for shape in shape_of(kind.model)}
    assert named - {""} <= fields.keys()
    assert all(
        fields[name].holds is Holds.DATE for name in (kind.date, kind.as_of, kind.day) if name
    )
    assert not kind.belongs_to or fields[kind.belongs_to].holds is Holds.REF
    assert fields[kind.title].holds in (Holds.LINE, Holds.PROSE)


@ROWS
def test_a_title_that_is_a_line_is_a_name(kind: Kind) -> None:
    (title,) = (shape for shape in shape_of(kind.model) if shape.name == kind.title)
    assert title.marks.name == (title.holds is Holds.LINE)


@ROWS
def test_an_entity_stands_on_a_page(kind: Kind) -> None:
    assert kind.own_page or kind.listed_on
    assert kind.listed_on or kind.free or kind.name == FRONT
    assert all(path.endswith("/") for path in (kind.listed_on, kind.positions_on) if path)


@ROWS
def test_free_pages_have_folders_of_their_authors(kind: Kind) -> None:
    assert kind.free == (kind.name == "page")
    assert kind.page_at("a/b") == ("a/b/" if kind.free else f"{kind.plural}/a/b/")


@ROWS
def test_what_has_ranks_is_ordered_by_them(kind: Kind) -> None:
    by_rank = kind.order in (Order.OF_DATES, Order.OF_RANKS, Order.OF_RANKS_DOWN)
    assert by_rank == (kind.rank.__name__ != "_unranked")


def test_no_two_rows_have_the_same_names_or_places() -> None:
    for column in ("name", "plural", "place", "model"):
        assert len({getattr(kind, column) for kind in KINDS.values()}) == len(KINDS), column
    assert len({kind.search for kind in SEARCHED}) == len(SEARCHED)
    assert not KINDS.keys() & BY_PLURAL.keys()


def test_kinds_with_a_part_of_their_own_are_there() -> None:
    assert {FRONT, CITED, HOLDERS, NOTES} <= KINDS.keys()


def test_an_article_goes_before_a_name() -> None:
    said = {kind.with_article for kind in KINDS.values()}
    assert said >= {
        "an article", "an actor", "an issue", "a claim", "an event", "a source", "a term", "an update",
    }  # fmt: skip


def test_pages_that_list_kinds_stand_in_the_order_of_the_navigation() -> None:
    ours = ("article", "actor", "issue", "claim", "event", "source", "term", "update")
    assert index_pages(ours, has_positions=True) == (
        "issues/", "positions/", "timeline/", "actors/", "claims/", "sources/", "terms/", "updates/",
        "about/",
    )  # fmt: skip
    assert index_pages(["actor", "article"], has_positions=True) == ("actors/", "about/")
    assert index_pages(["issue"], has_positions=False) == ("issues/", "about/")
    assert [kind.name for kind in PLACED][:3] == ["article", "issue", "event"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "article"),
        ("issues/", "issue"),
        ("positions/", "issue"),
        ("timeline/", "event"),
        ("about/", ""),
        ("issues/dam/", ""),
    ],
)
def test_a_page_lists_a_kind(path: str, kind: str) -> None:
    assert kind_listed_on(path) == kind


@ROWS
def test_cards_of_every_kind_have_ids_that_headings_do_not_take(kind: Kind) -> None:
    assert anchors.is_page_part(f"card-{kind.name}-x")
