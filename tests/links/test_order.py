"""In which order readers see things, kind by kind."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.content.dates import parse_date
from site_builder.content.kinds import KINDS
from site_builder.content.models import Actor, Claim, Contest, EntityId, Event, Record, Update
from site_builder.links.order import Ranked, by_date, by_rank, by_rank_down, in_order


def ranked(kind: str, slug: str, record: Record | None = None, after: str = "") -> Ranked:
    """An entity with its rank; `after` is the slug of what it says it comes after."""
    before = EntityId(kind, after) if after else None
    return Ranked(EntityId(kind, slug), KINDS[kind].rank(record) if record else (), before)


def event(slug: str, date: str, after: str = "") -> Ranked:
    return ranked("event", slug, Event(date=parse_date(date), title=slug), after)


def claim(status: str | None = None, *, contested: bool = False) -> Claim:
    contests = (Contest(actor="a", statement="No."),) if contested else ()
    return Claim(statement="It leaks.", made_by=("a",), contested_by=contests, status=status)  # type: ignore[arg-type]


def update(slug: str, date: str) -> Ranked:
    return ranked("update", slug, Update(date=parse_date(date), text="x"))


def slugs(heads: Sequence[Ranked]) -> str:
    return " ".join(row.id.slug for row in heads)


@pytest.mark.parametrize(
    ("record", "status"),
    [
        (claim(), "unverified"),
        (claim(contested=True), "disputed"),
        (claim("agreed", contested=True), "agreed"),
        (claim("withdrawn"), "withdrawn"),
    ],
)
def test_a_claim_has_its_status_or_is_disputed_where_somebody_contests_it(
    record: Claim, status: str
) -> None:
    assert record.known_status == status


def test_ranks_are_what_decides_the_order() -> None:
    date = parse_date("2025-03")
    assert KINDS["event"].rank(Event(date=date, title="x")) == (date.order, True)
    assert KINDS["event"].rank(Event(date=parse_date("unknown"), title="x"))[1] is False
    assert KINDS["update"].rank(Update(date=date, text="x")) == (True, date.order)
    ranks = [
        KINDS["claim"].rank(claim(s)) for s in ("disputed", "unverified", "agreed", "withdrawn")
    ]
    assert ranks == [(0,), (1,), (2,), (3,)]
    assert KINDS["actor"].rank(Actor(name="A")) == ()


def test_claims_that_are_disputed_come_first_and_others_as_in_the_files() -> None:
    rows = [
        ranked("claim", "a", claim("withdrawn")),
        ranked("claim", "b", claim("agreed")),
        ranked("claim", "c", claim()),
        ranked("claim", "d", claim("disputed")),
        ranked("claim", "e", claim()),
        ranked("claim", "f", claim(contested=True)),
    ]
    assert slugs(by_rank(rows)) == "d f c e b a"


def test_updates_are_newest_first_by_instant_and_undated_ones_last() -> None:
    rows = [
        update("none", "unknown"),
        update("old", "2024-12"),
        update("west", "2026-05-01T10:00-05:00"),
        update("utc", "2026-05-01T12:00Z"),
        update("bc", "-0043"),
        update("same", "2024-12"),
    ]
    assert slugs(by_rank_down(rows)) == "west utc old same bc none"


@pytest.mark.parametrize(
    ("events", "order"),
    [
        (["b 2025", "a 2024", "c unknown", "d 2026"], "a b d c"),
        (["west 2026-05-01T10:00-05:00", "utc 2026-05-01T12:00Z"], "utc west"),
        (["c 2025-01-01", "b 2025-01", "a 2025"], "a b c"),
        (["y unknown", "x unknown"], "y x"),
        # `after` places what has no date, behind what it followed and before what comes next.
        (["a 2024", "b 2025", "c unknown a"], "a c b"),
        (["c unknown a", "b 2025", "a 2024"], "a c b"),
        (["a 2024", "z 2030", "c unknown a", "d unknown c", "e unknown a"], "a c d e z"),
        # Dates that say the order themselves are left alone.
        (["a 2024", "b 2025", "c 2026 a"], "a b c"),
        (["a 2024", "b 2025", "c 2024-06 a"], "a c b"),
        # A date that stands before what it followed goes behind it.
        (["c 2025 a", "a 2025-06", "b 2025-07"], "a c b"),
        (["a unknown", "b 2025 a"], "a b"),
        # What came before something dated and has no date stands in front of it.
        (["z unknown", "a unknown", "b 2025 a", "c 2026"], "a b c z"),
        (
            ["d 2024", "a unknown", "u unknown a", "b 2025 u", "c 2026 u", "e unknown a"],
            "d a u e b c",
        ),
        (["a unknown", "c 2026 a", "b 2025 a", "d 2024"], "d a b c"),
        (["a 2024", "u unknown a", "b 2025 u", "c 2024-06"], "a u c b"),
        (["b 2025", "a 2025-03", "u unknown a", "c 2025-02 u"], "b a u c"),
        # What follows something that is not there, or itself, or goes in a circle, is not lost.
        (["a 2025 gone", "b 2024"], "b a"),
        (["a unknown a", "b 2024"], "b a"),
        (["a unknown b", "b unknown a", "c 2024"], "c a b"),
        (["a unknown c", "b unknown a", "c unknown b", "d unknown a"], "a b c d"),
    ],
)
def test_events_stand_by_date_and_where_after_puts_them(events: list[str], order: str) -> None:
    assert slugs(by_date([event(*text.split()) for text in events])) == order


_EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["unknown", "2024", "2025-01", "2025-01-01", "2026-05-01T10:00-05:00", "-0043"]),
        st.one_of(st.just(""), st.integers(0, 7).map(str)),
    ),
    max_size=8,
)  # fmt: skip


@given(_EVENTS, st.randoms())
def test_every_event_is_there_once_whatever_follows_what(
    rows: list[tuple[str, str]], chance: random.Random
) -> None:
    events = [event(str(number), date, after) for number, (date, after) in enumerate(rows)]
    chance.shuffle(events)
    found = by_date(events)
    assert sorted(row.id for row in found) == sorted(row.id for row in events)
    plain = [row for row in found if not row.after]
    dated = [row.rank for row in plain if row.rank[-1]]
    assert dated == sorted(dated)


@pytest.mark.parametrize(
    ("kind", "rows", "listed", "order"),
    [
        ("actor", [ranked("actor", slug) for slug in ("adam", "bea", "carl")], "carl bea bea", "carl bea adam"),
        ("issue", [ranked("issue", "dam"), ranked("issue", "pond")], "pond", "pond dam"),
        ("source", [ranked("source", "z"), ranked("source", "a")], "", "z a"),
        ("event", [event("late", "2025"), event("early", "2024")], "", "early late"),
        ("claim", [ranked("claim", "a", claim("agreed")), ranked("claim", "d", claim("disputed"))], "", "d a"),
        ("update", [update("old", "2024"), update("new", "2025")], "", "new old"),
        ("issue", [], "", ""),
    ],
)  # fmt: skip
def test_what_articles_list_comes_first_and_each_kind_has_its_order(
    kind: str, rows: list[Ranked], listed: str, order: str
) -> None:
    found = in_order(kind, rows, [EntityId(kind, slug) for slug in listed.split()])
    assert found == tuple(EntityId(kind, slug) for slug in order.split())
