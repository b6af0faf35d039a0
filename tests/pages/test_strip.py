"""The strip of time on a front page: which events it shows, and their numbers."""

from __future__ import annotations

from site_builder.content.models import EntityId
from site_builder.pages.making import Making
from site_builder.pages.parts.strip import StripView, strip
from site_builder.pages.routes import Route
from tests.conftest import MakeSite
from tests.pages.test_forms import pages_of

SITE = {
    "content/site.yaml": "title: Ponds\n",
    "content/actors.yaml": "ada:\n  name: Ada\nbo:\n  name: Bo\n",
    "content/sources.yaml": "paper:\n  title: The paper\n  file: paper.txt\n",
    "seeds/paper.txt": "The dam leaks, says Ada. Bo has seen no leak.\n",
    "content/claims.yaml": (
        "leak:\n  statement: It leaks.\n  made_by: ada\n"
        '  contested_by:\n    - actor: bo\n      cite: paper "no leak"\n  cite: paper "The dam leaks"\n'
    ),
}


def made(make_site: MakeSite, *events: str, of: str = "") -> StripView:
    """The strip of events, each a slug with its date and what else it has; `of` are the slugs of some of them."""
    rows = [event.split(" ", 2) for event in events]
    text = "".join(
        f"{slug}:\n  title: {slug.upper()}\n  date: {date}\n"
        + "".join(f"  {line}\n" for line in more)
        for slug, date, *more in rows
    )
    pages = pages_of(make_site(SITE | {"content/events.yaml": text}))
    making = Making(pages, Route("home", ""))
    shown = (EntityId("event", slug) for slug in (of or " ".join(row[0] for row in rows)).split())
    view = strip(making, shown)
    assert making.notes() == ()
    return view


def names(view: StripView) -> list[tuple[int, str]]:
    return [(row.number, row.card.slug) for row in view.rows]


def test_six_events_are_all_shown(make_site: MakeSite) -> None:
    view = made(make_site, *(f"e{n} 2026-01-0{n}" for n in range(1, 6)), "u unknown after: e1")
    assert names(view) == [(1, "e1"), (2, "u"), (3, "e2"), (4, "e3"), (5, "e4"), (6, "e5")]
    assert (view.total, view.undated, view.blocks) == (6, 1, None)
    assert view.rows[1].bar is not None
    assert view.rows[1].bar.kind == "span"


def test_of_seven_the_major_and_the_disputed_are_shown_with_their_numbers(
    make_site: MakeSite,
) -> None:
    view = made(
        make_site,
        *(f"e{n} 2026-01-0{n}" for n in range(1, 6)),
        "m 2026-02-01 importance: major",
        'd 2026-01-03 cite: paper "leaks, says Ada"',
    )
    assert names(view) == [(4, "d"), (7, "m")]
    assert [row.disputed for row in view.rows] == [True, False]
    assert view.axis is not None
    assert [label.text for label in view.axis.labels] == ["1 January 2026", "1 February 2026"]


def test_without_a_major_one_the_last_are_shown(make_site: MakeSite) -> None:
    view = made(make_site, *(f"e{n:02} unknown" for n in range(14)))
    assert names(view)[0] == (3, "e02")
    assert len(view.rows) == 12
    assert view.axis is not None
    assert not view.axis.to_scale


def test_of_more_than_twelve_dated_ones_all_are_blocks_and_the_last_five_major_have_rows(
    make_site: MakeSite,
) -> None:
    events = [f"e{n:02} 2026-01-{n:02} importance: major" for n in range(1, 8)]
    view = made(make_site, *events, *(f"f{n} 2025-01-0{n}" for n in range(1, 7)))
    assert names(view) == [(9, "e03"), (10, "e04"), (11, "e05"), (12, "e06"), (13, "e07")]
    assert view.blocks is not None
    assert len(view.blocks.line.blocks) == 13
    assert {row.bar for row in view.rows} == {None}


def test_the_events_of_a_story_keep_their_numbers_and_have_a_scale_of_their_own(
    make_site: MakeSite,
) -> None:
    view = made(make_site, "a 1850", "b 2026-01-01", "c 2026-01-03", of="b c")
    assert names(view) == [(2, "b"), (3, "c")]
    assert view.axis is not None
    assert [label.text for label in view.axis.labels] == ["1 January 2026", "3 January 2026"]


def test_without_events_there_is_no_strip(make_site: MakeSite) -> None:
    assert not strip(Making(pages_of(make_site(SITE)), Route("home", "")), ())
