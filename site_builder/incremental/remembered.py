"""What one build leaves for the next.

Everything here can be worked out again from the files, and is as good as absent when it is damaged,
of another version or of another set of options.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import is_
from typing import Any, NamedTuple
from zlib import crc32

from site_builder.content.entries import EntryFacts, FileFacts
from site_builder.content.library import Noted
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic
from site_builder.incremental.facets import State
from site_builder.links.graph import Head, LinkedAbout
from site_builder.links.tracing import Reads
from site_builder.memory.pickles import Packed, Unpacked
from site_builder.pages.briefs import Brief
from site_builder.reading.files import Signature


class KeptPage(NamedTuple):
    """A page as it was rendered: its route in words, what it read, and the digest of its bytes."""

    route: str
    reads: Reads
    digest: str


class Checked(NamedTuple):
    """What the checks of one entity read and found."""

    reads: Reads
    findings: tuple[Diagnostic, ...]


@dataclass
class Remembered:
    """The last build of a site with the same options."""

    site_key: str = ""
    """Stands for what every entry's links depend on beside the entries themselves."""
    theme_key: str = ""
    """Stands for what every page depends on beside the graph."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """By name: the digests of the theme's templates."""
    hides: bool = False
    """Whether any entity is left out, which another day may change."""
    noted: dict[str, Noted] = field(default_factory=dict)
    files: dict[str, FileFacts] = field(default_factory=dict)
    facts: dict[EntityId, EntryFacts] = field(default_factory=dict)
    heads: dict[EntityId, Head] = field(default_factory=dict)
    packed_briefs: dict[EntityId, Packed[Brief]] = field(default_factory=dict)
    findings: dict[EntityId, tuple[Diagnostic, ...]] = field(default_factory=dict)
    """What the link stage found, by entity; most have nothing."""
    checked: dict[EntityId, Checked] = field(default_factory=dict)
    sequences: Mapping[str, tuple[EntityId, ...]] = field(default_factory=dict)
    """By kind: the entities in the order in which readers see them."""
    texts: Mapping[EntityId, str] = field(default_factory=dict)
    """The digests of the texts of sources."""
    about: LinkedAbout = field(default_factory=LinkedAbout)
    pages: dict[str, KeptPage] = field(default_factory=dict)
    """By file."""
    outputs: dict[str, Signature] = field(default_factory=dict)
    """The files of the output folder as they were left, by path."""

    @property
    def briefs(self) -> Mapping[EntityId, Brief]:
        """The entities in short."""
        return Unpacked(self.packed_briefs)

    @property
    def state(self) -> State:
        """What is compared to see which facets are others now."""
        return State(self.heads, self.briefs, self.sequences, self.texts, self.about)


SHARDS = 64
"""Parts in which what is known of single entities is kept: an edit writes one of them anew."""


class Shard(NamedTuple):
    """What is remembered of some content files and of the entities in them."""

    noted: dict[str, Noted]
    files: dict[str, FileFacts]
    heads: dict[EntityId, Head]
    packed_briefs: dict[EntityId, Packed[Brief]]
    findings: dict[EntityId, tuple[Diagnostic, ...]]
    checked: dict[EntityId, Checked]

    def is_same(self, other: "Shard") -> bool:
        """Whether this holds the very values of another one."""
        pairs: Iterable[tuple[dict[Any, Any], dict[Any, Any]]] = zip(self, other, strict=True)
        return all(
            mine.keys() == theirs.keys() and all(map(is_, mine.values(), theirs.values()))
            for mine, theirs in pairs
        )


def shards_of(value: Remembered) -> list[Shard]:
    """What is known of single files and entities, by the name of their file."""
    shards = [Shard({}, {}, {}, {}, {}, {}) for _ in range(SHARDS)]
    for path, facts in value.files.items():
        shard = shards[crc32(path.encode()) % SHARDS]
        shard.files[path] = facts
        if path in value.noted:
            shard.noted[path] = value.noted[path]
        for row in facts.entries:
            id = row.id
            if id in value.heads:
                shard.heads[id] = value.heads[id]
                shard.packed_briefs[id] = value.packed_briefs[id]
                shard.checked[id] = value.checked[id]
                if id in value.findings:
                    shard.findings[id] = value.findings[id]
    return shards


