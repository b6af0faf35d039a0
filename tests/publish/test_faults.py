"""Publishing to a folder and to a zip file while the file system fails at every call in turn."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.content.targets import DirectoryTarget, ZipTarget
from site_builder.publish import record
from site_builder.publish.destination import Destination, Shipment, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.opening import open_destination
from site_builder.publish.plan import make_plan
from site_builder.publish.record import PublishedFile, Record
from site_builder.reading.files import digest

MINE = b"mine\n"
CALLS = (
    "open",
    "mkdir",
    "write",
    "replace",
    "rename",
    "unlink",
    "rmdir",
    "link",
    "symlink",
    "chmod",
)
REASONS = {
    errno.EIO: [os.strerror(errno.EIO)],
    errno.ENOSPC: ["the disk is full", os.strerror(errno.ENOSPC)],
    errno.EACCES: ["permission denied", os.strerror(errno.EACCES)],
}
"""How a message tells of each."""
BEFORE = {"index.html": b"home 1", "a/b.html": b"b 1", "was": b"x", "were/x": b"x", "same": b"same"}
AFTER = {"index.html": b"home 2", "a/b.html": b"b 2", "was/x": b"x", "were": b"x", "same": b"same"}


class Places:
    """A new target each time, with the site as it was and files of others in it and around it."""

    def __init__(self, kind: str, tmp_path: Path) -> None:
        self.kind = kind
        self._tmp_path = tmp_path
        self._count = 0

    def open(self) -> tuple[Destination, Path]:
        self._count += 1
        top = self._tmp_path / f"{self._count}"
        (top / "site").mkdir(parents=True)
        (top / "mine.txt").write_bytes(MINE)
        around = Surroundings(top / "site", top, interactive=False)
        target: DirectoryTarget | ZipTarget = (
            DirectoryTarget(kind="directory", path="../www", keep=1)
            if self.kind == "directory"
            else ZipTarget(kind="zip", path="../www")
        )
        return open_destination(target, around), top

    def seen(self, top: Path) -> dict[str, bytes]:
        """What a reader finds."""
        place = top / "www"
        if self.kind == "zip":
            with zipfile.ZipFile(place) as archive:
                assert archive.testzip() is None
                return {name: archive.read(name) for name in archive.namelist()}
        return {
            path.relative_to(place).as_posix(): path.read_bytes()
            for path in sorted(place.rglob("*"))
            if path.is_file()
        }


def publish(destination: Destination, site: Mapping[str, bytes]) -> None:
    made = Record({path: PublishedFile(digest(data), len(data)) for path, data in site.items()})
    files = {**site, record.NAME: made.dump()}
    present = destination.look(files)
    shipment = Shipment(make_plan(files, present), files, made, present.record, "")
    destination.send(shipment, lambda _: None)


def failing(patch: pytest.MonkeyPatch, at: int, error: int, *, onwards: bool) -> Callable[[], str]:
    """Lets the call number `at` fail, and those after it; returns which one that was."""
    calls = 0
    failed = ""

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*words: Any, **more: Any) -> Any:
            nonlocal calls, failed
            calls += 1
            if calls == at or (onwards and calls > at):
                failed = failed or name
                named = () if isinstance(words[0], int) else words[:1]
                raise OSError(error, os.strerror(error), *named)
            return call(*words, **more)

        return called

    for name in CALLS:
        patch.setattr(os, name, wrapped(name, getattr(os, name)))
    return lambda: failed


@pytest.mark.parametrize("kind", ["directory", "zip"])
@pytest.mark.parametrize("onwards", [False, True])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_whatever_call_fails_the_target_holds_the_old_site_or_the_new_one(
    tmp_path: Path, kind: str, onwards: bool, error: int
) -> None:
    places = Places(kind, tmp_path)
    for at in range(1, 500):
        destination, top = places.open()
        publish(destination, BEFORE)
        if kind == "directory":
            (top / "www/theirs").write_bytes(MINE)
            (top / ".www.versions/mine").mkdir()
            (top / ".www.versions/mine/x").write_bytes(MINE)
        old = places.seen(top)
        with pytest.MonkeyPatch.context() as patch:
            failed = failing(patch, at, error, onwards=onwards)
            said = ""
            try:
                publish(destination, AFTER)
            except PublishFault as fault:
                said = str(fault)
        if said:
            assert str(top / "www") in said, failed()
            assert any(reason in said for reason in REASONS[error]), failed()
        new = {path: data for path, data in places.seen(top).items() if path != record.NAME}
        known = {path: data for path, data in old.items() if path != record.NAME}
        theirs = {"theirs": MINE} if kind == "directory" else {}
        assert new in (known, {**AFTER, **theirs}), failed()
        publish(destination, AFTER)
        found = places.seen(top)
        del found[record.NAME]
        assert found == {**AFTER, **theirs}, failed()
        assert (top / "mine.txt").read_bytes() == MINE
        if kind == "directory":
            assert (top / ".www.versions/mine/x").read_bytes() == MINE
        shutil.rmtree(top)
        if not failed():
            assert at > (20 if kind == "directory" else 3)
            return
    raise AssertionError("there is no end")
