"""Whether anything at all has changed since the last build: asked before anything else is loaded.

A build notes the signatures of everything it read and wrote, and what it had to say. While all of
them are as they were, the next build would do nothing, and need not be done.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from site_builder.clock import today
from site_builder.diagnostics import Diagnostic
from site_builder.disk import is_folder, read_file, replace
from site_builder.memory.store import read_sealed, sealed
from site_builder.reading.files import Found, Signature, digest, latest_settled
from site_builder.reading.sources import Sources, find_files
from site_builder.reading.themes import theme_files
from site_builder.values import NamedTuple

FOLDER = ".site-builder"
"""In the site's root: what builds remember. Safe to delete, of use to keep between CI runs."""


class Summary(NamedTuple):
    """What a build that had nothing to do would say."""

    page_count: int
    warnings: str


@cache
def version_key() -> str:
    """Stands for this program and all it is made of: Python, its own files, installed packages."""
    package = Path(__file__).parent.parent
    parts = [sys.version]
    for folder, names, files in os.walk(package):
        names[:] = sorted(name for name in names if name != "__pycache__")
        for name in sorted(files):
            if name.endswith((".py", ".toml")):
                status = os.stat(os.path.join(folder, name))
                parts.append(f"{name}{status.st_size}{status.st_mtime_ns}")
    packages = next((path for path in sys.path if path.endswith("-packages")), "")
    with contextlib.suppress(OSError):
        parts += sorted(name for name in os.listdir(packages) if name.endswith(".dist-info"))
    return digest("\n".join(parts).encode())


def signature(path: str) -> Signature | None:
    """What changes whenever a file is written; None if there is no file."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


class Unchanged:
    """The note of the last build of a site into an output folder, with these settings.

    What a build reads is looked for when this is made, and is in `found`: a file that changes later
    has another signature the next time. Raises `SiteNotFound`.
    """

    def __init__(self, root: Path, output: Path, settings: object) -> None:
        self._output = output
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        self._key = f"{version_key()} {output.absolute()} {settings} {epoch}"
        name = digest(f"{output.absolute()} {settings}".encode())[:8]
        self._path = root / FOLDER / f"unchanged-{name}"
        self.found = find_files(root)
        files, self._inputs = _inputs(root, *self.found)
        self._absolute = {path: row.absolute for path, row in files.items()}
        # Those of content are told by who reads them.
        young = (path for path in self._young() if not path.startswith("content/"))
        self._digests = {path: self._digest_of(path) for path in young}

    def summary(self) -> Summary | None:
        """What to say if nothing has changed; None if something has, or if nobody can tell."""
        try:
            return self._summary(read_sealed(self._path))
        except Exception:  # noqa: BLE001  # whatever is wrong with a cache, it is as good as absent
            return None

    def _summary(self, note: object) -> Summary | None:
        if not isinstance(note, tuple) or len(note) != 7 or note[0] != self._key:
            return None
        _, day, inputs, young, outputs, page_count, warnings = note
        if day not in ("", str(today())) or inputs != self._inputs:
            return None
        if any(signature(f"{self._output}/{path}") != found for path, found in outputs.items()):
            return None
        if any(self._digest_of(path) != then for path, then in young.items()):
            return None
        if type(page_count) is not int or type(warnings) is not str:
            return None
        summary = Summary(page_count, warnings)
        if young:
            self._write(summary, outputs, day, young)
        return summary

    def write(
        self,
        summary: Summary,
        outputs: Mapping[str, Signature],
        day: str,
        read: Mapping[str, tuple[Signature, str]],
    ) -> None:
        """Notes a build that has just been done.

        `outputs` are all files of the output as they are now; `day` is today where what is published
        depends on it, else ""; `read` has the digests of content files as they were read.
        """
        self._write(summary, outputs, day, {path: digest for path, (_, digest) in read.items()})

    def _write(
        self,
        summary: Summary,
        outputs: Mapping[str, Signature],
        day: str,
        digests: Mapping[str, str],
    ) -> None:
        """Notes that nothing has to be done while all is as it is now.

        A file that was written only just before it was looked at may be written again and look the
        same: the next build is to compare its digest. Where that is not known, nothing is noted.
        """
        young = self._young()
        digests = {**digests, **self._digests}
        if not digests.keys() >= set(young):
            return
        known = {path: digests[path] for path in young}
        data = sealed((self._key, day, self._inputs, known, dict(outputs), *summary))
        with contextlib.suppress(OSError):
            if is_folder(self._path.parent):
                replace(self._path, data)

    def _young(self) -> list[str]:
        """The inputs whose signature does not tell a later one yet."""
        latest = latest_settled()
        return [path for path, found in self._inputs.items() if max(found[:2]) >= latest]

    def _digest_of(self, path: str) -> str:
        """The digest of an input's bytes as they are now, "" if there are none."""
        try:
            return digest(read_file(self._absolute[path], follow=True))
        except (OSError, KeyError):
            return ""


def _inputs(
    root: Path, sources: Sources, problems: Iterable[Diagnostic]
) -> tuple[dict[str, Found], dict[str, Signature]]:
    """Everything a build reads, by path: the files, and signatures, those of problems among them."""
    files = {row.path: row for row in chain(*(folder.values() for folder in sources))}
    rows, of_theme = theme_files(root)
    files.update((f"theme {row.path}", row) for _, row in rows)
    signatures = {path: row.signature for path, row in files.items()}
    signatures.update(
        (f"problem {row.location.path}", (0, 0, 0, 0)) for row in chain(problems, of_theme)
    )
    return files, signatures
