"""What one build leaves for the next.

Everything here can be worked out again from the files, and is as good as absent when it is damaged,
of another version or of another set of options.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import is_
from typing import Any, NamedTuple
from zlib import crc32

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


SHARDS = 64
"""Parts in which what is known of single entities is kept: an edit writes one of them anew."""


class Shard(NamedTuple):
    """What is remembered of some content files and of the entities in them."""

    noted: dict[str, Noted]
    files: dict[str, FileFacts]
    heads: dict[EntityId, Head]
    briefs: dict[EntityId, Brief]
    findings: dict[EntityId, tuple[Diagnostic, ...]]
    checked: dict[EntityId, tuple[frozenset[Facet], tuple[Diagnostic, ...]]]

    def is_same(self, other: Shard) -> bool:
        """Whether this holds the very values of another one."""
        pairs: Iterable[tuple[dict[Any, Any], dict[Any, Any]]] = zip(self, other, strict=True)
        return all(
            mine.keys() == theirs.keys() and all(map(is_, mine.values(), theirs.values()))
            for mine, theirs in pairs
        )


def shards_of(value: Remembered) -> list[Shard]:
    """What is known of single files and entities, by the name of their file."""
    shards = [Shard({}, {}, {}, {}, {}, {}) for _ in range(SHARDS)]
    for path, noted in value.noted.items():
        shards[crc32(path.encode()) % SHARDS].noted[path] = noted
    for path, facts in value.files.items():
        shard = shards[crc32(path.encode()) % SHARDS]
        shard.files[path] = facts
        for row in facts.entries:
            if row.id in value.heads:
                shard.heads[row.id] = value.heads[row.id]
                shard.briefs[row.id] = value.briefs[row.id]
                shard.findings[row.id] = value.findings[row.id]
            if row.id in value.checked:
                shard.checked[row.id] = value.checked[row.id]
    return shards


Rest = tuple[str, str, bool, str, list[bytes], dict[str, tuple[str, bytes, str]], dict[str, Noted]]
"""What is remembered of the site: keys, whether it hides any, facets, pages, outputs."""


def rest_of(value: Remembered) -> Rest:
    """What is remembered of the site as a whole, with facets as numbers: each is named often."""
    names = list(value.facets)
    numbers = {name: number for number, name in enumerate(names)}
    pages = {
        file: (
            page.route,
            array("I", sorted(map(numbers.__getitem__, page.reads))).tobytes(),
            page.digest,
        )
        for file, page in value.pages.items()
    }
    digests = list(value.facets.values())
    return (
        value.site_key, value.theme_key, value.hides, "\n".join(names), digests, pages, value.outputs,
    )  # fmt: skip


def remembered_from(rest: Rest, shards: Iterable[Shard]) -> Remembered:
    """What was taken apart by `rest_of` and `shards_of`."""
    site_key, theme_key, hides, names, digests, pages, outputs = rest
    facets = names.split("\n") if names else []
    value = Remembered(site_key, theme_key, hides, outputs=outputs)
    value.facets = dict(zip(facets, digests, strict=True))
    for file, (route, reads, digest) in pages.items():
        named = frozenset(map(facets.__getitem__, array("I", reads)))
        value.pages[file] = KeptPage(route, named, digest)
    for shard in shards:
        value.noted.update(shard.noted)
        value.files.update(shard.files)
        value.heads.update(shard.heads)
        value.briefs.update(shard.briefs)
        value.findings.update(shard.findings)
        value.checked.update(shard.checked)
    facts = (row for file in value.files.values() for row in file.entries)
    value.facts = {row.id: row for row in facts if row.id in value.heads}
    return value
