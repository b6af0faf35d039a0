"""Which files of an output folder are the builder's own.

The manifest may come from a stranger, with the folder it is in. So only clean relative paths count, and a
path alone proves nothing: a file is removed only if it has the bytes that the manifest says were written.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from site_builder.disk import NotOrdinary, about, is_clean, read_file

NAME = ".site-builder.json"
_VERSION = 1
_LARGEST = 128 * 1024 * 1024
"""Bytes: more than a million files."""
_NONE_THERE = (errno.ENOENT, errno.ENOTDIR, errno.EFBIG)
_NEVER = (".git", ".site-builder")
"""How names begin that are never the builder's files, whatever a manifest says."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Manifest(NamedTuple):
    """The builder's files by path, each with the digest of its bytes.

    `earlier` are the digests, with spaces between them, of bytes that a killed build may have left. `altered`
    are files that were the builder's until somebody else changed them, with the digests they had: they
    stay, and only `build --clean` removes them.
    """

    files: Mapping[str, str] = _NOTHING
    earlier: Mapping[str, str] = _NOTHING
    altered: Mapping[str, str] = _NOTHING

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The manifest of a folder; an empty one where there is none, or what is there is none of ours.

        Raises `OSError` if the system can't read it: its files would be taken for other people's.
        """
        try:
            data = json.loads(read_file(folder / NAME, largest=_LARGEST))
            if not isinstance(data, dict) or data.get("version") != _VERSION:
                return cls()
        except OSError as error:
            if isinstance(error, NotOrdinary) or error.errno in _NONE_THERE:
                return cls()
            raise about(error, folder / NAME) from None
        except (ValueError, RecursionError):
            return cls()
        return cls(*(_clean(data.get(name)) for name in cls._fields))

    def wrote(self, path: str, digest: str) -> bool:
        """Whether the builder wrote these bytes at this path."""
        return digest == self.files.get(path) or digest in self.earlier.get(path, "").split()

    def becoming(self, new: Manifest) -> Manifest:
        """The manifest to save before a write, so that the files of a killed build are known as ours."""
        earlier = dict(self.earlier)
        for path in self.files.keys() & new.files.keys():
            if not new.wrote(path, self.files[path]):
                earlier[path] = f"{earlier.get(path, '')} {self.files[path]}".strip()
        return Manifest({**self.files, **new.files}, earlier, {**self.altered, **new.altered})

    def dump(self) -> bytes:
        """The bytes it is kept as; the same for the same files."""
        data: dict[str, object] = {
            "about": "Files that site-builder made. It changes and removes these and no others.",
            "version": _VERSION,
            "files": dict(sorted(self.files.items())),
        }
        for name, rows in (("earlier", self.earlier), ("altered", self.altered)):
            if rows:
                data[name] = dict(sorted(rows.items()))
        return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()


def _clean(rows: object) -> dict[str, str]:
    """The rows of a part of the manifest that may be files of the builder's."""
    if not isinstance(rows, dict):
        return {}
    return {
        path: digest
        for path, digest in rows.items()
        if isinstance(digest, str) and is_clean(path) and not _is_never_ours(path)
    }


def _is_never_ours(path: str) -> bool:
    return any(step.lower().startswith(_NEVER) for step in path.split("/"))
