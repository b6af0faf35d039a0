"""Files of a site, found and read.

`find` lists what there is, in one order on every machine; `read` gives bytes. Neither follows a
symbolic link out of the site. Signatures (`stat`) tell whether a file may have changed; digests
decide whether it has.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from site_builder.diagnostics import Diagnostic, Location
from site_builder.reading.encodings import decoded

LARGEST_TEXT = 8 * 1024 * 1024
"""Bytes of a content file, a template or a source's text; larger ones are refused."""


@dataclass(frozen=True)
class InputFile:
    """A file as it was read: where it is, and its bytes.

    `path` is relative to the site's root, with forward slashes.
    """

    path: str
    data: bytes

    @property
    def digest(self) -> str:
        """The digest that stands for the bytes: BLAKE2b, 16 bytes, in hexadecimal."""
        return digest(self.data)


@dataclass(frozen=True)
class Found:
    """A file there is, not yet read. `signature` changes whenever the file is written."""

    path: str
    absolute: str
    signature: tuple[int, int, int, int]
    """Modification time and change time in nanoseconds, size in bytes, inode."""

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.signature[2]


def digest(data: bytes) -> str:
    """The digest the builder knows bytes by."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_bytes(data: bytes) -> bytes:
    """The same digest as 16 bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is none of the site's: hidden, or an editor's own."""
    return (
        name.startswith((".", "#", "~$"))
        or name.endswith(("~", ".swp", ".swx", ".tmp", ".bak", ".orig", ".rej"))
        or name in ("4913", "__pycache__", "Thumbs.db", "desktop.ini")
    )


def find(root: Path, folder: str) -> tuple[list[Found], list[Diagnostic]]:
    """All files below `root/folder`, sorted by path; and those that lead out of the site.

    A folder that does not exist holds no files. Hidden files and editors' temporary ones are
    passed over. Raises nothing for a file that vanishes meanwhile.
    """
    found: list[Found] = []
    problems: list[Diagnostic] = []
    real_root = os.path.realpath(root)
    _walk(os.path.join(root, folder), folder, real_root, found, problems, set())
    found.sort(key=lambda f: f.path)
    return found, problems


def _walk(
    directory: str,
    relative: str,
    real_root: str,
    found: list[Found],
    problems: list[Diagnostic],
    above: set[str],
) -> None:
    try:
        entries = list(os.scandir(directory))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        message = f"this folder can't be read: {error.strerror}"
        problems.append(Diagnostic("unreadable-file", message, Location(relative)))
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        path = f"{relative}/{entry.name}"
        try:
            if entry.is_symlink():
                real = os.path.realpath(entry.path)
                if os.path.commonpath([real, real_root]) != real_root:
                    message = f"this symbolic link leads out of the site, to {real}"
                    problems.append(Diagnostic("outside-site", message, Location(path)))
                    continue
                if real in above or not os.path.exists(real):
                    message = "this symbolic link leads nowhere, or in a circle"
                    problems.append(Diagnostic("outside-site", message, Location(path)))
                    continue
            if entry.is_dir():
                deeper = above | {os.path.realpath(entry.path)}
                _walk(entry.path, path, real_root, found, problems, deeper)
            elif entry.is_file():
                status = entry.stat()
                signature = (
                    status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino,
                )  # fmt: skip
                found.append(Found(path, entry.path, signature))
            else:
                message = "this is no ordinary file"
                problems.append(Diagnostic("unreadable-file", message, Location(path)))
        except OSError as error:
            message = f"this can't be read: {error.strerror}"
            problems.append(Diagnostic("unreadable-file", message, Location(path)))


def read(found: Found, largest: int = LARGEST_TEXT) -> InputFile | Diagnostic:
    """The bytes of a file, or why there are none."""
    if found.size > largest:
        message = f"this file is {found.size:,} bytes; at most {largest:,} are read"
        return Diagnostic("file-too-large", message, Location(found.path))
    try:
        with open(found.absolute, "rb") as file:
            return InputFile(found.path, file.read())
    except OSError as error:
        message = f"this file can't be read: {error.strerror}"
        return Diagnostic("unreadable-file", message, Location(found.path))


def decode(file: InputFile) -> str | Diagnostic:
    """The text of a UTF-8 file, its line ends as LF, without a byte order mark; or why not."""
    return decoded(file.path, file.data)


def line_of(text: str, line: int) -> str:
    """Line number `line` (from 1) of a text, or "" past its end."""
    lines = text.split("\n", line)
    return lines[line - 1] if len(lines) >= line else ""
