"""Publishes to a zip file, for hosts where a site is uploaded as one.

The same site gives the same bytes: entries are sorted, have no times and are all compressed the same way.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy

from site_builder.content.targets import ZipTarget
from site_builder.disk import replacing, sweep
from site_builder.output.places import place_of
from site_builder.publish import record
from site_builder.publish.destination import Shipment, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.files import digest_of, is_same, opened, pieces, size_of
from site_builder.publish.guards import refuse_file
from site_builder.publish.plan import Held, Present, Tell
from site_builder.publish.record import Record
from site_builder.text.shown import on_one_line

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time in the zip format (APPNOTE.TXT, 4.4.6)."""
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


class ZipFile:
    """A zip file as a target."""

    manner = ""

    def __init__(self, target: ZipTarget, around: Surroundings) -> None:
        self.path = place_of(target.path, around.root)
        self.address = str(self.path)
        refuse_file(self.path, around.root)

    def look(self, files: Mapping[str, bytes]) -> Present:
        """What the zip file holds. Raises `PublishFault` if somebody else's file is there."""
        if not self.path.exists():
            return Present({}, None)
        held: dict[str, Held] = {}
        altered: list[str] = []
        old = None
        try:
            with zipfile.ZipFile(self.path) as archive:
                if record.NAME in archive.namelist():
                    with archive.open(record.NAME) as file:
                        old = Record.read(file)
                for row in archive.infolist():
                    ours = row.filename == record.NAME or bool(old and row.filename in old.files)
                    if row.filename not in files:
                        differs = "no longer in the site"
                        if ours and old and not old.wrote(row.filename, _digest(archive, row)):
                            ours = False
                            altered.append(row.filename)
                    else:
                        with archive.open(row) as file:
                            same = is_same(files, row.filename, file)
                        differs = "" if same else "content differs"
                    held[row.filename] = Held(row.file_size, differs, ours)
        except (OSError, *_UNREADABLE) as error:
            if isinstance(error, OSError) and error.errno:
                raise PublishFault(f"'{self.path}' can't be read: {error.strerror}") from error
            raise PublishFault(
                f"'{self.path}' exists and is not a zip file made by site-builder; "
                "move it away, or choose another file"
            ) from error
        return Present(held, old, altered=tuple(altered))

    def send(self, shipment: Shipment, tell: Tell) -> None:
        """Writes a temporary file in the same folder and renames it. Raises `PublishFault`."""
        changes = {row.path: row for row in shipment.plan.sent}
        try:
            sweep(self.path.parent)
            with replacing(self.path) as making:
                with zipfile.ZipFile(making, "w") as archive:
                    for path in sorted(shipment.files):
                        _add(archive, shipment.files, path)
                        if path in changes:
                            tell(changes[path])
                    self._carry_along(archive, shipment)
                making.chmod(0o644)
        except OSError as error:
            raise PublishFault(
                f"'{self.path}' can't be written: {error.strerror}; it is unchanged"
            ) from error
        for change in shipment.plan.removals:
            tell(change)

    def _carry_along(self, archive: zipfile.ZipFile, shipment: Shipment) -> None:
        """Copies other people's files from the existing zip file."""
        if not self.path.exists():
            return
        known = {*shipment.files, *(row.path for row in shipment.plan.removals)}
        with zipfile.ZipFile(self.path) as before:
            for row in before.infolist():
                if row.filename not in known:
                    _carry(before, archive, row)

    def roll_back(self) -> str:
        """Raises `PublishFault`, because a zip file has no earlier version."""
        raise PublishFault("a zip file keeps no earlier version to go back to")


_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
)
"""What reading a damaged or encrypted zip file raises, and an `OSError` without a number, for bzip2."""


def _carry(before: zipfile.ZipFile, archive: zipfile.ZipFile, row: zipfile.ZipInfo) -> None:
    """Copies a file from one archive to another, a piece at a time. Raises `PublishFault` if it can't be read."""
    if row.is_dir():
        archive.writestr(row, b"")
        return
    try:
        with before.open(row) as file, archive.open(copy(row), "w") as made:
            for data in pieces(file):
                made.write(data)
    except (OSError, *_UNREADABLE) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise PublishFault(
            f"'{on_one_line(row.filename)}' in '{before.filename}' can't be read, so it can't be kept: {error}. "
            "The zip file is unchanged; take that file out, or move the zip file away"
        ) from error


def _digest(archive: zipfile.ZipFile, row: zipfile.ZipInfo) -> str:
    with archive.open(row) as file:
        return digest_of(file)


def _add(archive: zipfile.ZipFile, files: Mapping[str, bytes], path: str) -> None:
    """Writes a file into the archive, a piece at a time."""
    entry = _entry(path)
    entry._compresslevel = 9  # type: ignore[attr-defined]  # noqa: SLF001  # public from Python 3.13 on
    entry.file_size = size_of(files, path)  # it says whether the form for large files is needed
    with opened(files, path) as file, archive.open(entry, "w") as made:
        for data in pieces(file):
            made.write(data)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry
