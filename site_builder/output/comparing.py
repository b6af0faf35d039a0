"""Compares an output folder with the site: what to write, what to remove, what to leave alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.disk import NotOrdinary, Sum, chunks, open_file, parents, sum_of
from site_builder.faults import OutputFault
from site_builder.output.manifest import Manifest
from site_builder.reading.files import digest
from site_builder.tree import Tree


@dataclass
class Comparison:
    """What has to be written and removed. Paths are relative to the output folder."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """The builder's own files that the site no longer has."""
    kept: list[str] = field(default_factory=list)
    """The builder's own files that somebody else has changed since the last build."""
    altered: dict[str, str] = field(default_factory=dict)
    """The same, and those found by earlier builds, with the digests that the builder wrote."""
    foreign: list[str] = field(default_factory=list)
    """Paths where other people's files are in the way of files of the site."""
    folders: list[str] = field(default_factory=list)
    """Empty folders in the way of files of the site."""
    digests: dict[str, str] = field(default_factory=dict)
    """The digests of the site's files."""

    def in_the_way(self) -> list[str]:
        """Files to remove before others can be written: a file becomes a folder, or a folder a file."""
        written = {*self.added, *self.changed}
        above = {folder for path in written for folder in parents(path)}
        names = {path.casefold() for path in self.added}
        return [
            path
            for path in self.removed
            if path in above
            or path.casefold() in names
            or any(folder in written for folder in parents(path))
        ]


class Comparer:
    """Compares the files of a site with those in a folder. With `clean`, every file counts as changed."""

    def __init__(self, tree: Tree, old: Manifest, *, clean: bool) -> None:
        self._tree = tree
        self._old = old
        self._clean = clean
        self._result = Comparison()
        self._is_file: dict[str, bool] = {}
        """Whether a path that must be a folder is a regular file in the output, by path."""

    def compare(
        self,
        files: Mapping[str, bytes],
        copied: Mapping[str, str],
        kept: Mapping[str, str],
        digests: Mapping[str, str],
    ) -> Comparison:
        """Compares all files. `copied` has the source of each file to copy, `kept` the digests of unchanged files."""
        result = self._result
        self._gone({*files, *kept})
        for path in files:
            if path in copied:
                self._copied(path, copied[path])
                continue
            data = files[path]
            result.digests[path] = digests.get(path) or digest(data)
            try:
                present = self._tree.read(path)
            except NotOrdinary:
                self._in_the_way(path)
                continue
            self._present(path, None if present is None else present == data)
        self._case_alone(files)
        return result

    def _present(self, path: str, is_same: bool | None) -> None:
        """Records a file of the site; `is_same` is None if there is no file at its path."""
        result = self._result
        if is_same is None:
            self._look_above(path)
            result.added.append(path)
        elif not is_same or self._clean:
            old = self._old
            if path in old.altered:
                may_write = self._clean
            else:
                may_write = path in old.files or path in old.earlier
            (result.changed if may_write or is_same else result.foreign).append(path)

    def _copied(self, path: str, place: str) -> None:
        """Compares a file of `static/` with the one in the output, in chunks."""
        source = open_source(place)
        try:
            try:
                present = self._tree.open(path)
            except NotOrdinary:
                self._result.digests[path] = sum_of(source).digest
                self._in_the_way(path)
                return
            if present is None:
                self._result.digests[path] = sum_of(source).digest
                self._present(path, None)
                return
            try:
                made, is_same = _sum_and_same(source, present)
            finally:
                os.close(present)
            self._result.digests[path] = made.digest
            self._present(path, is_same)
        finally:
            os.close(source)

    def _look_above(self, path: str) -> None:
        """Finds other people's files where the site needs a folder."""
        for above in parents(path):
            if above in self._is_file:
                return
            is_file = stat.S_ISREG(self._tree.mode(above))
            self._is_file[above] = is_file
            if is_file and above not in self._result.removed:
                self._result.foreign.append(above)

    def _in_the_way(self, path: str) -> None:
        """Handles a path where something that is not a regular file is in the way."""
        result = self._result
        if not stat.S_ISDIR(self._tree.mode(path)):
            result.foreign.append(path)
            return
        going = {*result.removed}
        for below in self._tree.below(path):
            if below.endswith("/"):
                result.folders.append(below.rstrip("/"))
            elif below not in going:
                result.foreign.append(below)
        result.added.append(path)

    def _gone(self, wanted: Iterable[str]) -> None:
        """Finds the builder's files that the site no longer has, and those that others have changed."""
        result, old = self._result, self._old
        wanted = {*wanted}
        for path in sorted({*old.files, *old.earlier, *old.altered} - wanted):
            try:
                found = self._tree.sum(path)
            except NotOrdinary:
                # A folder here is not the file that the manifest lists.
                if not stat.S_ISDIR(self._tree.mode(path)) and path not in old.altered:
                    result.kept.append(path)
                continue
            if found is None or self._clean or old.wrote(path, found.digest):
                result.removed.append(path)
                continue
            known = (rows[path] for rows in (old.altered, old.files, old.earlier) if path in rows)
            result.altered[path] = next(known)
            if path not in old.altered:
                result.kept.append(path)

    def _case_alone(self, files: Mapping[str, bytes]) -> None:
        """Rewrites files whose names change only in case, if the file system ignores case."""
        result = self._result
        folded = {path.casefold(): path for path in result.removed}
        if not folded:
            return
        for path in files:
            old = folded.get(path.casefold())
            if old and self._tree.is_same(old, path) and path not in result.added:
                if path in result.changed:
                    result.changed.remove(path)
                result.added.append(path)


def open_source(place: str) -> int:
    """Opens a file of `static/`. Raises `OutputFault` if it can no longer be read."""
    try:
        return open_file(place, follow=True)
    except OSError as error:
        raise OutputFault(f"'{place}' can't be read: {error.strerror}") from error


def _sum_and_same(source: int, present: int) -> tuple[Sum, bool]:
    """The digest and size of a file, and whether another one has the same bytes."""
    other = chunks(present)
    is_same = os.fstat(source).st_size == os.fstat(present).st_size

    def look(data: bytes) -> None:
        nonlocal is_same
        is_same = is_same and next(other, b"") == data

    return sum_of(source, look), is_same
