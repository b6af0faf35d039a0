"""Answers `Range` requests, which browsers need to play videos.

Only single ranges (RFC 9110, section 14): a request for several gets the whole file, which servers may do.
"""

from __future__ import annotations

import re

from site_builder.values import NamedTuple

_ONE = re.compile(r"([0-9]{1,18})?-([0-9]{1,18})?")
_MOST = 10


class Part(NamedTuple):
    """The bytes from `start` up to but not including `end`, of `size` in total."""

    start: int
    end: int
    size: int

    @property
    def content_range(self) -> str:
        """The value of `Content-Range`."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


class NoSuchPart(Exception):
    """The requested range is outside the file, or malformed."""


def part_of(size: int, wanted: str | None, condition: str | None, tag: str) -> Part | None:
    """The part of a file that the headers `Range` and `If-Range` request; None for the whole file.

    `tag` is the file's `ETag`. Raises `NoSuchPart`.
    """
    unit, equals, text = (wanted or "").partition("=")
    if unit.strip().lower() != "bytes" or not equals:
        return None
    if condition is not None and condition.strip() != tag:
        return None  # the file has changed, so a part of it is useless
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
