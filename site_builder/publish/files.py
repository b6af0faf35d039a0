"""The files of a site as they are published: those of `static/` stay on disk, and are read a piece at a time."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import IO

from site_builder.disk import NEW_FILE, Sum, about, open_file, sum_of, write_all
from site_builder.publish.faults import PublishFault
from site_builder.reading.files import digest

_PIECE = 1 << 20
_NOTHING: Mapping[str, str] = MappingProxyType({})


class SiteFiles(Mapping[str, bytes]):
    """The files of a site, plus `more`, except `without`. Each is read on access.

    `copied` has the places on disk of those that nobody need hold in memory.
    """

    def __init__(
        self,
        site: Mapping[str, bytes],
        more: Mapping[str, bytes],
        without: Container[str] = (),
        copied: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._site = site
        self._more = more
        self._paths = [path for path in site if path not in without and path not in more]
        self.copied = {path: copied[path] for path in self._paths if path in copied}

    def __getitem__(self, path: str) -> bytes:
        if path in self._more:
            return self._more[path]
        if path not in self._there:
            raise KeyError(path)
        return self._site[path]

    def __iter__(self) -> Iterator[str]:
        yield from self._paths
        yield from self._more

    def __len__(self) -> int:
        return len(self._paths) + len(self._more)

    @cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self)

    def __contains__(self, path: object) -> bool:
        return path in self._there

    def plus(self, more: Mapping[str, bytes]) -> SiteFiles:
        """The same with a few more."""
        return SiteFiles(self, more, copied=self.copied)


def place_of(files: Mapping[str, bytes], path: str) -> str:
    """Where a file is on disk, "" if it is in memory."""
    return files.copied.get(path, "") if isinstance(files, SiteFiles) else ""


@contextlib.contextmanager
def opened(files: Mapping[str, bytes], path: str) -> Iterator[IO[bytes]]:
    """A file of the site, to be read. Raises `PublishFault` if it can't be read any more."""
    place = place_of(files, path)
    if not place:
        yield io.BytesIO(files[path])
        return
    try:
        file = os.fdopen(open_file(place, follow=True), "rb")
    except OSError as error:
        raise PublishFault(f"'{place}' can't be read: {error.strerror}") from error
    with file:
        yield file


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    while data := file.read(_PIECE):
        yield data


def digest_of(file: IO[bytes]) -> str:
    """The builder's digest of an open file."""
    made = hashlib.blake2b(digest_size=16)
    for data in pieces(file):
        made.update(data)
    return made.hexdigest()


def size_of(files: Mapping[str, bytes], path: str) -> int:
    """How many bytes a file has."""
    place = place_of(files, path)
    return Path(place).stat().st_size if place else len(files[path])


def sum_at(files: Mapping[str, bytes], path: str) -> Sum:
    """The builder's digest of a file, and its size."""
    if place_of(files, path):
        with opened(files, path) as file:
            return sum_of(file.fileno())
    data = files[path]
    return Sum(digest(data), len(data))


def is_same(files: Mapping[str, bytes], path: str, other: IO[bytes]) -> bool:
    """Whether a file has the bytes of another one."""
    with opened(files, path) as file:
        return all(other.read(len(data)) == data for data in pieces(file)) and not other.read(1)


def copy(files: Mapping[str, bytes], path: str, place: Path) -> None:
    """Writes a file to a new place. An error of the system names that place."""
    with opened(files, path) as file:
        try:
            handle = os.open(place, NEW_FILE, 0o644)
            try:
                for data in pieces(file):
                    write_all(handle, data)
            finally:
                os.close(handle)
        except OSError as error:
            raise about(error, place) from None


def stage(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes files into a temporary folder, for programs that read from disk."""
    made: set[Path] = set()
    for path in files:
        place = folder / path
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        copy(files, path, place)
