"""A limit on the time and memory that a template may take for one page: a loop that never ends is its author's mistake.

The time is that of the processor, where the system tells it by thread, so that a machine with much else to do
changes nothing. Memory is limited where the system can do that, on Linux; the limit is one of the process.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform.startswith("linux"):
    import resource

SETTING = "SITE_BUILDER_PAGE_SECONDS"
"""The environment variable with another limit."""
_USUAL = 10.0
MOST_MEMORY = 1 << 30
"""Bytes beyond what the process has."""
_STATM = Path("/proc/self/statm")
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
        self._memory = _Memory()

    @contextlib.contextmanager
    def __call__(self) -> Iterator[None]:
        """Limits the time of what is done within."""
        if os.getpid() != self._process:  # it was forked, and has none of its parent's threads
            self._begin()
        thread = threading.get_ident()
        clock = _clock(thread)
        with self._lock:
            if not self._running:
                self._memory.limit()
            self._running[thread] = clock, clock() + seconds()
            if self._watch is None:
                self._watch = threading.Thread(target=self._look, daemon=True)
                self._watch.start()
        try:
            yield
        finally:
            with self._lock:
                del self._running[thread]
                if not self._running:
                    self._memory.free()
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


class _Memory:
    """Limits the memory that a process may ask for; what asks for more gets a `MemoryError`."""

    _LOOK_EVERY = 50
    """How often what the process has is looked at, in pages: it takes longer than to set the limit."""

    def __init__(self) -> None:
        self._pages = 0
        self._bound = 0
        self._usual = (0, 0)

    def limit(self) -> None:
        """Limits it, from what the process has now or had some pages ago."""
        if not sys.platform.startswith("linux"):
            return
        if self._pages % self._LOOK_EVERY == 0:
            self._usual = resource.getrlimit(resource.RLIMIT_DATA)
            used = _memory_of_process()
            bounds = [bound for bound in self._usual if bound != resource.RLIM_INFINITY]
            self._bound = min([used + MOST_MEMORY, *bounds]) if used else 0
        self._pages += 1
        if self._bound:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_DATA, (self._bound, self._usual[1]))

    def free(self) -> None:
        """Takes the limit back."""
        if sys.platform.startswith("linux") and self._bound:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_DATA, self._usual)


def _memory_of_process() -> int:
    """The bytes that count for the limit: those that a process alone can write; 0 if the system does not say."""
    try:
        return int(_STATM.read_bytes().split()[5]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


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
