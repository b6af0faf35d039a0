"""Which files of an output folder are the builder's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

NAME = ".site-builder.json"
_VERSION = 1


class Manifest(NamedTuple):
    """The builder's files by path, each with the digest of its bytes."""

    files: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The manifest of a folder; an empty one where there is none, or none that can be read."""
        try:
            data = json.loads((folder / NAME).read_bytes())
            if data["version"] != _VERSION:
                return cls()
            return cls({str(path): str(digest) for path, digest in data["files"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def dump(self) -> bytes:
        """The bytes it is kept as; the same for the same files."""
        data = {
            "about": "Files that site-builder made. It changes and removes these and no others.",
            "version": _VERSION,
            "files": dict(sorted(self.files.items())),
        }
        return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()
