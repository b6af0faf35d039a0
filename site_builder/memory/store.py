"""What was worked out from some bytes, kept by the digest of those bytes.

One file of records, each with its own checksum, and an index that is replaced whole. A record that
is damaged, or made by another version, is as good as absent. The folder is safe to delete.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from site_builder.disk import open_file, replace, replacing
from site_builder.memory.pickles import dumps, plain_loads
from site_builder.memory.spool import Spool, read_at
from site_builder.reading.files import digest_bytes

_CHECK = 8
_HEAD = 24
"""Bytes before sealed data: their length, and their digest."""
_VERSION = "2"


class Store:
    """Records by key. Keys name everything a record depends on, so a record is never stale.

    `version` is what all records depend on: those of another version are forgotten.
    """

    def __init__(self, folder: Path, name: str, version: str) -> None:
        self._data_path = folder / f"{name}.pack"
        self._index_path = folder / f"{name}.index"
        self._version = f"{_VERSION} {version}"
        self._index: dict[str, tuple[int, int]] = {}
        self._new = Spool(folder)
        self._used: set[str] = set()
        self._file: BinaryIO | None = None
        self._load_index()

    def _load_index(self) -> None:
        with contextlib.suppress(OSError):
            match read_sealed(self._index_path):
                case (self._version, dict() as index) if _is_index(index):
                    self._index = index

    def get(self, key: str) -> bytes | None:
        """The record of a key, or None."""
        self._used.add(key)
        try:
            if key in self._new:
                return self._new[key]
            if key not in self._index:
                return None
            if self._file is None:
                handle = open_file(self._data_path)
                self._file = open(handle, "rb")  # noqa: SIM115  # closed with the store
            return _checked(self._file, self._index[key])
        except Exception:  # noqa: BLE001  # whatever is wrong with a cache, it is as good as absent
            return None

    def put(self, key: str, record: bytes) -> None:
        """Keeps a record, once `save` is called."""
        self._used.add(key)
        if key not in self._new:
            self._new.put(key, record)

    def keep(self, keys: Iterable[str]) -> None:
        """Says that records are still of use."""
        self._used.update(keys)

    def save(self) -> None:
        """Writes what is new. Records of no more use are dropped when they outweigh the others."""
        if not self._new:
            return
        live = {key: place for key, place in self._index.items() if key in self._used}
        live_size = sum(size for _, size in live.values())
        file = self._to_append()
        size = file.seek(0, os.SEEK_END) if file else 0
        if file is None or size > 2 * live_size + 1_000_000:
            if file:
                file.close()
            self._rewrite(live)
        else:
            self._append(file, {**self._index} if size else {}, size)
        self.close()

    def _to_append(self) -> BinaryIO | None:
        """The file of records, if there is one that nobody else has a name for."""
        try:
            handle = open_file(self._data_path, flags=os.O_RDWR | getattr(os, "O_BINARY", 0))
        except OSError:
            return None
        if os.fstat(handle).st_nlink == 1:
            return open(handle, "r+b")
        os.close(handle)
        return None

    def _append(self, file: BinaryIO, index: dict[str, tuple[int, int]], offset: int) -> None:
        with file:
            _write(file, self._new.items(), index, offset)
        self._write_index(index)

    def _rewrite(self, live: dict[str, tuple[int, int]]) -> None:
        kept = ((key, record) for key in live if (record := self.get(key)) is not None)
        index: dict[str, tuple[int, int]] = {}
        with replacing(self._data_path) as temporary:
            with open(temporary, "r+b") as file:
                _write(file, kept, index, 0)
                _write(file, self._new.items(), index, file.tell())
            self.close()
        self._write_index(index)

    def _write_index(self, index: dict[str, tuple[int, int]]) -> None:
        self._index = index
        replace(self._index_path, sealed((self._version, index)))

    def close(self) -> None:
        """Closes the file of records, and gives up what was not saved."""
        if self._file is not None:
            self._file.close()
        self._file = None
        self._new.close()


def _is_index(index: dict[object, object]) -> bool:
    """Whether these are places by key."""
    return all(
        type(key) is str and type(place) is tuple and [*map(type, place)] == [int, int]
        for key, place in index.items()
    )


def _write(
    file: BinaryIO,
    records: Iterable[tuple[str, bytes]],
    index: dict[str, tuple[int, int]],
    offset: int,
) -> None:
    """Writes records, each behind its checksum, and notes their places."""
    for key, record in records:
        file.write(digest_bytes(record)[:_CHECK])
        file.write(record)
        index[key] = (offset, _CHECK + len(record))
        offset += _CHECK + len(record)


def _checked(file: BinaryIO, place: tuple[int, int]) -> bytes | None:
    """The record at a place of a file, if it is whole."""
    data = read_at(file, *place)
    record = data[_CHECK:]
    return record if digest_bytes(record)[:_CHECK] == data[:_CHECK] else None


def sealed(value: Any) -> bytes:
    """Plain data as bytes with a checksum."""
    data = dumps(value)
    return struct.pack("<Q", len(data)) + digest_bytes(data) + data


def unsealed(data: bytes) -> object:
    """The plain data of `sealed` bytes; None if they are damaged."""
    if len(data) < _HEAD or struct.unpack("<Q", data[:8])[0] != len(data) - _HEAD:
        return None
    body = data[_HEAD:]
    if digest_bytes(body) != data[8:_HEAD]:
        return None
    return plain_loads(body)


def read_sealed(path: Path) -> object:
    """The plain data of a sealed file; None if it is damaged. Raises `OSError`."""
    with open(open_file(path), "rb") as file:
        head = file.read(_HEAD)
        # A file that says it is longer or shorter is not read at all: it may be of any size.
        if struct.unpack("<Q", head[:8].ljust(8))[0] != os.fstat(file.fileno()).st_size - _HEAD:
            return None
        return unsealed(head + file.read())
