"""Reads and changes files without touching anybody else's.

Reading opens ordinary files only, so that a FIFO or a device never blocks a build. Writing creates a new
file under a random name and renames it into place: the bytes behind a symbolic or hard link stay as they
are, and nobody can guess the name in advance. `Tree` also follows no link between a folder and a file below it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TypeGuard

_CHUNK = 1 << 20
_LONGEST_NAME = 255
"""Bytes of one step of a path: the limit of most file systems."""
_LONGEST_PATH = 3000
_DRIVE = re.compile(r"[A-Za-z]:")
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | getattr(os, "O_CLOEXEC", 0)
_NEW |= getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_READ |= getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_BY_HANDLE = {os.open, os.mkdir, os.unlink, os.rmdir, os.stat, os.rename} <= os.supports_dir_fd


class NotOrdinary(OSError):
    """Something is there that is no ordinary file: a folder, a link, a FIFO, a device, a socket."""


def is_clean(path: object) -> TypeGuard[str]:
    """Whether this is a relative path that stays below its folder, on every system."""
    if not isinstance(path, str) or not path or "\0" in path or "\\" in path or _DRIVE.match(path):
        return False
    try:
        sizes = [len(step.encode()) for step in path.split("/")]
    except UnicodeEncodeError:
        return False
    steps = path.split("/")
    return (
        not any(step in ("", ".", "..") for step in steps)
        and max(sizes) <= _LONGEST_NAME
        and sum(sizes) <= _LONGEST_PATH
    )


def parents(path: str) -> Iterator[str]:
    """The folders above a path, the nearest first: `a/b` and `a` for `a/b/c`."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def random_name() -> str:
    """A name for a temporary file or folder, which nobody can guess."""
    return f".site-builder-{os.urandom(8).hex()}.tmp"


_RANDOM_NAME = re.compile(r"\.site-builder-[0-9a-f]{16}\.tmp")


def is_random_name(name: str) -> bool:
    """Whether `random_name` could have made this name."""
    return bool(_RANDOM_NAME.fullmatch(name))


# --- reading -----------------------------------------------------------------------------------------


def open_file(
    path: str | Path, *, follow: bool = False, dir_fd: int | None = None, flags: int = _READ
) -> int:
    """A handle of an ordinary file. Raises `OSError`, `NotOrdinary` for anything else; never waits.

    `follow` says whether the last step of the path may be a symbolic link.
    """
    if not (follow or _NO_FOLLOW) and os.path.islink(path):
        raise NotOrdinary(errno.ELOOP, "this is a symbolic link", str(path))
    try:
        handle = os.open(path, flags | (0 if follow else _NO_FOLLOW), dir_fd=dir_fd)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR, errno.ENODEV):
            raise NotOrdinary(error.errno, "this is no ordinary file", str(path)) from None
        raise
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise NotOrdinary(errno.EINVAL, "this is no ordinary file", str(path))


def read_file(
    path: str | Path,
    *,
    follow: bool = False,
    dir_fd: int | None = None,
    largest: int | None = None,
) -> bytes:
    """The bytes of an ordinary file. Raises `OSError`, also if there are more than `largest` bytes."""
    handle = open_file(path, follow=follow, dir_fd=dir_fd)
    with open(handle, "rb", buffering=0) as file:
        if largest is None:
            return file.readall()
        data = b""
        while len(data) <= largest and (more := file.read(largest + 1 - len(data))):
            data += more
    if len(data) > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


def chunks(handle: int) -> Iterator[bytes]:
    """The bytes of an open file, a piece at a time."""
    while data := os.read(handle, _CHUNK):
        yield data


class Sum(NamedTuple):
    """What the bytes of a file come to: the builder's digest of them, and how many they are."""

    digest: str
    size: int


def sum_of(handle: int, tell: Callable[[bytes], object] = lambda _: None) -> Sum:
    """Reads an open file to its end, a piece at a time; `tell` is called with each piece."""
    made = hashlib.blake2b(digest_size=16)
    size = 0
    for data in chunks(handle):
        made.update(data)
        size += len(data)
        tell(data)
    return Sum(made.hexdigest(), size)


# --- writing -----------------------------------------------------------------------------------------


