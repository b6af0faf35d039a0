"""Where what one build leaves for the next is kept: `.site-builder/` in the site's root.

Safe to delete, of use to keep between CI runs. What is damaged, foreign, of another version of this
program or of other options is as good as absent.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from site_builder.incremental.remembered import (
    Remembered,
    Shard,
    remembered_from,
    rest_of,
    shards_of,
)
from site_builder.incremental.unchanged import (
    FOLDER,
    Signature,
    is_settled,
    signature,
    version_key,
)
from site_builder.memory.blobs import Blobs
from site_builder.memory.pickles import dumps, loads
from site_builder.memory.store import Store
from site_builder.reading.files import digest, digest_bytes


class Memory:
    """The memory of builds of one site into one output folder, with these settings."""

    def __init__(self, root: Path, output: Path, settings: tuple[object, ...]) -> None:
        self._folder = root / FOLDER
        self._output = output
        version = version_key()
        self._key = f"{version} {output.absolute()} {settings}"
        name = digest(f"{output.absolute()} {settings}".encode())[:8]
        self._path = self._folder / f"last-{name}"
        self.store = Store(self._folder, "parsed", version)
        self.blobs = Blobs(self._folder / "made")
        self._shards: list[tuple[Shard, bytes]] = []

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def recall(self) -> Remembered:
        """What the last build left; nothing, if it is not there or not to be trusted."""
        with contextlib.suppress(OSError):
            data = self._path.read_bytes()
            if data[:16] == digest_bytes(self._key.encode()) and (
                data[16:32] == digest_bytes(data[32:])
            ):
                parts = loads(data[32:])
                rest, *shards = [loads(part) for part in parts or [b""]]
                if rest is not None and None not in shards:
                    self._shards = list(zip(shards, parts[1:], strict=True))
                    return remembered_from(rest, shards)
        return Remembered()

    def intact_outputs(self, remembered: Remembered) -> Collection[str]:
        """The files of the output that are as the last build left them."""
        return {
            path
            for path, (signature, _) in remembered.outputs.items()
            if self._signature(path) == signature
        }

    def _signature(self, path: str) -> Signature | None:
        return signature(f"{self._output}/{path}")

    def remember(self, value: Remembered, outputs: Iterable[str]) -> None:
        """Keeps what a build leaves, whole or not at all. A folder that can't be written is no fault."""
        signatures = ((path, self._signature(path)) for path in outputs)
        value.outputs = {path: (found, "") for path, found in signatures if found}
        value.noted = {path: row for path, row in value.noted.items() if is_settled(row[0])}
        body = dumps([dumps(rest_of(value)), *self._packed(shards_of(value))])
        temporary = self._path.with_suffix(f".{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            _ignore_in_git(self._folder)
            temporary.write_bytes(digest_bytes(self._key.encode()) + digest_bytes(body) + body)
            os.replace(temporary, self._path)
            self.store.save()

    def _packed(self, shards: list[Shard]) -> Iterator[bytes]:
        """The bytes of the shards: of those that are as they were, the bytes that were read."""
        for shard, (old, data) in zip_longest(shards, self._shards, fillvalue=(None, b"")):
            assert isinstance(shard, Shard)
            yield data if old is not None and shard.is_same(old) else dumps(shard)


def _ignore_in_git(folder: Path) -> None:
    note = folder / ".gitignore"
    if not note.exists():
        note.write_text("# What site-builder remembers between builds. Safe to delete.\n*\n")
