"""Publishes to a local or mounted folder, in one step.

The path is a symbolic link to a version in the same folder, `.NAME.versions/7/site`. Publishing makes a
new version first and then replaces the link, so that a server sees either the old site or the new one,
never a mixture, even if publishing is interrupted. Unchanged files are hard links to the version before.
Other people's files, such as a token of a certificate authority, are copied to the new version.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from site_builder.content.targets import DirectoryTarget
from site_builder.disk import (
    NotOrdinary,
    create,
    is_folder,
    is_random_name,
    open_file,
    random_name,
    read_file,
    replace,
)
from site_builder.output.places import place_of
from site_builder.publish import record
from site_builder.publish.destination import Shipment, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.files import copy, digest_of, is_same, size_of
from site_builder.publish.guards import refuse_folder
from site_builder.publish.plan import Action, Held, Present, Tell
from site_builder.publish.record import Record

_SITE = "site"
_BEFORE = "before"
"""The file in a version that names the version it replaced."""


class Directory:
    """A folder on this machine as a target."""

    manner = ""

    def __init__(self, target: DirectoryTarget, around: Surroundings) -> None:
        self.path = place_of(target.path, around.root)
        self.address = str(self.path)
        self._versions = self.path.parent / f".{self.path.name}.versions"
        self._keep = target.keep
        refuse_folder(self.path, around.root)

    # what is there

    @property
    def _current(self) -> str:
        """The current version, or "" if the path is not a link of ours."""
        with contextlib.suppress(OSError):
            steps = self.path.readlink().parts
            if len(steps) == 3 and steps[0] == self._versions.name and steps[2] == _SITE:
                return steps[1] if _NUMBER.fullmatch(steps[1]) else ""
        return ""

    def look(self, files: Mapping[str, bytes]) -> Present:
        """What the folder holds, compared byte by byte. Raises `PublishFault` if it can't be a target."""
        if self.path.is_symlink() and not self._current:
            raise PublishFault(
                f"'{self.path}' is a symbolic link that site-builder did not make; "
                "remove it, or choose another folder"
            )
        if self.path.exists() and not self.path.is_dir():
            raise PublishFault(f"'{self.path}' is a file, not a folder; choose another place")
        if os.path.ismount(self.path):
            raise PublishFault(
                f"'{self.path}' is a mount point, which can't be replaced in one step; "
                "choose a folder inside it"
            )
        if self._versions.is_symlink() or (self._versions.exists() and not self._versions.is_dir()):
            raise PublishFault(
                f"'{self._versions}' is needed for versions, but is not a folder; move it away"
            )
        try:
            return self._look(files)
        except OSError as error:
            raise _fault(error, self.path) from error

    def _look(self, files: Mapping[str, bytes]) -> Present:
        found = dict(_walk(self.path)) if self.path.is_dir() else {}
        old = None
        if record.NAME in found:
            file = _opened(self.path / record.NAME)
            if file is not None:
                with file:
                    old = Record.read(file)
        held = {}
        altered = []
        for path, size in found.items():
            ours = path == record.NAME or bool(old and path in old.files)
            if path not in files:
                differs = "no longer in the site"
                if ours and old and not old.wrote(path, _digest(self.path / path)):
                    ours = False
                    altered.append(path)
            else:
                same = size == size_of(files, path) and _holds(self.path / path, files, path)
                differs = "" if same else "content differs"
            held[path] = Held(size, differs, ours)
        return Present(held, old, altered=tuple(altered))

    # publishing

    def send(self, shipment: Shipment, tell: Tell) -> None:
        """Makes a new version and switches to it. Raises `PublishFault`; then the old site stays."""
        try:
            with self._locked():
                self._send(shipment, tell)
        except OSError as error:
            raise _fault(error, self.path) from error

    def _send(self, shipment: Shipment, tell: Tell) -> None:
        number = str(1 + max((int(name) for name in self._numbers()), default=0))
        making = self._versions / f"{number}.{os.urandom(8).hex()}.making"
        made = self._versions / number
        try:
            self._make(making, shipment, tell)
            making.rename(made)
            self._swap_in(number)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            if self._current != number:
                self._remove(made)
            raise
        for change in shipment.plan.removals:
            tell(change)
        self._prune()

    def _make(self, folder: Path, shipment: Shipment, tell: Tell) -> None:
        """Makes a complete version of the site in a hidden folder."""
        site = folder / _SITE
        folder.mkdir()
        folder.chmod(0o755)
        _make_folder(site)
        create(folder / _BEFORE, self._current.encode())
        changes = {row.path: row for row in shipment.plan.sent}
        removed = {row.path for row in shipment.plan.of(Action.REMOVE)}
        there = dict(_walk(self.path)) if self.path.is_dir() else {}
        foreign = [path for path in there if path not in shipment.files and path not in removed]
        for path in [*shipment.files, *foreign]:
            place = site / path
            _make_folder(place.parent)
            if path in changes:
                copy(shipment.files, path, place)
                place.chmod(0o644)
                tell(changes[path])
            else:
                _link(self.path / path, place)

    def _swap_in(self, number: str) -> None:
        """Switches to a version. A folder at the path that is not our link is moved away first."""
        if self.path.is_symlink() or not self.path.exists():
            self._show(number)
            return
        aside = self._versions / f"0{number}"
        making = self._versions / f"{aside.name}.{os.urandom(8).hex()}.making"
        making.mkdir()
        making.chmod(0o755)
        create(making / _BEFORE)
        making.rename(aside)
        if any(self.path.iterdir()):
            replace(self._versions / number / _BEFORE, aside.name.encode())
        self.path.rename(aside / _SITE)
        try:
            self._show(number)
        except BaseException:
            (aside / _SITE).rename(self.path)
            shutil.rmtree(aside, ignore_errors=True)
            raise

    def _show(self, number: str) -> None:
        """Points the path's link to a version, in one step."""
        link = self._versions / random_name()
        link.symlink_to(f"{self._versions.name}/{number}/{_SITE}")
        try:
            link.replace(self.path)
        except BaseException:
            link.unlink()
            raise

    # versions

    def _numbers(self) -> list[str]:
        """The numbers of all finished versions."""
        names = [path.name for path in self._versions.iterdir()] if self._versions.is_dir() else []
        return [name for name in names if _NUMBER.fullmatch(name)]

    def _chain(self) -> list[str]:
        """The current version and those before it, newest first."""
        chain: list[str] = []
        number = self._current
        while number and number not in chain and (self._versions / number / _SITE).is_dir():
            chain.append(number)
            number = _number_in(self._versions / number / _BEFORE)
        return chain

    def _prune(self) -> None:
        """Removes old versions beyond `keep`, and what an interrupted publish left.

        Folders that are not versions of ours stay, whatever their names.
        """
        kept = self._chain()[: self._keep + 1]
        for path in self._versions.iterdir():
            is_leftover = bool(_MAKING.fullmatch(path.name))
            if path.is_symlink():
                if is_random_name(path.name) and path.readlink().parts[:1] == (
                    self._versions.name,
                ):
                    path.unlink()
            elif path.name not in kept and is_folder(path) and (is_leftover or _is_version(path)):
                self._remove(path)

    def _remove(self, version: Path) -> None:
        """Removes a version. Renames it first, so that an interrupted removal looks like an unfinished version."""
        going = version
        if not _MAKING.fullmatch(version.name):
            going = self._versions / f"{version.name}.{os.urandom(8).hex()}.making"
            with contextlib.suppress(OSError):
                version.rename(going)
        shutil.rmtree(going, ignore_errors=True)

    def roll_back(self) -> str:
        """Goes back to the version before. Raises `PublishFault` if none was kept."""
        try:
            with self._locked():
                chain = self._chain()
                if len(chain) < 2:
                    raise PublishFault(
                        f"no earlier version of '{self.path}' was kept; "
                        "to keep some from the next publish on, write 'keep: 3' in site.yaml"
                    )
                self._show(chain[1])
                return f"version {int(chain[1])} has replaced version {int(chain[0])}"
        except OSError as error:
            raise _fault(error, self.path) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Locks the folder of versions; removes it afterwards if it is empty."""
        import fcntl

        is_new = not self._versions.exists()
        _make_folder(self._versions)
        handle = os.open(self._versions, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise PublishFault(
                f"somebody else is publishing to '{self.path}'; try again when that is done"
            ) from None
        finally:
            os.close(handle)
            if is_new and not self._current:
                with contextlib.suppress(OSError):
                    self._versions.rmdir()


_NUMBER = re.compile(r"[0-9]+")
"""The name of a version. `str.isdigit` also knows digits that `int` does not."""
_LONGEST_NUMBER = 255
_NONE_THERE = (errno.ENOENT, errno.ENOTDIR, errno.EFBIG)
_MAKING = re.compile(r"[0-9]+\.[0-9a-f]{16}\.making")
"""The name of an unfinished version."""


def _is_version(folder: Path) -> bool:
    """Whether this folder is a version: a number as its name, and only a site and the file of a version."""
    if not _NUMBER.fullmatch(folder.name):
        return False
    names = {row.name for row in folder.iterdir()}
    return _BEFORE in names and names <= {_BEFORE, _SITE} and not (folder / _BEFORE).is_dir()


def _walk(folder: Path) -> Iterator[tuple[str, int]]:
    """The paths and sizes of the files below a folder; links count as files."""
    base = os.path.realpath(folder)
    for parent, folders, names in os.walk(base):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted([*names, *links]):
            full = Path(parent) / name
            yield full.relative_to(base).as_posix(), full.lstat().st_size


def _make_folder(folder: Path) -> None:
    """Makes a folder that a server may read, whatever the umask."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)


