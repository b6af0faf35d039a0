"""Finds and reads the files of a site.

`find` lists files in the same order on every machine; `read` returns their bytes. Neither follows a
symbolic link out of the site. A signature (from `stat`) tells whether a file may have changed, and a
digest whether it has.
"""

from __future__ import annotations

import hashlib
import os
import time
from functools import lru_cache
from pathlib import Path

from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.disk import read_file
from site_builder.reading.encodings import (
    Decoded,
    decoded,
    decoded_source,
    odd_character,
)
from site_builder.reading.names import is_ignored, is_leftover, is_published
from site_builder.text import lazily
from site_builder.values import NamedTuple

LARGEST_TEXT = 8 * 1024 * 1024
"""The largest source text or theme file, in bytes."""
LARGEST_CONTENT = 2 * 1024 * 1024
"""The largest content file, in bytes: about 5,000 entities, or 300,000 words."""


Signature = tuple[int, int, int, int]
"""Modification time and change time in nanoseconds, size in bytes, inode."""

_SETTLED = 2.0
"""Seconds after which a signature is trusted: two writes within one tick of the clock leave the same
times."""


def latest_settled() -> float:
    """The latest file time that can be trusted, in nanoseconds since 1970."""
    return (time.time() - _SETTLED) * 1e9


class InputFile(NamedTuple):
    """A file that has been read: its path and its bytes.

    `path` is relative to the site's root, with forward slashes.
    """

    path: str
    data: bytes

    @property
    def digest(self) -> str:
        """The digest of the bytes: 128-bit BLAKE2b, in hexadecimal."""
        return digest(self.data)


class Found(NamedTuple):
    """A file that exists and has not been read. `signature` changes whenever the file is written."""

    path: str
    absolute: str
    signature: Signature

    @property
    def size(self) -> int:
        """The file's size in bytes."""
        return self.signature[2]


def digest(data: bytes) -> str:
    """The digest of bytes: 128-bit BLAKE2b, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_bytes(data: bytes) -> bytes:
    """The same digest as 16 bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def find(root: Path, folder: str, *, hidden: bool = False) -> tuple[list[Found], list[Diagnostic]]:
    """All files below `root/folder`, sorted by path, and findings about those that can't be used.

    A folder that does not exist, or leads out of the site, has no files. Skips temporary files of editors
    and hidden files. With `hidden`, includes the hidden files that servers read, and warns about the
    others. A file that disappears during the search is not an error.
    """
    walk = _Walk(os.path.realpath(root), hidden=hidden)
    directory = os.path.join(root, folder)
    if not os.path.islink(directory) or walk.stays_inside(directory, folder, ()):
        walk.folder(directory, folder, (os.path.realpath(directory),))
    walk.found.sort(key=lambda f: f.path)
    return walk.found, walk.problems


DEEPEST_FOLDER = 50
"""The deepest nesting of folders."""


