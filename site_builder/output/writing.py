"""A rendered site to an output folder: only what differs, each file whole at any moment.

Files the builder did not make are never overwritten or removed. The manifest is saved first with
everything that is about to be written, so that a build killed half-way leaves nothing that the next
one would take for somebody else's, and last as it then is.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from site_builder.faults import OutputFault
from site_builder.output.manifest import NAME, Manifest
from site_builder.reading.files import digest

KEPT = frozenset((".gitkeep", ".gitignore", ".git", NAME))


class Changes(NamedTuple):
    """What a write did (or would do): paths of files, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


SOURCES = ("content", "seeds", "static", "templates")
"""The folders of a site's root that its author fills."""


def refuse_output_among_sources(root: Path, output: Path) -> None:
    """Raises `OutputFault` if the output would lie among the sources of the site, or hold them."""
    root, output = root.resolve(), output.resolve()
    for folder in (root / name for name in SOURCES):
        if output.is_relative_to(folder) or folder.is_relative_to(output):
            raise OutputFault(
                f"the output can't be '{output}': the site's own {folder.name}/ is "
                f"{'there' if folder.is_relative_to(output) else 'where it lies'}. "
                "Choose another folder with --output."
            )


def write(
    files: Mapping[str, bytes],
    folder: Path,
    *,
    kept: Mapping[str, str] | None = None,
    digests: Mapping[str, str] | None = None,
    clean: bool = False,
) -> Changes:
    """Makes the folder hold exactly these files of the builder's; returns what was done.

    `kept` are the digests of files that are there already, as they should be; `digests` those of `files`
    that are known. With `clean`, files that are as they should be are written again. Raises
    `OutputFault` if the folder can't be written, if another build is writing it, or if a file that is
    not the builder's stands where one is to go.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            return _write(files, kept or {}, digests or {}, folder, clean=clean)
    except OSError as error:
        where = f" '{error.filename}'" if error.filename else ""
        raise OutputFault(f"the output can't be written{where}: {error.strerror}") from error


def _write(
    files: Mapping[str, bytes],
    kept: Mapping[str, str],
    digests: Mapping[str, str],
    folder: Path,
    *,
    clean: bool,
) -> Changes:
    old = Manifest.load(folder)
    _refuse_links(files, folder)
    added, changed, foreign = _compare(files, folder, old, clean=clean)
    if foreign:
        shown = ", ".join(foreign[:5]) + (", …" if len(foreign) > 5 else "")
        raise OutputFault(
            f"these files in '{folder}' are not site-builder's and stand where it would write: "
            f"{shown}. Move them away, or choose another folder with --output."
        )
    removed = sorted(path for path in old.files if path not in files and path not in kept)
    ours = {path: digests.get(path) or digest(files[path]) for path in files}
    manifest = Manifest({**kept, **ours})
    data = manifest.dump()
    if added or removed or changed:
        both = {**old.files, **manifest.files}
        _replace(folder / NAME, Manifest(both).dump() if removed else data)
    made: set[str] = set()
    # Pages go last, after what they need.
    for path in sorted([*added, *changed], key=lambda path: (path.endswith(".html"), path)):
        parent = os.path.dirname(path)
        if parent not in made:
            os.makedirs(f"{folder}/{parent}", exist_ok=True)
            made.add(parent)
        _replace(folder / path, files[path])
    for path in removed:
        _remove(folder, path)
    if _read(folder / NAME) != data:
        _replace(folder / NAME, data)
    gone = tuple(removed)
    return Changes(tuple(sorted(added)), tuple(sorted(changed)), gone)


def _compare(
    files: Mapping[str, bytes], folder: Path, old: Manifest, *, clean: bool
) -> tuple[list[str], list[str], list[str]]:
    """Paths to add, to change, and those held by somebody else's files."""
    added, changed, foreign = [], [], []
    for path, data in files.items():
        present = _read(folder / path)
        if present is None:
            added.append(path)
        elif present != data or clean:
            if path in old.files or present == data:
                changed.append(path)
            else:
                foreign.append(path)
    return added, changed, foreign


def _read(path: Path) -> bytes | None:
    """A file's bytes, or None if there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _refuse_links(files: Mapping[str, bytes], folder: Path) -> None:
    """No file may be written through a symbolic link to somewhere else."""
    parents = {""}
    for path in files:
        steps = path.split("/")[:-1]
        parents.update("/".join(steps[: depth + 1]) for depth in range(len(steps)))
    for parent in sorted(parents - {""}):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if stat.S_ISLNK(os.lstat(folder / parent).st_mode):
                raise OutputFault(
                    f"'{folder / parent}' is a symbolic link; nothing is written there"
                )


def _replace(path: Path, data: bytes) -> None:
    """Writes a file beside its place and renames it over what was there.

    The name beside it is always the same, so that what a killed build left there is taken up.
    """
    temporary = f"{path.parent}/.{path.name}.tmp"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(temporary, flags, 0o644)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
        finally:
            os.close(handle)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _remove(folder: Path, path: str) -> None:
    """Removes a file, and the folders it leaves empty."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(folder / path)
    parent = os.path.dirname(path)
    while parent:
        try:
            os.rmdir(folder / parent)
        except OSError:
            return
        parent = os.path.dirname(parent)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the folder for this build alone."""
    try:
        import fcntl
    except ImportError:  # a system without flock: two builds at a time are then the user's affair
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputFault(
                f"another build is writing '{folder}'; try again when it is done"
            ) from None
        yield
    finally:
        os.close(handle)
