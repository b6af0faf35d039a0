"""How fast this machine is now, so that limits of time hold on slow and on busy ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

_LOOPS = 100_000
_USUAL = 0.004
"""Seconds that a machine as of 2022 takes for so many."""


def pace() -> float:
    """How many times longer work takes here than on the machine that limits are written for; 1 or more.

    It counts time of the processor, as those who ask for it should.
    """
    best = min(_loop() for _ in range(5))
    return max(1.0, best / _USUAL)


def _loop() -> float:
    begun = time.thread_time()
    count = 0
    for number in range(_LOOPS):
        count += number & 3
    return time.thread_time() - begun


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Checks that what is done within takes no longer than so many seconds of the processor, or their like here.

    Raises:
        AssertionError: it took longer.
    """
    before = pace()
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    most = seconds * max(before, pace())
    assert took < most, f"{took:.2f} s, and not {most:.2f}"
