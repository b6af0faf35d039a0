"""What the checks of all targets share: their exception, places of findings, and a limit of time."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from site_builder.diagnostics import Location
from tools.pace import pace

LONGEST = 5_000
"""Bytes of an input."""
SLOW = 1.0 * pace()
"""Seconds of processor time that an input of `LONGEST` bytes may take: one, or more on a slow machine."""


class Broken(AssertionError):
    """Something that always holds does not, for this input."""


class TooSlow(BaseException):
    """An input takes too long. No handler of the code that is tested may catch it."""


def hold(is_so: object, what: str, *values: object) -> None:
    """Raises `Broken` unless something is so.

    Raises:
        Broken: it is not so.
    """
    if not is_so:
        raise Broken(f"{what}: {', '.join(repr(value)[:300] for value in values)}")


def _ring(_: int, __: FrameType | None) -> None:
    raise TooSlow


@contextmanager
def limited(what: str) -> Iterator[None]:
    """Bounds the processor time of what is done within; a regular expression that backtracks is broken off, too.

    Raises:
        Broken: it took more than `SLOW` seconds.
    """
    signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2 * SLOW)
    begun = time.thread_time()
    try:
        yield
    except TooSlow:
        raise Broken(f"{what} takes too long: it was broken off after {2 * SLOW} seconds") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    took = time.thread_time() - begun
    hold(took <= SLOW, f"{what} takes too long", took)


def lies_within(place: Location, lines: Sequence[str], first_line: int = 1) -> None:
    """Checks that a place is one of the file: its line is there and quoted as it is, and the column lies in it.

    Raises:
        Broken: it does not.
    """
    number = place.line - first_line
    hold(0 <= number < len(lines), "the line of a finding is not in the file", place, len(lines))
    line = lines[number]
    hold(place.text in ("", line), "a finding quotes another line than its own", place, line)
    hold(1 <= place.column <= len(line) + 1, "a column lies outside its line", place, line)
    last = place.column + place.length - 1
    hold(
        place.length >= 1 and last <= max(len(line), place.column),
        "a caret goes past its line",
        place,
        line,
    )
