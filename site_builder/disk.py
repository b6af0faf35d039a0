"""Reads and writes files without touching anybody else's.

Reading opens regular files only, so that a FIFO or a device never blocks a build. Writing creates a new
file under a random name and renames it into place: a file behind a symbolic or hard link is never
changed, and nobody can guess the name in advance. `site_builder.tree` also avoids links in folders.
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
from typing import TypeGuard

from site_builder.values import NamedTuple

_CHUNK = 1 << 20
_LONGEST_NAME = 255
"""Bytes of one name in a path: the limit of most file systems."""
_LONGEST_PATH = 3000
_DRIVE = re.compile(r"[A-Za-z]:")
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | getattr(os, "O_CLOEXEC", 0)
NEW_FILE |= getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_READ |= getattr(os, "O_BINARY", 0)


class NotOrdinary(OSError):
    """The path does not lead to a regular file: a folder, link, FIFO, device or socket is there."""


def is_clean(path: object) -> TypeGuard[str]:
    """Whether this is a relative path that stays inside its folder on every operating system."""
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
    """The folders above a path, nearest first: `a/b` and `a` for `a/b/c`."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def random_name() -> str:
    """An unpredictable name for a temporary file or folder."""
    return f".site-builder-{os.urandom(8).hex()}.tmp"


_RANDOM_NAME = re.compile(r"\.site-builder-[0-9a-f]{16}\.tmp")


def is_random_name(name: str) -> bool:
    """Whether this is a name that `random_name` makes."""
    return bool(_RANDOM_NAME.fullmatch(name))


def about(error: OSError, path: str | Path) -> OSError:
    """The same error, about a path: the system names none where it is asked with an open file."""
    error.filename = str(path)
    error.filename2 = None
    return error


# --- reading -----------------------------------------------------------------------------------------


def open_file(
    path: str | Path, *, follow: bool = False, dir_fd: int | None = None, flags: int = _READ
) -> int:
    """Opens a regular file without blocking and returns its descriptor.

    `follow` says whether the path itself may be a symbolic link. Raises `NotOrdinary` if anything else
    is there, and `OSError` as `os.open` does.
    """
    if not (follow or NO_FOLLOW) and os.path.islink(path):
        raise NotOrdinary(errno.ELOOP, "this is a symbolic link", str(path))
    try:
        handle = os.open(path, flags | (0 if follow else NO_FOLLOW), dir_fd=dir_fd)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR, errno.ENODEV):
            raise NotOrdinary(error.errno, "this is not a regular file", str(path)) from None
        raise
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise NotOrdinary(errno.EINVAL, "this is not a regular file", str(path))


def read_file(
    path: str | Path,
    *,
    follow: bool = False,
    dir_fd: int | None = None,
    largest: int | None = None,
) -> bytes:
    """The bytes of a regular file. Raises `OSError`, with `EFBIG` if there are more than `largest` bytes."""
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
    """The bytes of an open file, in chunks of a megabyte."""
    while data := os.read(handle, _CHUNK):
        yield data


class Sum(NamedTuple):
    """The digest (128-bit BLAKE2b, hexadecimal) and the size in bytes of a file."""

    digest: str
    size: int


def sum_of(handle: int, tell: Callable[[bytes], object] = lambda _: None) -> Sum:
    """Reads an open file to its end in chunks, and calls `tell` with each chunk."""
    made = hashlib.blake2b(digest_size=16)
    size = 0
    for data in chunks(handle):
        made.update(data)
        size += len(data)
        tell(data)
    return Sum(made.hexdigest(), size)


# --- writing -----------------------------------------------------------------------------------------


def write_all(handle: int, data: bytes | memoryview) -> None:
    """Writes all bytes to a file descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def create(
    path: str | Path, data: bytes = b"", *, dir_fd: int | None = None, mode: int = 0o644
) -> None:
    """Writes a new file. Raises `FileExistsError` if anything is there, even a dangling link."""
    handle = os.open(path, NEW_FILE, mode, dir_fd=dir_fd)
    try:
        try:
            write_all(handle, data)
        finally:
            os.close(handle)
    except OSError as error:
        raise about(error, path) from None


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a new, empty file to write, then renames it to `path`; removes it if there is an error."""
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
    """Replaces a file in one step: writes a temporary file in the same folder and renames it."""
    try:
        with replacing(path) as temporary:
            _fill(temporary, data)
    except OSError as error:
        raise about(error, path) from None


def _fill(path: Path, data: bytes) -> None:
    handle = open_file(path, flags=os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        write_all(handle, data)
    finally:
        os.close(handle)


def rewrite(path: Path, data: bytes) -> None:
    """Replaces a file that somebody else may have made, and keeps its permissions.

    Raises `NotOrdinary` if a link is there, or anything else but a regular file.
    """
    try:
        handle = open_file(path)
    except FileNotFoundError:
        replace(path, data)
        return
    mode = stat.S_IMODE(os.fstat(handle).st_mode)
    os.close(handle)
    try:
        with replacing(path) as temporary:
            _fill(temporary, data)
            os.chmod(temporary, mode)
    except OSError as error:
        raise about(error, path) from None


def is_folder(path: str | Path) -> bool:
    """Whether this is a folder, and not a link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def own_folder(path: Path) -> bool:
    """Makes a folder if nothing is there; whether it is now a folder, and not a link to one."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(parents=True)
    return is_folder(path)


_ABANDONED = 3600
"""Seconds after which a temporary file is no longer in use."""


def sweep(folder: Path) -> None:
    """Removes temporary files more than an hour old, which a killed process left in a folder."""
    with contextlib.suppress(OSError):
        for row in os.scandir(folder):
            if not is_random_name(row.name) or not row.is_file(follow_symlinks=False):
                continue
            if row.stat(follow_symlinks=False).st_mtime < time.time() - _ABANDONED:
                os.unlink(row.path)
