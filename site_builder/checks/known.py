"""`known-one-party`: what is listed as known must not rest on a claim that is not agreed. A warning."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import KINDS
from site_builder.content.models import Claim, Fact
from site_builder.content.places import Places
from site_builder.content.shape import Found, records_in, said_in
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.graph import Graph, Linked, Mark
from site_builder.links.stretches import stretches, stretches_of

_CLAIM = next(kind.name for kind in KINDS.values() if kind.model is Claim)


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Lines of `known` that cite a passage also cited for or against a claim that is not agreed."""
    facts = records_in(linked.entry.record, Fact)
    if not facts:
        return []
    claims = [
        row for row in graph.of_kind(_CLAIM) if row.entry.record_of(Claim).known_status != "agreed"
    ]
    cited = {row.entry.id: stretches_of(graph, row) for row in claims}
    found = []
    for fact in facts:
        ours = list(stretches(graph, _marks(linked, fact)))
        for claim in claims:
            if not any(our.holds(their) for our in ours for their in cited[claim.entry.id]):
                continue
            status = claim.entry.record_of(Claim).known_status
            message = f"this rests on the words of claim '{claim.entry.slug}', which is {status}"
            location = places.value(linked.entry.file, (*linked.entry.within, *fact.path, "cite"))
            hint = "cite fewer words, or leave it to the claim"
            found.append(Diagnostic("known-one-party", message, location, hint, Severity.WARNING))
    return found


def _marks(linked: Linked, fact: Found) -> Iterator[Mark]:
    yield from linked.cites.get((*fact.path, "cite"), ())
    text = linked.prose.get((*fact.path, said_in(Fact)), ())
    yield from (part for part in text if isinstance(part, Mark))
