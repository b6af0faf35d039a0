"""Writes a rendered site to the output folder: only files that differ, each in one step.

Files that the builder did not make are never overwritten or removed. The manifest is saved before
writing, with everything that is about to be written, so that the next build recognises the files of a
killed one; and again at the end, as it then is.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from site_builder.disk import about, parents
from site_builder.faults import OutputFault
from site_builder.output.comparing import Comparer, Comparison, open_source
from site_builder.output.manifest import NAME, Manifest
from site_builder.tree import Tree
from site_builder.values import NamedTuple


class Changes(NamedTuple):
    """What a write changed: paths of files, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Files that the site no longer has, but that stay because somebody else changed them."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


_NONE: Mapping[str, str] = MappingProxyType({})


def write(
    files: Mapping[str, bytes],
    folder: Path,
    *,
    kept: Mapping[str, str] = _NONE,
    digests: Mapping[str, str] = _NONE,
    copied: Mapping[str, str] = _NONE,
    clean: bool = False,
) -> Changes:
    """Updates the folder so that it holds exactly these files of the builder's; returns what changed.

    `kept` has the digests of unchanged files that are already there, and `digests` those of `files` that are
    known. `copied` has the source on disk of each file that is copied rather than read into memory. With
    `clean`, unchanged files are written again. Raises `OutputFault` if the folder can't be written, if
    another build is writing to it, or if somebody else's file is in the way.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder), Tree(folder) as tree:
            old = Manifest.load(folder)
            _refuse_links(files, folder)
            compared = Comparer(tree, old, clean=clean).compare(files, copied, kept, digests)
            _refuse_foreign(compared, folder)
            return _Writer(tree, old, files, copied).write(compared, kept)
    except OSError as error:
        name = error.filename
        where = _place(folder, name) if isinstance(name, (str, Path)) else folder
        raise OutputFault(f"the output can't be written: '{where}': {error.strerror}") from error


def _place(folder: Path, name: str | Path) -> Path:
    """The path of an error's file, which may be relative to the folder."""
    return Path(name) if Path(name).is_relative_to(folder) else folder / name


class _Writer:
    """Carries out what a comparison found."""

    def __init__(
        self,
        tree: Tree,
        old: Manifest,
        files: Mapping[str, bytes],
        copied: Mapping[str, str],
    ) -> None:
        self._tree = tree
        self._old = old
        self._files = files
        self._copied = copied

    def write(self, compared: Comparison, kept: Mapping[str, str]) -> Changes:
        tree = self._tree
        manifest = Manifest({**kept, **compared.digests}, altered=compared.altered)
        tree.sweep()
        if compared.added or compared.changed or compared.removed:
            tree.replace(NAME, self._old.becoming(manifest).dump())
        first = compared.in_the_way()
        for path in first:
            _remove(tree, path)
        for path in compared.folders:
            _remove_empty(tree, path)
        # Pages last, after the files they need.
        written = [*compared.added, *compared.changed]
        for path in sorted(written, key=lambda path: (path.endswith(".html"), path)):
            compared.digests[path] = self._put(path) or compared.digests[path]
        gone = {*first}
        for path in compared.removed:
            if path not in gone:
                _remove(tree, path)
        data = manifest._replace(files={**kept, **compared.digests}).dump()
        if tree.read(NAME) != data:
            tree.replace(NAME, data)
        return Changes(
            tuple(sorted(compared.added)),
            tuple(sorted(compared.changed)),
            tuple(compared.removed),
            tuple(compared.kept),
        )

    def _put(self, path: str) -> str:
        """Writes a file; returns the digest of a copied one, which may have changed since it was compared."""
        if path not in self._copied:
            self._tree.replace(path, self._files[path])
            return ""
        source = open_source(self._copied[path])
        try:
            return self._tree.copy(path, source).digest
        except OSError as error:
            raise (error if error.filename else about(error, self._copied[path])) from None
        finally:
            os.close(source)


def _refuse_foreign(compared: Comparison, folder: Path) -> None:
    """Raises `OutputFault` if somebody else's file would be overwritten."""
    foreign = sorted({*compared.foreign})
    if foreign:
        shown = ", ".join(foreign[:5]) + (", …" if len(foreign) > 5 else "")
        raise OutputFault(
            f"these files in '{folder}' are not site-builder's, but are where it has to write: "
            f"{shown}. Move them away, or choose another folder with --output."
        )


def _refuse_links(files: Mapping[str, bytes], folder: Path) -> None:
    """Raises `OutputFault` if a file would be written through a symbolic link."""
    folders = {above for path in files for above in parents(path)}
    for parent in sorted(folders):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if stat.S_ISLNK(os.lstat(folder / parent).st_mode):
                raise OutputFault(
                    f"'{folder / parent}' is a symbolic link; nothing is written there"
                )


def _remove(tree: Tree, path: str) -> None:
    """Removes a file, and folders that are then empty."""
    tree.unlink(path)
    for above in parents(path):
        if not tree.remove_folder(above):
            return


def _remove_empty(tree: Tree, path: str) -> None:
    """Removes an empty folder, and parents that are then empty."""
    for folder in (path, *parents(path)):
        if not tree.remove_folder(folder):
            return


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Locks the output folder."""
    try:
        import fcntl
    except ImportError:  # a system without flock can't prevent two builds at a time
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputFault(
                f"another build is writing to '{folder}'; try again when it is done"
            ) from None
        yield
    finally:
        os.close(handle)
