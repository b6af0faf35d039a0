"""Bytes that wait on disk: a large site has more of them than should be held in memory."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar, cast

from site_builder.disk import own_folder, read_file
from site_builder.memory.pickles import dumps, loads

T = TypeVar("T")

_LARGEST_IN_MEMORY = 4_000_000
"""Bytes."""


class Spool(Mapping[str, bytes]):
    """Bytes by key, in the order in which they came.

    All but the latest wait in a temporary file in `folder`; if that is None, or no file can be made there,
    all are held in memory. They can also be read by a process that is forked later.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._latest: dict[str, bytes] = {}
        self._latest_size = 0
        self._places: dict[str, tuple[int, int]] = {}
        """Where in the file each one is, and how long."""
        self._files: dict[str, str] = {}
        """Files that are read when they are asked for."""
        self._file: BinaryIO | None = None

    def put(self, key: str, data: bytes) -> None:
        """Keeps bytes under a key that has none yet."""
        self._latest[key] = data
        self._latest_size += len(data)
        if self._folder and self._latest_size > _LARGEST_IN_MEMORY:
            with contextlib.suppress(OSError):
                self._move(self._folder)

    def put_file(self, key: str, path: str) -> None:
        """Keeps the place of a file under a key that has none yet; it is read each time it is asked for."""
        self._files[key] = path

    def _move(self, folder: Path) -> None:
        """Moves the latest to the file."""
        if self._file is None:
            from tempfile import TemporaryFile

            if not own_folder(folder):
                return
            self._file = cast("BinaryIO", TemporaryFile(dir=folder))  # noqa: SIM115  # see `close`
        offset = self._file.seek(0, os.SEEK_END)
        self._file.write(b"".join(self._latest.values()))
        self._file.flush()
        for key, data in self._latest.items():
            self._places[key] = offset, len(data)
            offset += len(data)
        self._latest, self._latest_size = {}, 0

    def __getitem__(self, key: str) -> bytes:
        place = self._places.get(key)
        if place is None:
            path = self._files.get(key)
            return self._latest[key] if path is None else read_file(path, follow=True)
        assert self._file is not None
        return read_at(self._file, *place)

    def __iter__(self) -> Iterator[str]:
        yield from self._places
        yield from self._latest
        yield from self._files

    def __len__(self) -> int:
        return len(self._places) + len(self._latest) + len(self._files)

    def __contains__(self, key: object) -> bool:
        return key in self._latest or key in self._places or key in self._files

    def close(self) -> None:
        """Gives everything up."""
        if self._file is not None:
            self._file.close()
        self._file, self._places, self._latest, self._latest_size = None, {}, {}, 0
        self._files = {}

    def __del__(self) -> None:
        self.close()


class Spooled(Generic[T]):
    """A value of ours that waits in a spool, and is read anew each time."""

    def __init__(self, spool: Spool, key: str, value: T) -> None:
        spool.put(key, dumps(value))
        self._spool = spool
        self._key = key

    def read(self) -> T:
        """The value."""
        return cast("T", loads(self._spool[self._key]))


def read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    """Bytes at a place of a file. Where the system can, without moving what other processes read it by."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), size, offset)
    file.seek(offset)
    return file.read(size)
