"""Positions: where actors stand on issues."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import EntityId, Issue
from site_builder.links.addresses import position_anchor
from site_builder.links.graph import PositionAt
from site_builder.links.plain import plain_text
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import NOTHING, CiteView, Text
from site_builder.pages.making import Making
from site_builder.pages.site import StanceView
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple


class EarlierView(NamedTuple):
    """A position held before."""

    stance: StanceView
    summary: Text = NOTHING
    as_of: DateView | None = None
    cites: tuple[CiteView, ...] = ()


class PositionView(NamedTuple):
    """Where an actor stands on an issue."""

    actor: Card
    issue: Card
    stance: StanceView
    number: int
    """Its place among the positions of its issue as they are written, from 0."""
    anchor: str
    """Its id on the issue's page: `position-russia`."""
    path: str
    """Its permanent address: the issue's page, at the anchor."""
    summary: Text = NOTHING
    line: str = ""
    """The summary as plain text."""
    as_of: DateView | None = None
    asked: str = ""
    """That they were asked, and did not answer, in words."""
    earlier: tuple[EarlierView, ...] = ()
    """Oldest first."""
    cites: tuple[CiteView, ...] = ()


class StanceGroupView(NamedTuple):
    """Positions of one issue that share a stance, in the order of the vocabulary."""

    stance: StanceView
    positions: tuple[PositionView, ...]


def position(making: Making, at: PositionAt) -> PositionView:
    """A position; the same one, with the same numbers, wherever the page shows it."""
    view: PositionView | None = making.memo.get(at)
    if view is None:
        view = making.memo[at] = _position(making, at)
    return view


def _position(making: Making, at: PositionAt) -> PositionView:
    linked = making.graph.linked[at.issue]
    row = linked.entry.record_of(Issue).positions[at.number]
    where: YamlPath = ("positions", at.number)
    actor = linked.refs[(*where, "actor")]
    anchor = position_anchor(actor)
    stances, date = making.pages.stances, making.locale.date
    summary = making.prose(linked, *where, "summary")
    cites = making.cites_at(linked, *where, "cite")
    earlier = tuple(
        EarlierView(
            stance=stances[before.stance],
            summary=making.prose(linked, *where, "earlier", index, "summary"),
            as_of=date(before.as_of) if before.as_of else None,
            cites=making.cites_at(linked, *where, "earlier", index, "cite"),
        )
        for index, before in enumerate(row.earlier)
    )
    return PositionView(
        actor=making.card(actor),
        issue=making.card(at.issue),
        stance=stances[row.stance],
        number=at.number,
        anchor=anchor,
        path=making.graph.addresses.of(at.issue, anchor),
        summary=summary,
        line=plain_text(linked.prose.get((*where, "summary"), ())),
        as_of=date(row.as_of) if row.as_of else None,
        asked=making.locale.asked(row.asked),
        earlier=earlier,
        cites=cites,
    )


def stance_groups(making: Making, issue: EntityId) -> tuple[StanceGroupView, ...]:
    """The positions on an issue by stance, in the order of the vocabulary."""
    linked = making.graph.linked[issue]
    rows = linked.entry.record_of(Issue).positions
    groups = []
    for stance in making.pages.stances.values():
        positions = tuple(
            position(making, PositionAt(issue, index))
            for index, row in enumerate(rows)
            if row.stance == stance.slug and ("positions", index, "actor") in linked.refs
        )
        if positions:
            groups.append(StanceGroupView(stance, positions))
    return tuple(groups)
