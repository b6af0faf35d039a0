"""Where what one build leaves for the next is kept: `.site-builder/` in the site's root.

Safe to delete, of use to keep between CI runs. What is damaged, foreign, of another version of this
program or of other options is as good as absent.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from site_builder.disk import create, open_file, own_folder, replacing, sweep
from site_builder.incremental.remembered import (
    SHARDS,
    Remembered,
    Rest,
    Shard,
    are_sound,
    remembered_from,
    rest_of,
    shards_of,
)
from site_builder.incremental.unchanged import (
    FOLDER,
    signature,
    version_key,
)
from site_builder.memory.blobs import Blobs
from site_builder.memory.pickles import dumps, loads
from site_builder.memory.store import Store
from site_builder.reading.files import Signature, digest, digest_bytes, latest_settled


class Memory:
    """The memory of builds of one site into one output folder, with these settings."""

    def __init__(self, root: Path, output: Path, settings: tuple[object, ...]) -> None:
        self.folder = root / FOLDER
        self._output = output
        version = version_key()
        self._key = f"{version} {output.absolute()} {settings}"
        name = digest(f"{output.absolute()} {settings}".encode())[:8]
        self._path = self.folder / f"last-{name}"
        self.store = Store(self.folder, "parsed", version)
        self.blobs = Blobs(self.folder / "made")
        self._shards: list[tuple[Shard, memoryview]] = []

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def recall(self) -> Remembered:
        """What the last build left; nothing, if it is not there or not to be trusted."""
        try:
            parts = read_joined(self._path, 1 + SHARDS, digest_bytes(self._key.encode()))
            rest = loads(parts[0]) if parts else None
            shards = [loads(part) for part in parts[1:]]
            if not isinstance(rest, Rest) or not are_sound(rest, shards):
                return Remembered()
            remembered = remembered_from(rest, shards)
        except Exception:  # noqa: BLE001  # whatever is wrong with a cache, it is as good as absent
            return Remembered()
        self._shards = list(zip(shards, parts[1:], strict=True))
        return remembered

    def intact_outputs(self, remembered: Remembered) -> Mapping[str, Signature]:
        """The files of the output that are as the last build left them."""
        return {
            path: signature
            for path, signature in remembered.outputs.items()
            if self._signature(path) == signature
        }

    def _signature(self, path: str) -> Signature | None:
        return signature(f"{self._output}/{path}")

    def signatures(
        self, paths: Iterable[str], known: Mapping[str, Signature]
    ) -> dict[str, Signature]:
        """The signatures of files of the output as they are now, where they are not known."""
        found = ((path, known.get(path) or self._signature(path)) for path in paths)
        return {path: signature for path, signature in found if signature}

    def remember(self, value: Remembered) -> None:
        """Keeps what a build leaves, whole or not at all. A folder that can't be written is no fault."""
        latest = latest_settled()
        value.noted = {path: row for path, row in value.noted.items() if max(row[0][:2]) < latest}
        shards = shards_of(value)
        parts = chain([dumps(rest_of(value, shards))], self._packed(shards))
        with contextlib.suppress(OSError):
            if not own_folder(self.folder):
                return
            sweep(self.folder)
            _ignore_in_git(self.folder)
            with replacing(self._path) as temporary, open(temporary, "r+b") as file:
                write_joined(file, parts, 1 + SHARDS, digest_bytes(self._key.encode()))
            self.store.save()

    def _packed(self, shards: list[Shard]) -> Iterator[bytes | memoryview]:
        """The bytes of the shards: of those that are as they were, the bytes that were read."""
        for number, shard in enumerate(shards):
            old, data = self._shards[number] if number < len(self._shards) else (None, b"")
            yield data if old is not None and shard.is_same(old) else dumps(shard)


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


def read_joined(path: Path, count: int, key: bytes) -> list[memoryview]:
    """The parts of such a file; none if it has another key or is damaged. Raises `OSError`."""
    with open(open_file(path), "rb") as file:
        start = _HEAD + _SIZES.size * count
        head = file.read(start)
        if len(head) < start or head[:16] != key or head[20:24] != count.to_bytes(4, "little"):
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
