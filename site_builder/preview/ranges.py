"""Parts of files: what a request with `Range` gets, which browsers need to play and seek in a video.

One part at a time (RFC 9110, section 14): a request for several gets the whole, as servers may answer it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ONE = re.compile(r"([0-9]{1,18})?-([0-9]{1,18})?")
_MOST = 10


class Part(NamedTuple):
    """The bytes from `start` up to `end`, without that, of `size`."""

    start: int
    end: int
    size: int

    @property
    def content_range(self) -> str:
        """The value of `Content-Range`."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


class NoSuchPart(Exception):
    """The part that is asked for is outside the file, or can't be understood."""


def part_of(size: int, wanted: str | None, condition: str | None, tag: str) -> Part | None:
    """The part of a file that the headers `Range` and `If-Range` ask for; None for the whole.

    `tag` is the file's `ETag`. Raises `NoSuchPart`.
    """
    unit, equals, text = (wanted or "").partition("=")
    if unit.strip().lower() != "bytes" or not equals:
        return None
    if condition is not None and condition.strip() != tag:
        return None  # the file is another one by now, so a part of it is of no use
    rows = [row.strip() for row in text.split(",") if row.strip()]
    matches = [_ONE.fullmatch(row) for row in rows[:_MOST]]
    if not matches or not all(matches):
        raise NoSuchPart
    if len(rows) > 1:
        return None
    assert matches[0]
    first, last = matches[0].groups()
    if first is None:
        start, end = max(size - int(last or 0), 0), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < start:
            raise NoSuchPart
    if start >= end:
        raise NoSuchPart
    return Part(start, end, size)