Numbers = bytes
"""Numbers of four bytes."""


class Rest(NamedTuple):
    """What is remembered of the site as a whole. Entities stand there by their number among those of all shards."""

    site_key: str
    theme_key: str
    templates: Mapping[str, str]
    hides: bool
    order: Numbers
    """All entities, in the order of the files."""
    sequences: Mapping[str, Numbers]
    texts: Mapping[EntityId, str]
    about: LinkedAbout
    noted: Mapping[str, Noted]
    """The files that belong to no collection."""
    pages: dict[str, KeptPage]
    outputs: dict[str, Signature]


def rest_of(value: Remembered, shards: Iterable[Shard]) -> Rest:
    """What is remembered of the site as a whole; `shards` have the rest."""
    numbers = {id: number for number, id in enumerate(id for row in shards for id in row.heads)}

    def numbers_of(ids: Iterable[EntityId]) -> Numbers:
        return array("I", map(numbers.__getitem__, ids)).tobytes()

    return Rest(
        value.site_key,
        value.theme_key,
        value.templates,
        value.hides,
        numbers_of(value.heads),
        {kind: numbers_of(ids) for kind, ids in value.sequences.items()},
        value.texts,
        value.about,
        {path: noted for path, noted in value.noted.items() if path not in value.files},
        value.pages,
        value.outputs,
    )


def are_sound(rest: Rest, shards: Iterable[object]) -> bool:
    """Whether these are what `rest_of` and `shards_of` make: a look at types, not at all that is in them."""
    types = (str, str, dict, bool, bytes, dict, dict, LinkedAbout, dict, dict, dict)
    if not all(map(isinstance, rest, types)):
        return False
    tables: list[tuple[Mapping[Any, Any], type, type]] = [
        (rest.templates, str, str),
        (rest.sequences, str, bytes),
        (rest.texts, EntityId, str),
        (rest.noted, str, tuple),
        (rest.pages, str, KeptPage),
        (rest.outputs, str, tuple),
    ]
    for shard in shards:
        if not isinstance(shard, Shard):
            return False
        if not all(isinstance(table, dict) for table in shard):
            return False
        if not shard.heads.keys() == shard.packed_briefs.keys() == shard.checked.keys():
            return False
        tables += zip(
            shard,
            (str, str, EntityId, EntityId, EntityId, EntityId),
            (tuple, FileFacts, Head, Packed, tuple, Checked),
            strict=True,
        )
    return all(
        {*map(type, table)} <= {key} and {*map(type, table.values())} <= {value}
        for table, key, value in tables
    )


def remembered_from(rest: Rest, shards: Iterable[Shard]) -> Remembered:
    """What was taken apart by `rest_of` and `shards_of`."""
    value = Remembered(rest.site_key, rest.theme_key, rest.templates, rest.hides)
    value.outputs, value.pages = rest.outputs, rest.pages
    value.texts, value.about = rest.texts, rest.about
    value.noted.update(rest.noted)
    heads: dict[EntityId, Head] = {}
    for shard in shards:
        value.noted.update(shard.noted)
        value.files.update(shard.files)
        heads.update(shard.heads)
        value.packed_briefs.update(shard.packed_briefs)
        value.findings.update(shard.findings)
        value.checked.update(shard.checked)
    ids = list(heads)
    value.heads = {ids[number]: heads[ids[number]] for number in array("I", rest.order)}
    value.sequences = {
        kind: tuple(ids[number] for number in array("I", numbers))
        for kind, numbers in rest.sequences.items()
    }
    facts = (row for file in value.files.values() for row in file.entries)
    value.facts = {row.id: row for row in facts if row.id in value.heads}
    return value
