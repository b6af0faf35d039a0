"""Claims: what is claimed, by whom, who disputes it, what a reviewer found."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable

from site_builder.content.models import Claim, Verdict
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import NOTHING, CiteView, Text
from site_builder.pages.making import Making
from site_builder.pages.parts.updates import ChangeView, changes
from site_builder.values import NamedTuple


class ContestView(NamedTuple):
    """Who disputes a claim, and what they say instead."""

    actor: Card
    statement: Text = NOTHING
    cites: tuple[CiteView, ...] = ()
    asked: str = ""
    """That they were asked, in words."""


class VerdictView(NamedTuple):
    """What a named reviewer found."""

    rating: str
    reviewer: str
    text: Text = NOTHING
    date: DateView | None = None
    url: str = ""


class ClaimView(NamedTuple):
    """A claim, shown the same way everywhere."""

    card: Card
    anchor: str
    statement: Text
    status: str
    """`agreed`, `disputed`, `unverified` or `withdrawn`."""
    made_by: tuple[Card, ...]
    verb: str
    """How it comes from them: `says`, `believes` or `is reported`."""
    asked: str = ""
    """That they were asked about it, in words."""
    contested_by: tuple[ContestView, ...] = ()
    verdict: VerdictView | None = None
    issues: tuple[Card, ...] = ()
    cites: tuple[CiteView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    """Newest first."""


def claims(making: Making, rows: Iterable[Linked]) -> tuple[ClaimView, ...]:
    """Claims in this order."""
    return tuple(claim(making, linked) for linked in rows)


def claim(making: Making, linked: Linked) -> ClaimView:
    """A claim."""
    record = linked.entry.record_of(Claim)
    statement = making.prose(linked, "statement")
    cites = making.cites_at(linked, "cite")
    contests = tuple(
        ContestView(
            actor=making.card_at(linked, "contested_by", index, "actor"),
            statement=making.prose(linked, "contested_by", index, "statement"),
            cites=making.cites_at(linked, "contested_by", index, "cite"),
            asked=making.locale.asked(contest.asked),
        )
        for index, contest in enumerate(record.contested_by)
    )
    made_by = (making.card_at(linked, "made_by", index) for index in range(len(record.made_by)))
    verdict = _verdict(making, linked, record.verdict) if record.verdict else None
    return ClaimView(
        card=making.pages.cards.of(linked.entry.id),
        anchor=linked.entry.slug,
        statement=statement,
        status=record.known_status,
        made_by=tuple(dict.fromkeys(made_by)),
        verb=record.verb or "says",
        asked=making.locale.asked(record.asked),
        contested_by=contests,
        verdict=verdict,
        issues=making.card_list(linked.refs_at("issues")),
        cites=cites,
        changes=changes(making, linked.entry.id),
    )


def _verdict(making: Making, linked: Linked, verdict: Verdict) -> VerdictView:
    return VerdictView(
        rating=verdict.rating,
        reviewer=verdict.reviewer,
        text=making.prose(linked, "verdict", "text"),
        date=making.locale.date(verdict.date) if verdict.date else None,
        url=verdict.url or "",
    )
