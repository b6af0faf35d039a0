"""Reads and writes files below one folder, without following any link."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from site_builder.disk import (
    NEW_FILE,
    NO_FOLLOW,
    NotOrdinary,
    Sum,
    about,
    is_random_name,
    open_file,
    random_name,
    sum_of,
    write_all,
)

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_BY_HANDLE = {os.open, os.mkdir, os.unlink, os.rmdir, os.stat, os.rename} <= os.supports_dir_fd
"""Whether system calls take the descriptor of a folder. Windows has none that do."""


class Tree:
    """A folder, and the files below it, each named by its path relative to the folder.

    No link below the folder is followed. Each folder is opened relative to the one above it (`openat`),
    so that a link somebody creates meanwhile has no effect. Where the operating system can't do that,
    each folder on the way is checked before it is used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._top = os.open(folder, _FOLDER) if _BY_HANDLE else -1
        self._open: list[tuple[str, int]] = []
        """The folders on the way to the last path, by name, each open and inside the one before."""
        self._missing: set[str] = set()
        """Folders known to be missing; looking for one again would take as long as comparing a page."""

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
        """The arguments for a system call about a path: a name, and the descriptor of its folder."""
        *steps, name = path.split("/")
        if not _BY_HANDLE:
            return self._checked_path(steps, make=make), None
        depth = 0
        while depth < min(len(steps), len(self._open)) and self._open[depth][0] == steps[depth]:
            depth += 1
        self._close_to(depth)
        for number, step in enumerate(steps[depth:], start=depth + 1):
            above = self._open[-1][1] if self._open else self._top
            self._open.append((step, self._folder_at("/".join(steps[:number]), step, above, make)))
        return name, self._open[-1][1] if self._open else self._top

    def _folder_at(self, path: str, step: str, above: int, make: bool) -> int:  # a hot path
        """Opens a folder inside the one above it."""
        if path not in self._missing:
            try:
                return os.open(step, _FOLDER | NO_FOLLOW, dir_fd=above)
            except FileNotFoundError:
                self._missing.add(path)
        if not make:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        with contextlib.suppress(FileExistsError):
            os.mkdir(step, dir_fd=above)
        self._missing.discard(path)
        return os.open(step, _FOLDER | NO_FOLLOW, dir_fd=above)

    def _checked_path(self, steps: list[str], *, make: bool) -> str:
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
        """Opens a regular file; None if nothing is there. Raises `NotOrdinary` or another `OSError`."""
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
            raise self._about(error, path) from None

    def _about(self, error: OSError, path: str) -> OSError:
        """The same error, about a path that people know, not a name within an open folder."""
        return about(error, self.folder / path)

    @contextlib.contextmanager
    def _naming(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._about(error, path) from None

    def read(self, path: str) -> bytes | None:
        """The bytes of a regular file; None if nothing is there. Raises as `open` does."""
        handle = self.open(path)
        if handle is None:
            return None
        try:
            with open(handle, "rb", buffering=0) as file:
                return file.readall()
        except OSError as error:
            raise self._about(error, path) from None

    def sum(self, path: str) -> Sum | None:
        """The digest and size of a regular file; None if nothing is there. Raises as `open` does."""
        handle = self.open(path)
        if handle is None:
            return None
        try:
            return sum_of(handle)
        except OSError as error:
            raise self._about(error, path) from None
        finally:
            os.close(handle)

    def mode(self, path: str) -> int:
        """The mode of what is at a path, as in `lstat`; 0 if nothing is there."""
        try:
            name, handle = self._at(path)
            return os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return 0
        except OSError as error:
            if error.errno == errno.ELOOP:
                return 0
            raise self._about(error, path) from None

    def is_same(self, path: str, other: str) -> bool:
        """Whether two paths lead to the same file, as `A` and `a` do where case makes no difference."""
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
        with self._naming(path):
            name, above = self._at(path)
            handle = os.open(name, _FOLDER | NO_FOLLOW, dir_fd=above)
            try:
                return sorted(os.listdir(handle))
            finally:
                os.close(handle)

    def below(self, path: str) -> Iterator[str]:
        """The files below a folder, and each empty folder with a slash at its end."""
        names = self.names(path)
        if not names:
            yield f"{path}/"
        for name in names:
            if stat.S_ISDIR(self.mode(f"{path}/{name}")):
                yield from self.below(f"{path}/{name}")
            else:
                yield f"{path}/{name}"

    def replace(self, path: str, data: bytes | memoryview) -> None:
        """Writes a file in one step, replacing the one that is there; makes missing folders."""
        with self._replacing(path) as write:
            write(data)

    def copy(self, path: str, source: int) -> Sum:
        """Writes a file in one step with the bytes of an open file; returns their digest and size."""
        with self._replacing(path) as write:
            return sum_of(source, write)

    @contextlib.contextmanager
    def _replacing(self, path: str) -> Iterator[Callable[[bytes | memoryview], None]]:
        """Gives what writes to a new file at the top of the tree, then renames that to its path."""
        temporary = random_name()
        made = temporary if _BY_HANDLE else str(self.folder / temporary)
        at = self._top if _BY_HANDLE else None
        with self._naming(path):
            name, to = self._at(path, make=True)
            handle = os.open(made, NEW_FILE, 0o644, dir_fd=at)

        def write(data: bytes | memoryview) -> None:
            with self._naming(path):
                write_all(handle, data)

        try:
            try:
                yield write
            finally:
                with self._naming(path):
                    os.close(handle)
            with self._naming(path):
                os.replace(made, name, src_dir_fd=at, dst_dir_fd=to)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(made, dir_fd=at)
            raise

    def sweep(self) -> None:
        """Removes temporary files that a killed process left at the top of the tree."""
        for name in os.listdir(self._top if _BY_HANDLE else self.folder):
            if is_random_name(name) and stat.S_ISREG(self.mode(name)):
                self.unlink(name)

    def unlink(self, path: str) -> None:
        """Removes a file, if it is there."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), self._naming(path):
            name, handle = self._at(path)
            os.unlink(name, dir_fd=handle)

    def remove_folder(self, path: str) -> bool:
        """Removes a folder if it is empty; whether it was removed."""
        try:
            name, handle = self._at(path)
            os.rmdir(name, dir_fd=handle)
        except OSError:
            return False
        return True
