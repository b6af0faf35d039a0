"""The memory of builds of one site into one output folder: `.site-builder/` in the site's root.

It is safe to delete, and useful to keep between CI runs. What was written by another version of this program or
with other options is ignored.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from site_builder.incremental.unchanged import FOLDER, signature, version_key
from site_builder.memory.blobs import Blobs
from site_builder.memory.kept import Kept, KeptFile, Stage
from site_builder.memory.store import Store
from site_builder.reading.files import Signature, digest, latest_settled

OUTPUTS, NOTED = "outputs", "noted"
"""The stages that hold signatures: of the output's files, and of content files."""


class Memory:
    """What builds with these settings keep in `stages`; parsed files (`store`); images and search indexes (`blobs`)."""

    def __init__(
        self, root: Path, output: Path, settings: tuple[object, ...], stages: Sequence[Stage]
    ) -> None:
        self.folder = root / FOLDER
        self._output = output
        version = version_key()
        key = f"{version} {output.absolute()} {settings}"
        name = digest(f"{output.absolute()} {settings}".encode())[:8]
        self._file = KeptFile(self.folder / f"last-{name}", key, stages)
        self.store = Store(self.folder, "parsed", version)
        self.blobs = Blobs(self.folder / "made")

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def recall(self) -> Kept:
        """What the last build has kept."""
        return self._file.read()

    def intact(self, kept: Kept) -> Mapping[str, Signature]:
        """The files of the output that are as the last build left them."""
        return {
            path: signature
            for path, signature in kept.steps(OUTPUTS).items()
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

    def remember(self, kept: Kept, outputs: Mapping[str, Signature]) -> None:
        """Keeps what a build leaves, if the folder can be written.

        The signature of a file that was written only just before is not kept: a later one may look the same.
        """
        latest = latest_settled()
        noted = kept.steps(NOTED).items()
        kept.keep(NOTED, {path: row for path, row in noted if max(row[0][:2]) < latest})
        kept.keep(OUTPUTS, outputs)
        with contextlib.suppress(OSError):
            if self._file.write(kept):
                self.store.save()
