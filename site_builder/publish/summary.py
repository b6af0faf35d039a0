"""Tells what a publish found and did: in words, and as JSON."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.publish import record as records
from site_builder.publish import reporting
from site_builder.publish.addresses import NAME as LEDGER
from site_builder.publish.faults import listed, scrubbed, some
from site_builder.publish.plan import Action
from site_builder.publish.publishing import BrokenSite, Prepared, Published
from site_builder.publish.reporting import Kinds, compared, from_repository
from site_builder.text.shown import on_one_line


def as_object(prepared: Prepared | BrokenSite, root: Path, *, published: bool) -> str:
    """Findings and changes, done or planned, as JSON."""
    problems = from_repository(prepared.diagnostics, root, os.environ)
    if isinstance(prepared, BrokenSite):
        return reporting.as_object(problems, Kinds(), Kinds(), {}, published=False)
    plan, shipment = prepared.plan, prepared.shipment
    before = shipment.before.entities if shipment.before else {}
    files = Kinds(
        *(
            [row.path for row in plan.of(action) if row.path != records.NAME]
            for action in (Action.ADD, Action.CHANGE, Action.REMOVE)
        )
    )
    return reporting.as_object(
        problems,
        files,
        compared(before, shipment.record.entities),
        shipment.renamed,
        target=prepared.name,
        address=on_one_line(scrubbed(prepared.address)),
        published=published,
    )


def in_words(prepared: Prepared, published: Published) -> str:
    """The result in words: where, what changed, how long it took."""
    took = f"({published.seconds:.1f} s)"
    if not prepared.plan:
        lines = [f"{prepared.address} is up to date; nothing was sent {took}"]
    else:
        lines = [f"published: {prepared.address} {took}", prepared.shipment.message]
        lines.append(prepared.plan.in_words.replace(" to send", " sent"))
    altered = prepared.shipment.altered
    if altered:
        stay, them = ("stays", "it") if len(altered) == 1 else ("stay", "them")
        lines.append(
            f"{some(len(altered), 'file is', 'files are')} no longer in the site and {stay} there, because "
            f"somebody else changed {them}: {listed(altered)}"
        )
    if published.ledger_changed:
        lines.append(f"{LEDGER} has changed: keep it in version control with the content")
    return scrubbed("\n".join(lines))
