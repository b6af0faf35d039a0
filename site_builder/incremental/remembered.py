"""What one build leaves for the next.

Everything here can be worked out again from the files, and is as good as absent when it is damaged,
of another version or of another set of options.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from site_builder.content.entries import EntryFacts, FileFacts
from site_builder.content.library import Noted
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Facet, Head
from site_builder.pages.briefs import Brief


@dataclass(frozen=True)
class KeptPage:
    """A page as it was rendered: its route in words, what it read, and the digest of its bytes."""

    route: str
    reads: frozenset[Facet]
    digest: str


@dataclass
class Remembered:
    """The last build of a site with the same options."""

    site_key: str = ""
    """Stands for what every entry's links depend on beside the entries themselves."""
    theme_key: str = ""
    """Stands for what every page depends on beside the graph."""
    hides: bool = False
    """Whether any entity is left out, which another day may change."""
    noted: dict[str, Noted] = field(default_factory=dict)
    files: dict[str, FileFacts] = field(default_factory=dict)
    facts: dict[EntityId, EntryFacts] = field(default_factory=dict)
    heads: dict[EntityId, Head] = field(default_factory=dict)
    briefs: dict[EntityId, Brief] = field(default_factory=dict)
    findings: dict[EntityId, tuple[Diagnostic, ...]] = field(default_factory=dict)
    """What the link stage found, by entity."""
    checked: dict[EntityId, tuple[frozenset[Facet], tuple[Diagnostic, ...]]] = field(
        default_factory=dict
    )
    """What the checks of one entity read and found."""
    facets: dict[Facet, bytes] = field(default_factory=dict)
    """The digests of all facets that a page or a check has read."""
    pages: dict[str, KeptPage] = field(default_factory=dict)
    """By file."""
    outputs: dict[str, Noted] = field(default_factory=dict)
    """The files of the output folder as they were left, by path."""


Packed = tuple[Remembered, str, list[bytes], dict[str, object], dict[EntityId, object]]
"""A value with its facets as numbers: there are many, and each is named often."""


def packed(value: Remembered) -> Packed:
    """The value as it is kept: names and digests of facets, then pages and checks by numbers."""
    names = list(value.facets)
    numbers = {name: number for number, name in enumerate(names)}

    def numbered(reads: Iterable[Facet]) -> bytes:
        return array("I", sorted(numbers[name] for name in reads)).tobytes()

    return (
        replace(value, facets={}, pages={}, checked={}),
        "\n".join(names),
        list(value.facets.values()),
        {
            file: (page.route, numbered(page.reads), page.digest)
            for file, page in value.pages.items()
        },
        {id: (numbered(reads), found) for id, (reads, found) in value.checked.items()},
    )


def unpacked(
    value: Remembered,
    names: str,
    digests: list[bytes],
    pages: dict[str, tuple[str, bytes, str]],
    checked: dict[EntityId, tuple[bytes, tuple[Diagnostic, ...]]],
) -> Remembered:
    """The value that `packed` was given."""
    facets = names.split("\n") if names else []

    def named(reads: bytes) -> frozenset[Facet]:
        return frozenset(map(facets.__getitem__, array("I", reads)))

    value.facets = dict(zip(facets, digests, strict=True))
    value.pages = {
        file: KeptPage(route, named(reads), digest)
        for file, (route, reads, digest) in pages.items()
    }
    value.checked = {id: (named(reads), found) for id, (reads, found) in checked.items()}
    return value