def _number_in(path: Path) -> str:
    """The number of a version in a file, "" if there is none."""
    try:
        text = read_file(path, largest=_LONGEST_NUMBER).decode("ascii", "replace")
    except OSError as error:
        if isinstance(error, NotOrdinary) or error.errno in _NONE_THERE:
            return ""
        raise
    return text if _NUMBER.fullmatch(text) else ""


def _opened(path: Path) -> IO[bytes] | None:
    """A regular file, open; None if there is none."""
    try:
        return os.fdopen(open_file(path), "rb")
    except (FileNotFoundError, NotADirectoryError, NotOrdinary):
        return None


def _holds(place: Path, files: Mapping[str, bytes], path: str) -> bool:
    """Whether there is a regular file with the bytes of one of the site."""
    file = _opened(place)
    if file is None:
        return False
    with file:
        return is_same(files, path, file)


def _digest(path: Path) -> str:
    """The digest of a regular file, "" if there is none."""
    file = _opened(path)
    if file is None:
        return ""
    with file:
        return digest_of(file)


def _link(source: Path, place: Path) -> None:
    """Puts a file at another path: as a hard link, or as a copy if the file system has no hard links."""
    try:
        os.link(source, place, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, place, follow_symlinks=False)


def _fault(error: OSError, path: Path) -> PublishFault:
    """What the file system refused, and what to do about it."""
    about = error.filename or path
    advice = {
        errno.ENOSPC: "the disk is full; free some space and publish again",
        errno.EDQUOT: "your disk quota is used up; free some space and publish again",
        errno.EACCES: f"permission denied; site-builder must be able to write in '{path.parent}'",
        errno.EPERM: "the file system does not allow it; does it support symbolic links? "
        "A target of kind rsync works without them",
        errno.EROFS: "the disk is read-only",
    }.get(error.errno or 0, error.strerror or str(error))
    return PublishFault(f"'{about}' can't be written: {advice}. The site at '{path}' is unchanged.")
