"""Large things that are slow to make, kept by what they are made from: a file each, in `.site-builder/`.

A key is the digest of everything that goes into a thing, so what is found can't be stale. Each entry
carries the digest of its bytes; one that was cut short or changed counts as absent. The folder can be
deleted at any time. Nothing here can fail a build: where it can't be read or written, things are made
again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from pathlib import Path

from site_builder.disk import is_folder, own_folder, read_file, replace, sweep

_DIGEST_SIZE = 16
_KEY = re.compile(r"[0-9a-f]{32}")
_LARGEST = 1 << 26
"""Bytes of an entry; a file that is longer was not made here."""
_SPARED = 512
"""Entries that are kept although the last build had no use for them."""


def key_of(*parts: str | bytes) -> str:
    """The key of a thing made from these parts and nothing else."""
    digest = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Blobs:
    """A folder of things by key. `folder` None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, or None if there are none that can be trusted."""
        if self._folder is None:
            return None
        self._used.add(key)
        try:
            data = read_file(self._folder / key, largest=_LARGEST)
        except OSError:
            return None
        digest, kept = data[:_DIGEST_SIZE], data[_DIGEST_SIZE:]
        return kept if digest == _checksum(kept) else None

    def put(self, key: str, data: bytes) -> None:
        """Keeps bytes under a key, if the folder can be written."""
        if self._folder is None:
            return
        self._used.add(key)
        with contextlib.suppress(OSError):
            if own_folder(self._folder.parent) and own_folder(self._folder):
                replace(self._folder / key, _checksum(data) + data)

    def prune(self) -> None:
        """Removes what this run had no use for, beyond a number that is spared, oldest first."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            if not (is_folder(self._folder.parent) and is_folder(self._folder)):
                return
            sweep(self._folder)
            unused = [
                (entry.stat(follow_symlinks=False).st_mtime_ns, entry.path)
                for entry in os.scandir(self._folder)
                if entry.name not in self._used
                and _KEY.fullmatch(entry.name)
                and entry.is_file(follow_symlinks=False)
            ]
            for _, path in sorted(unused)[: max(0, len(unused) - _SPARED)]:
                with contextlib.suppress(OSError):
                    os.unlink(path)


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()
