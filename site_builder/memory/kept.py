"""What a build keeps for the next one: values by stage and name, in memory or in a file.

A file has each stage in parts, so that an edit writes few of them anew. Each part has a checksum, and only values of
classes on a list are made of it. A file that is damaged, or was written by another version or with other options,
is ignored.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from site_builder.disk import create, open_file, own_folder, replacing, sweep
from site_builder.memory.pickles import dumps, loads
from site_builder.reading.files import digest_bytes
from site_builder.values import NamedTuple

MOST_PARTS = 64
"""Parts of a large stage: an edit writes one or two of them anew."""
_VALUES = 64
"""Values in a part, as long as there are not more parts than that."""


class Stage(NamedTuple):
    """A stage whose values are kept: its name, the types of names and values, and of the results, if they are steps."""

    name: str
    key: type
    value: type
    result: type | None = None


class Kept:
    """What one build keeps. `held` are values that live no longer than the process."""

    def __init__(self) -> None:
        self._stages: dict[str, Mapping[Any, Any]] = {}
        self.held: dict[str, Any] = {}

    def steps(self, stage: str) -> Mapping[Any, Any]:
        """The values of a stage by name, none if it has not been kept."""
        return self._stages.get(stage, _NOTHING)

    def keep(self, stage: str, values: Mapping[Any, Any]) -> None:
        """Keeps the values of a stage."""
        self._stages[stage] = values


_NOTHING: Mapping[Any, Any] = {}


class KeptFile:
    """A file of what a build has kept. `key` names everything that it depends on."""

    def __init__(self, path: Path, key: str, stages: Sequence[Stage]) -> None:
        self._path = path
        self._key = digest_bytes(key.encode())
        self._stages = stages
        self._parts: list[Sequence[tuple[dict[Any, Any], memoryview]]] = [() for _ in stages]
        """By stage: the parts that were read, each with its bytes."""
        self._read = Kept()

    def read(self) -> Kept:
        """What the last build has kept; nothing if there is no file, or one that is not to be trusted."""
        kept = Kept()
        try:
            counts, *data = read_joined(self._path, 1 + len(self._stages) * MOST_PARTS, self._key)
            parts = iter([(loads(part), part) for part in data])
            stages = [[next(parts) for _ in range(count)] for count in counts]
            if next(parts, None) or not _are_sound(stages, self._stages):
                return kept
        except Exception:  # noqa: BLE001  # whatever is wrong with a cache, it is ignored
            return kept
        self._parts[:] = stages
        for stage, rows in zip(self._stages, stages, strict=True):
            values: dict[Any, Any] = {}
            for part, _ in rows:
                values.update(part)
            kept.keep(stage.name, values)
        self._read = kept
        return kept

    def write(self, kept: Kept) -> bool:
        """Writes what a build has kept, whole or not at all; False if its folder is not ours. Raises `OSError`."""
        folder = self._path.parent
        if not own_folder(folder):
            return False
        sweep(folder)
        _ignore_in_git(folder)
        with replacing(self._path) as temporary, open(temporary, "r+b") as file:
            counts = bytes(_parts_for(len(kept.steps(stage.name))) for stage in self._stages)
            parts = self._packed(kept, counts)
            write_joined(file, chain([counts], parts), 1 + sum(counts), self._key)
        return True

    def _packed(self, kept: Kept, counts: bytes) -> Iterator[bytes | memoryview]:
        """The bytes of so many parts of each stage: of those that are as they were, the bytes that were read."""
        for stage, parts, count in zip(self._stages, self._parts, counts, strict=True):
            now, old = kept.steps(stage.name), self._read.steps(stage.name)
            changed: dict[int, dict[Any, Any]] = {}
            if count != len(parts):
                changed, old = {part: {} for part in range(count)}, _NOTHING
            for name in old.keys() - now.keys():
                part = _part_of(name, count)
                if part not in changed:
                    changed[part] = dict(parts[part][0])
                changed[part].pop(name)
            for name, value in now.items():
                if old.get(name, self) is not value:
                    part = _part_of(name, count)
                    if part not in changed:
                        changed[part] = dict(parts[part][0])
                    changed[part][name] = value
            for part in range(count):
                yield dumps(changed[part]) if part in changed else parts[part][1]


def _parts_for(values: int) -> int:
    """In how many parts so many values are kept: a power of two."""
    count = 1
    while count < MOST_PARTS and count * _VALUES < values:
        count *= 2
    return count


def _part_of(name: Hashable, count: int) -> int:
    return crc32(str(name).encode()) % count


def _are_sound(parts: Sequence[Sequence[tuple[object, object]]], stages: Sequence[Stage]) -> bool:
    """Whether names and values of all parts are of the types that their stages have."""
    return len(parts) == len(stages) and all(
        isinstance(part, dict) and _is_sound(part, stage)
        for rows, stage in zip(parts, stages, strict=True)
        for part, _ in rows
    )


def _is_sound(part: dict[Any, Any], stage: Stage) -> bool:
    if not {*map(type, part)} <= {stage.key} or not {*map(type, part.values())} <= {stage.value}:
        return False
    return stage.result is None or all(
        type(step.reads) is bytes and type(step.result) is stage.result for step in part.values()
    )


_HEAD = 24
"""Bytes before the sizes: the key, their checksum, how many there are."""
_SIZES = struct.Struct("<QI")
"""Of each part: its length and its CRC-32, which tells what was cut short or overwritten."""


def write_joined(
    file: BinaryIO, parts: Iterable[bytes | memoryview], count: int, key: bytes
) -> None:
    """Writes so many parts into a file: a key of 16 bytes, their sizes and checksums, themselves."""
    file.seek(_HEAD + _SIZES.size * count)
    sizes = b""
    for part in parts:
        sizes += _SIZES.pack(len(part), crc32(part))
        file.write(part)
    sizes = count.to_bytes(4, "little") + sizes
    file.seek(0)
    file.write(key + crc32(sizes).to_bytes(4, "little") + sizes)


def read_joined(path: Path, most: int, key: bytes) -> list[memoryview]:
    """The parts of such a file; none if there are more, it has another key or is damaged. Raises `OSError`."""
    with open(open_file(path), "rb") as file:
        head = file.read(_HEAD)
        count = int.from_bytes(head[20:], "little")
        if len(head) < _HEAD or head[:16] != key or count > most:
            return []
        start = _HEAD + _SIZES.size * count
        head += file.read(start - _HEAD)
        if len(head) < start:
            return []
        if crc32(head[20:]) != int.from_bytes(head[16:20], "little"):
            return []
        sizes = [*_SIZES.iter_unpack(head[_HEAD:])]
        # A file of another length is not read: it may be of any size.
        if os.fstat(file.fileno()).st_size != start + sum(size for size, _ in sizes):
            return []
        view = memoryview(file.read())
    parts = []
    start = 0
    for size, check in sizes:
        part = view[start : start + size]
        if len(part) != size or crc32(part) != check:
            return []
        parts.append(part)
        start += size
    return parts


def _ignore_in_git(folder: Path) -> None:
    with contextlib.suppress(FileExistsError):
        create(
            folder / ".gitignore",
            b"# What site-builder remembers between builds. Safe to delete.\n*\n",
        )
