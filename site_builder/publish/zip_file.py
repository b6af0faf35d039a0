"""A zip file, for hosts that take one dropped on a page.

The same site gives the same bytes: entries in order, no times, one way to compress.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Mapping

from site_builder.content.targets import ZipTarget
from site_builder.output.places import place_of
from site_builder.publish import record
from site_builder.publish.destination import Shipment, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.guards import refuse_file
from site_builder.publish.plan import Held, Present, Told
from site_builder.publish.record import Record

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can say (APPNOTE.TXT, 4.4.6)."""
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


class ZipFile:
    """A zip file as a place to publish."""

    manner = ""

    def __init__(self, target: ZipTarget, around: Surroundings) -> None:
        self.path = place_of(target.path, around.root)
        self.address = str(self.path)
        refuse_file(self.path, around.root)

    def look(self, files: Mapping[str, bytes]) -> Present:
        """What the zip file holds. Raises `PublishFault` if there is a file that is none of ours."""
        if not self.path.exists():
            return Present({}, None)
        held: dict[str, Held] = {}
        old = None
        try:
            with zipfile.ZipFile(self.path) as archive:
                if record.NAME in archive.namelist():
                    old = Record.parse(archive.read(record.NAME))
                for row in archive.infolist():
                    data = files.get(row.filename)
                    if data is None:
                        differs = "no longer in the site"
                    else:
                        differs = "" if archive.read(row) == data else "content differs"
                    ours = row.filename == record.NAME or bool(old and row.filename in old.files)
                    held[row.filename] = Held(row.file_size, differs, ours)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise PublishFault(
                f"'{self.path}' is there and is no zip file of site-builder's; "
                "move it away, or name another file"
            ) from error
        except OSError as error:
            raise PublishFault(f"'{self.path}' can't be read: {error.strerror}") from error
        return Present(held, old)

    def send(self, shipment: Shipment, told: Told) -> None:
        """Writes the file beside its place and renames it there. Raises `PublishFault`."""
        changes = {row.path: row for row in shipment.plan.sent}
        # One name, so that the next publish clears away what one cut short left behind.
        making = self.path.with_name(f".{self.path.name}.making")
        try:
            with zipfile.ZipFile(making, "w") as archive:
                for path in sorted(shipment.files):
                    archive.writestr(_entry(path), shipment.files[path], compresslevel=9)
                    if path in changes:
                        told(changes[path])
            making.chmod(0o644)
            making.replace(self.path)
        except BaseException as error:
            with contextlib.suppress(OSError):
                making.unlink()
            if isinstance(error, OSError):
                raise PublishFault(
                    f"'{self.path}' can't be written: {error.strerror}; it is as it was"
                ) from error
            raise
        for change in shipment.plan.removals:
            told(change)

    def roll_back(self) -> str:
        """Raises `PublishFault`: a zip file has no earlier version."""
        raise PublishFault("a zip file keeps no earlier version to go back to")


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry
