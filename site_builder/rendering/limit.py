"""A limit on the time that a template may take for one page: a loop that never ends is its author's mistake.

The time is that of the processor, where the system tells it by thread, so that a machine with much else to do
changes nothing.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator

SETTING = "SITE_BUILDER_PAGE_SECONDS"
"""The environment variable with another limit."""
_USUAL = 10.0
_INTERVAL = 0.5
"""Seconds between two looks at the clock."""


class TooSlow(Exception):  # a finding, not a fault
    """A template took longer than it may for one page. The message says how long that is."""


def seconds() -> float:
    """The limit."""
    with contextlib.suppress(ValueError):
        return max(0.1, float(os.environ.get(SETTING, "")))
    return _USUAL


class Limit:
    """Ends what takes too long: `TooSlow` is raised in the thread that does it, wherever it is."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._watch: threading.Thread | None = None
        self._running: dict[int, tuple[Callable[[], float], float]] = {}
        """By thread: its clock, and the time at which it is to end."""
        self._ended: set[int] = set()

    @contextlib.contextmanager
    def __call__(self) -> Iterator[None]:
        """Limits the time of what is done within."""
        if os.getpid() != self._process:  # it was forked, and has none of its parent's threads
            self._begin()
        thread = threading.get_ident()
        clock = _clock(thread)
        with self._lock:
            self._running[thread] = clock, clock() + seconds()
            if self._watch is None:
                self._watch = threading.Thread(target=self._look, daemon=True)
                self._watch.start()
        try:
            yield
        finally:
            with self._lock:
                del self._running[thread]
                if thread in self._ended:
                    self._ended.discard(thread)
                    _raise_in(thread, None)  # it may not have come to it

    def _look(self) -> None:
        while True:
            time.sleep(_INTERVAL)
            with self._lock:
                for thread, (clock, end) in self._running.items():
                    if thread not in self._ended and clock() > end:
                        self._ended.add(thread)
                        _raise_in(thread, TooSlow)


def _clock(thread: int) -> Callable[[], float]:
    """The time that the processor has spent on a thread, else the time of the day."""
    if hasattr(time, "pthread_getcpuclockid"):
        number = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(number)
    return time.monotonic


def _raise_in(thread: int, kind: type[Exception] | None) -> None:
    """Raises an exception in another thread as soon as that comes to it; with None, takes that back."""
    import ctypes

    error = None if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)
