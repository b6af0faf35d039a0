"""`mixed-spelling`: a word is spelt in two ways on one site: *colour* and *color*.

Told at the rarer spelling, once a pair. Silent in quotations, in names, and for titles of sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.content.models import EntityId
from site_builder.diagnostics import Location
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.site import LintedSite
from site_builder.lint.spellings import spellings_in

Spelt = tuple[str, int, str, Location]
"""A pair, which of its two spellings, the word, and its place."""


def note(entity: LintedEntity) -> Sequence[Spelt]:
    """The words of an entity that can be spelt in two ways."""
    return tuple(
        (found.pair, found.side, found.word, found.row.locate(entity.site.places, *found.span))
        for found in spellings_in(entity)
    )


def check_site(_: LintedSite, notes: Mapping[EntityId, Sequence[Spelt]]) -> Iterator[Finding]:
    """Pairs of which the site has both."""
    by_pair: dict[str, tuple[list[Spelt], list[Spelt]]] = {}
    for rows in notes.values():
        for spelt in rows:
            by_pair.setdefault(spelt[0], ([], []))[spelt[1]].append(spelt)
    for first, second in by_pair.values():
        if not first or not second:
            continue
        rarer, usual = (first, second) if len(first) < len(second) else (second, first)
        yield Finding(
            f"'{rarer[0][2]}' is also spelt '{usual[0][2]}' on this site",
            rarer[0][3],
            "spell it in one way",
        )