class _Walk:
    """Collects the files below a folder."""

    def __init__(self, real_root: str, *, hidden: bool) -> None:
        self.found: list[Found] = []
        self.problems: list[Diagnostic] = []
        self._real_root = real_root
        self._hidden = hidden

    def _report(self, code: str, path: str, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, Location(path), hint))

    def folder(self, directory: str, relative: str, above: tuple[str, ...]) -> None:
        """`above` are the real paths of this folder and of those it was found in."""
        try:
            entries = list(os.scandir(directory))
        except FileNotFoundError:
            return
        except NotADirectoryError:
            if os.path.lexists(directory):
                self._report(
                    "unreadable-file", relative, "this is a file, but a folder is expected here"
                )
            return
        except OSError as error:
            self._report(
                "unreadable-file", relative, f"this folder can't be read: {error.strerror}"
            )
            return
        for entry in entries:
            path = f"{relative}/{entry.name}"
            try:
                if self._is_skipped(entry, path):
                    continue
                if self._has_good_name(entry.name, path):
                    self._entry(entry, path, above)
            except OSError as error:
                self._report("unreadable-file", path, f"this can't be read: {error.strerror}")

    def _is_skipped(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether a file or folder is skipped because of its name; warns if its author may not expect that."""
        if not self._hidden or not entry.name.startswith("."):
            return is_ignored(entry.name)
        if is_leftover(entry.name):
            return True
        if is_published(entry.name, folder=entry.is_dir()):
            return False
        if self._has_good_name(entry.name, path):
            message = "this is not published, because its name begins with a dot"
            hint = "move it out of static/, or give it another name"
            place = Location(path)
            self.problems.append(Diagnostic("hidden-file", message, place, hint, Severity.WARNING))
        return True

    def _has_good_name(self, name: str, path: str) -> bool:
        """Whether a file name can be used in addresses and messages; reports it if not."""
        if _ELSEWHERE.search(name):
            drive = "begins like a Windows drive"
            odd = "contains a character that is not allowed"
            what = f"{odd}: a backslash" if "\\" in name else f"{drive}: '{name[:2]}'"
            self._report("unreadable-file", path, f"the name of this file {what}", "rename it")
            return False
        if name.isascii() and name.isprintable():
            return True
        try:
            name.encode()
        except UnicodeEncodeError:
            shown = path.encode("utf-8", "replace").decode()
            self._report(
                "unreadable-file", shown, "the name of this file is not UTF-8", "rename it"
            )
            return False
        odd = odd_character(name) or ("a line end or a tab" if _WHITE.search(name) else "")
        if odd:
            shown = _WHITE.sub("\N{REPLACEMENT CHARACTER}", path)
            message = f"the name of this file contains a character that is not allowed: {odd}"
            self._report("unreadable-file", shown, message, "rename it")
        return not odd

    def _entry(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> None:
        if entry.is_symlink() and not self.stays_inside(entry.path, path, above):
            return
        if entry.is_dir():
            if path.startswith("content/") and path.endswith((".md", ".yaml", ".yml")):
                message = "this is a folder, but it is named like a file"
                self._report("unknown-file", path, message)
                return
            if len(above) > DEEPEST_FOLDER:
                message = f"folders are nested more than {DEEPEST_FOLDER} levels deep here"
                self._report("unreadable-file", path, message)
                return
            self.folder(entry.path, path, (*above, os.path.realpath(entry.path)))
        elif entry.is_file():
            status = entry.stat()
            signature = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
            self.found.append(Found(path, entry.path, signature))
        else:
            self._report("unreadable-file", path, "this is not a regular file")

    def stays_inside(self, link: str, path: str, above: tuple[str, ...]) -> bool:
        """Whether a symbolic link leads to something inside the site, and not in a circle."""
        real = os.path.realpath(link)
        if os.path.commonpath([real, self._real_root]) != self._real_root:
            message = f"this symbolic link leads outside the site, to {real}"
            self._report("outside-site", path, message, "replace it with a copy of the file")
            return False
        if real in above or not os.path.exists(real):
            message = "this symbolic link leads nowhere, or in a circle"
            self._report("outside-site", path, message, "delete it")
            return False
        return True


_ELSEWHERE = lazily.pattern(r"\\|^[A-Za-z]:")
"""Names that are paths or drives on Windows and in addresses."""
_WHITE = lazily.pattern(r"[\t\n\r]")


def read(found: Found, largest: int = LARGEST_TEXT) -> InputFile | Diagnostic:
    """The bytes of a file, or a finding if it can't be read or is larger than `largest` bytes."""
    if found.size > largest:
        message = f"this file has {found.size:,} bytes; the limit is {largest:,}"
        return Diagnostic("file-too-large", message, Location(found.path))
    try:
        return InputFile(found.path, read_file(found.absolute, follow=True))
    except OSError as error:
        message = f"this file can't be read: {error.strerror}"
        return Diagnostic("unreadable-file", message, Location(found.path))


def decode(file: InputFile) -> Decoded:
    """The text of a content file, and findings about its characters."""
    return decoded(file.path, file.data)


def decode_source(file: InputFile) -> Decoded:
    """The text of a source, and findings about its characters."""
    return decoded_source(file.path, file.data)


def line_of(text: str, line: int) -> str:
    """Line number `line` (from 1) of a text, or "" past its end."""
    lines = _lines(text)
    return lines[line - 1] if 0 < line <= len(lines) else ""


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    """The lines of a text; cached, because a file with many mistakes needs them often."""
    return text.split("\n")
