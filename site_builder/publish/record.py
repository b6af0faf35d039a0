"""The record of a target: the files that were published there, and their entities.

The record is published with the site. It distinguishes the builder's files from other people's, lets the
next publish say what changed, and contains nothing that the site does not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import IO, TypeGuard

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.disk import is_clean
from site_builder.links.graph import Graph
from site_builder.links.plain import shown_title
from site_builder.publish.files import sum_at
from site_builder.reading.files import digest

NAME = ".published.json"
_VERSION = 1
LARGEST = 128 * 1024 * 1024
"""The largest record in bytes: more than a million files. A larger one is ignored."""
_LARGEST_FILE = 1 << 62
_PIECE = 1 << 20


@dataclass(frozen=True)
class PublishedFile:
    """A published file. `digest` is "" while a publish that changes it is in progress."""

    digest: str
    size: int


@dataclass(frozen=True)
class Shown:
    """A published entity: the digest of its fields and text, and its title."""

    digest: str
    title: str


@dataclass(frozen=True)
class Record:
    """What was published: files by path, entities, and in `manner` how the files are stored."""

    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    entities: Mapping[EntityId, Shown] = field(default_factory=dict)
    manner: str = ""

    @classmethod
    def read(cls, file: IO[bytes]) -> Record | None:
        """The record in an open file, as `parse` says."""
        data = b""
        while len(data) <= LARGEST and (more := file.read(_PIECE)):
            data += more
        return cls.parse(data)

    @classmethod
    def parse(cls, data: bytes) -> Record | None:
        """Reads a record; None if this version can't read it.

        Others may be able to write to the target, so only clean relative paths and known kinds are used.
        """
        if len(data) > LARGEST:
            return None
        try:
            value = json.loads(data)
            if value["version"] != _VERSION:
                return None
            files = {}
            for path, (sum, size) in value["files"].items():
                if is_clean(path) and _is_text(sum) and _is_size(size):
                    files[path] = PublishedFile(sum, size)
            entities = {}
            for name, (sum, title) in value["entities"].items():
                kind, _, slug = name.partition("/")
                if kind in KINDS and slug and all(map(_is_text, (slug, sum, title))):
                    entities[EntityId(kind, slug)] = Shown(sum, title)
            manner = value["manner"]
            return cls(files, entities, manner) if _is_text(manner) else None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def wrote(self, path: str, digest: str) -> bool:
        """Whether the bytes with this digest were published at this path."""
        row = self.files.get(path)
        return row is not None and row.digest == digest != ""

    def dump(self) -> bytes:
        """The record as bytes; the same for the same record."""
        value = {
            "about": "What site-builder published here. It changes and removes only these files.",
            "version": _VERSION,
            "manner": self.manner,
            "files": {path: [row.digest, row.size] for path, row in sorted(self.files.items())},
            "entities": {
                f"{id.kind}/{id.slug}": [row.digest, row.title]
                for id, row in sorted(self.entities.items())
            },
        }
        return (json.dumps(value, ensure_ascii=False, indent=0) + "\n").encode()


def _is_text(value: object) -> TypeGuard[str]:
    """Whether this is a text that can be written as UTF-8, without half a surrogate pair."""
    if not isinstance(value, str):
        return False
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def _is_size(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= _LARGEST_FILE


def record_of(files: Mapping[str, bytes], graph: Graph, manner: str) -> Record:
    """The record of a site that is about to be published."""
    entities = {
        id: Shown(
            digest(f"{linked.entry.record_digest}{linked.entry.body_digest}".encode())[:16],
            shown_title(linked),
        )
        for id, linked in graph.linked.items()
    }
    return Record(
        {path: PublishedFile(*sum_at(files, path)) for path in files},
        entities,
        manner,
    )


def under_way(old: Record | None, new: Record) -> Record:
    """The record to save before anything else, so that an interrupted publish leaves no unknown file.

    It lists all files, old and new, with digests only for those that stay the same.
    """
    old = old or Record()
    files = {**old.files, **new.files}
    for path, row in files.items():
        if old.files.get(path) != new.files.get(path):
            files[path] = PublishedFile("", row.size)
    return replace(old, files=files)
