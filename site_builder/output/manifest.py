"""The manifest: which files in an output folder the builder made.

The output folder, with its manifest, may come from a stranger. So only clean relative paths are used, and a
file is removed only if it has the bytes that the manifest says were written.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from site_builder.disk import NotOrdinary, about, is_clean, read_file
from site_builder.values import NamedTuple

NAME = ".site-builder.json"
_VERSION = 1
_LARGEST = 128 * 1024 * 1024
"""The largest manifest in bytes: more than a million files."""
_NONE_THERE = (errno.ENOENT, errno.ENOTDIR, errno.EFBIG)
_NEVER = (".git", ".site-builder")
"""Prefixes of paths that are never the builder's, whatever a manifest says."""

_PLAIN = re.compile(r"[A-Za-z0-9_-][\w.-]{0,59}(?:/[A-Za-z0-9_-][\w.-]{0,59}){0,9}", re.ASCII)
"""Most paths: clean, and no step begins with a dot."""

_DIGESTS = re.compile(r"[0-9a-f]{32}(?: [0-9a-f]{32})*", re.ASCII)
"""A digest, or several with spaces between them."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Manifest(NamedTuple):
    """The builder's files by path, each with the digest of its bytes.

    `earlier` has the digests, separated by spaces, of bytes that a killed build may have left. `altered` has
    files that somebody else has changed, with the digests they had before: they stay, and only
    `build --clean` removes them.
    """

    files: Mapping[str, str] = _NOTHING
    earlier: Mapping[str, str] = _NOTHING
    altered: Mapping[str, str] = _NOTHING

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The manifest of a folder; empty if there is none, or what is there is not ours.

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
        """The manifest to save before writing, so that a killed build's files are recognised as ours."""
        earlier = dict(self.earlier)
        for path in self.files.keys() & new.files.keys():
            if not new.wrote(path, self.files[path]):
                earlier[path] = f"{earlier.get(path, '')} {self.files[path]}".strip()
        return Manifest({**self.files, **new.files}, earlier, {**self.altered, **new.altered})

    def dump(self) -> bytes:
        """The manifest as bytes; the same for the same files."""
        parts = [
            '"about": "Files that site-builder made. It changes and removes only these."',
            f'"version": {_VERSION}',
            f'"files": {_lines(self.files)}',
        ]
        for name, rows in (("earlier", self.earlier), ("altered", self.altered)):
            if rows:
                parts.append(f'"{name}": {_lines(rows)}')
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(rows: Mapping[str, str]) -> str:
    """A mapping in JSON, a line each. The encoder is fast only where it makes no lines itself."""
    text = json.dumps(dict(rows), ensure_ascii=False, sort_keys=True, separators=(",\n", ": "))
    return f"{{\n{text[1:-1]}\n}}" if rows else "{}"


def _clean(rows: object) -> dict[str, str]:
    """The valid rows of a part of the manifest."""
    if not isinstance(rows, dict):
        return {}
    return {
        path: digest
        for path, digest in rows.items()
        if isinstance(digest, str)
        and _DIGESTS.fullmatch(digest)
        and (_PLAIN.fullmatch(path) or (is_clean(path) and not _is_never_ours(path)))
    }


def _is_never_ours(path: str) -> bool:
    return any(step.lower().startswith(_NEVER) for step in path.split("/"))
