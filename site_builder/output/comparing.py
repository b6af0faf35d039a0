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
    """What a write has to do. Paths are relative to the output folder."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Files of the builder's that the site no longer has."""
    kept: list[str] = field(default_factory=list)
    """Files that were the builder's until somebody else changed them, found now."""
    altered: dict[str, str] = field(default_factory=dict)
    """The same, and those found earlier, with the digests the builder knows them by."""
    foreign: list[str] = field(default_factory=list)
    """What is not the builder's and is where a file of the site must go."""
    folders: list[str] = field(default_factory=list)
    """Empty folders that are where a file of the site must go."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of the site's files."""

    def in_the_way(self) -> list[str]:
        """Files that have to go before others can be written: a file becomes a folder, or a folder a file."""
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
    """Compares the files of a site with those in a folder. `clean` takes nothing for unchanged."""

    def __init__(self, tree: Tree, old: Manifest, *, clean: bool) -> None:
        self._tree = tree
        self._old = old
        self._clean = clean
        self._result = Comparison()
        self._is_file: dict[str, bool] = {}
        """Whether a folder of the site is an ordinary file in the output."""

    def compare(
        self,
        files: Mapping[str, bytes],
        copied: Mapping[str, str],
        kept: Mapping[str, str],
        digests: Mapping[str, str],
    ) -> Comparison:
        """`copied` are the places of the files whose bytes are on disk; `kept` those known to be as they should."""
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
        """Notes a file of the site; `is_same` is None if there is no file at its path."""
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
        """Compares a file of `static/` with that in the output, a piece at a time."""
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
        """Finds files of others where a folder of the site must go."""
        for above in parents(path):
            if above in self._is_file:
                return
            is_file = stat.S_ISREG(self._tree.mode(above))
            self._is_file[above] = is_file
            if is_file and above not in self._result.removed:
                self._result.foreign.append(above)

    def _in_the_way(self, path: str) -> None:
        """Something that is no ordinary file is where one of the site must go."""
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
        """Finds what the builder made and the site no longer has, and what others changed of it."""
        result, old = self._result, self._old
        wanted = {*wanted}
        for path in sorted({*old.files, *old.earlier, *old.altered} - wanted):
            try:
                found = self._tree.sum(path)
            except NotOrdinary:
                # A folder here holds nothing that the manifest knows by this path.
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
        """Where case does not count, a file whose name changes in case alone is written anew."""
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
    """A handle of a file of `static/`. Raises `OutputFault` if it can't be read any more."""
    try:
        return open_file(place, follow=True)
    except OSError as error:
        raise OutputFault(f"'{place}' can't be read: {error.strerror}") from error


def _sum_and_same(source: int, present: int) -> tuple[Sum, bool]:
    """What a file comes to, and whether another one has the same bytes."""
    other = chunks(present)
    is_same = os.fstat(source).st_size == os.fstat(present).st_size

    def look(data: bytes) -> None:
        nonlocal is_same
        is_same = is_same and next(other, b"") == data

    return sum_of(source, look), is_same