def write_all(handle: int, data: bytes | memoryview) -> None:
    """Writes bytes to a handle, all of them."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def create(
    path: str | Path, data: bytes = b"", *, dir_fd: int | None = None, mode: int = 0o644
) -> None:
    """Writes a new file. Raises `FileExistsError` if anything is there, a link to nowhere included."""
    handle = os.open(path, _NEW, mode, dir_fd=dir_fd)
    try:
        write_all(handle, data)
    finally:
        os.close(handle)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new, empty file to write, which then takes the place of `path`; after an error it is removed."""
    temporary = path.with_name(random_name())
    create(temporary)
    try:
        yield temporary
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def replace(path: Path, data: bytes) -> None:
    """Writes a file whole: beside its place, and then renamed over what was there."""
    with replacing(path) as temporary:
        _fill(temporary, data)


def _fill(path: Path, data: bytes) -> None:
    handle = open_file(path, flags=os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        write_all(handle, data)
    finally:
        os.close(handle)


def rewrite(path: Path, data: bytes) -> None:
    """The same for a file that somebody else may have made: it keeps its permissions.

    Raises `NotOrdinary` if what is there is a link, or no file.
    """
    try:
        handle = open_file(path)
    except FileNotFoundError:
        replace(path, data)
        return
    mode = stat.S_IMODE(os.fstat(handle).st_mode)
    os.close(handle)
    with replacing(path) as temporary:
        _fill(temporary, data)
        os.chmod(temporary, mode)


def is_folder(path: str | Path) -> bool:
    """Whether there is a folder, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def own_folder(path: Path) -> bool:
    """Whether there is a folder, and no link to one; makes it if nothing is there."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(parents=True)
    return is_folder(path)


_ABANDONED = 3600
"""Seconds after which nobody writes a temporary file any more."""


def sweep(folder: Path) -> None:
    """Removes temporary files that a process killed an hour ago or more left in a folder."""
    with contextlib.suppress(OSError):
        for row in os.scandir(folder):
            if not is_random_name(row.name) or not row.is_file(follow_symlinks=False):
                continue
            if row.stat(follow_symlinks=False).st_mtime < time.time() - _ABANDONED:
                os.unlink(row.path)


class Tree:
    """A folder, and files below it by their path from it. No link below the folder is followed.

    Folders are opened step by step, each from the one above it, so that even a link that is put there
    meanwhile leads nowhere. Where the system can't do that, each step is looked at first.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._top = os.open(folder, _FOLDER) if _BY_HANDLE else -1
        self._open: list[tuple[str, int]] = []
        """The folders that were opened last, each inside the one before."""
        self._missing: set[str] = set()
        """Folders that were found not to be there; looking again would cost as much as a page does."""

    def __enter__(self) -> Tree:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._close_to(0)
        if _BY_HANDLE:
            os.close(self._top)

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            os.close(self._open.pop()[1])

    def _parent(self, path: str, *, make: bool = False) -> tuple[str, int | None]:
        """How to name a path to the system: a name, and the handle of the folder it is in."""
        *steps, name = path.split("/")
        if not _BY_HANDLE:
            return self._looked_at(steps, make=make), None
        depth = 0
        while depth < min(len(steps), len(self._open)) and self._open[depth][0] == steps[depth]:
            depth += 1
        self._close_to(depth)
        for number, step in enumerate(steps[depth:], start=depth + 1):
            above = self._open[-1][1] if self._open else self._top
            self._open.append((step, self._folder_at("/".join(steps[:number]), step, above, make)))
        return name, self._open[-1][1] if self._open else self._top

    def _folder_at(self, path: str, step: str, above: int, make: bool) -> int:  # a hot path
        """A handle of a folder in the one above it."""
        if path not in self._missing:
            try:
                return os.open(step, _FOLDER | _NO_FOLLOW, dir_fd=above)
            except FileNotFoundError:
                self._missing.add(path)
        if not make:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        with contextlib.suppress(FileExistsError):
            os.mkdir(step, dir_fd=above)
        self._missing.discard(path)
        return os.open(step, _FOLDER | _NO_FOLLOW, dir_fd=above)

    def _looked_at(self, steps: list[str], *, make: bool) -> str:
        place = self.folder
        for step in steps:
            place /= step
            if make and not os.path.lexists(place):
                place.mkdir()
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
        return str(place)

    def _at(self, path: str, *, make: bool = False) -> tuple[str, int | None]:
        name, handle = self._parent(path, make=make)
        return (name, handle) if handle is not None else (f"{name}/{path.rpartition('/')[2]}", None)

    def open(self, path: str) -> int | None:
        """A handle of an ordinary file, None if nothing is there. Raises `NotOrdinary`, or `OSError`."""
        try:
            name, handle = self._at(path)
            return open_file(name, dir_fd=handle)
        except NotOrdinary as error:
            raise NotOrdinary(error.errno, error.strerror, path) from None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno == errno.ELOOP:
                return None
            raise

    def read(self, path: str) -> bytes | None:
        """The bytes of an ordinary file, None if nothing is there. Raises as `open` does."""
        handle = self.open(path)
        if handle is None:
            return None
        with open(handle, "rb", buffering=0) as file:
            return file.readall()

    def sum(self, path: str) -> Sum | None:
        """The sum of an ordinary file, None if nothing is there. Raises as `open` does."""
        handle = self.open(path)
        if handle is None:
            return None
        try:
            return sum_of(handle)
        finally:
            os.close(handle)

    def mode(self, path: str) -> int:
        """The kind of what is at a path, as in `stat`, of a link its own; 0 if nothing is there."""
        try:
            name, handle = self._at(path)
            return os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode
        except OSError:
            return 0

    def is_same(self, path: str, other: str) -> bool:
        """Whether two names are of one file, as `A` and `a` are where case does not count."""
        try:
            name, handle = self._at(path)
            one = os.stat(name, dir_fd=handle, follow_symlinks=False)
            name, handle = self._at(other)
            return os.path.samestat(one, os.stat(name, dir_fd=handle, follow_symlinks=False))
        except OSError:
            return False

    def names(self, path: str) -> list[str]:
        """The names in a folder, sorted."""
        if not _BY_HANDLE:
            return sorted(os.listdir(self.folder / path))
        name, above = self._at(path)
        handle = os.open(name, _FOLDER | _NO_FOLLOW, dir_fd=above)
        try:
            return sorted(os.listdir(handle))
        finally:
            os.close(handle)

    def below(self, path: str) -> Iterator[str]:
        """All below a folder that is not itself a folder; and each folder that is empty, with a slash."""
        names = self.names(path)
        if not names:
            yield f"{path}/"
        for name in names:
            if stat.S_ISDIR(self.mode(f"{path}/{name}")):
                yield from self.below(f"{path}/{name}")
            else:
                yield f"{path}/{name}"

    def replace(self, path: str, data: bytes | memoryview) -> None:
        """Writes a file whole, over whatever file is there; makes the folders it needs."""
        with self._replacing(path) as handle:
            write_all(handle, data)

    def copy(self, path: str, source: int) -> Sum:
        """Writes a file whole, with the bytes of an open file; returns what they come to."""
        with self._replacing(path) as handle:
            return sum_of(source, lambda data: write_all(handle, data))

    @contextlib.contextmanager
    def _replacing(self, path: str) -> Iterator[int]:
        """A handle of a new file, at the top of the tree, that then takes its place."""
        name, to = self._at(path, make=True)
        temporary = random_name()
        made = temporary if _BY_HANDLE else str(self.folder / temporary)
        at = self._top if _BY_HANDLE else None
        handle = os.open(made, _NEW, 0o644, dir_fd=at)
        try:
            try:
                yield handle
            finally:
                os.close(handle)
            os.replace(made, name, src_dir_fd=at, dst_dir_fd=to)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(made, dir_fd=at)
            raise

    def sweep(self) -> None:
        """Removes temporary files that a killed process left at the top."""
        for name in os.listdir(self._top if _BY_HANDLE else self.folder):
            if is_random_name(name) and stat.S_ISREG(self.mode(name)):
                self.unlink(name)

    def unlink(self, path: str) -> None:
        """Removes a file, if it is there."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            name, handle = self._at(path)
            os.unlink(name, dir_fd=handle)

    def remove_folder(self, path: str) -> bool:
        """Removes a folder if it is empty; whether it did."""
        try:
            name, handle = self._at(path)
            os.rmdir(name, dir_fd=handle)
        except OSError:
            return False
        return True
