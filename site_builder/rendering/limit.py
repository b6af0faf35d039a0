"""Limits the time and memory that a template may use for one page, because its author may write an endless loop.

Time is processor time, if the system reports it for each thread, so that a busy machine makes no difference. Memory
is limited on Linux only, by a limit of the whole process.
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
"""The environment variable that sets another limit in seconds."""
_USUAL = 10.0
MOST_MEMORY = 1 << 30
"""The limit in bytes, on top of what the process already uses."""
_STATM = Path("/proc/self/statm")
_INTERVAL = 0.5
"""Seconds between checks of the time."""
WATCH = "page limit"
"""The name of the thread that checks the time. It ends within an interval after the last page."""


class TooSlow(Exception):  # a finding, not a fault
    """A template took too long for one page. The message has the limit."""


def seconds() -> float:
    """The limit."""
    with contextlib.suppress(ValueError):
        return max(0.1, float(os.environ.get(SETTING, "")))
    return _USUAL


class Limit:
    """Raises `TooSlow` in a thread that takes too long, wherever it is.

    A thread of its own checks the time. It ends when no page is being made.
    """

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._watch: threading.Thread | None = None
        self._running: dict[int, tuple[Callable[[], float], float]] = {}
        """By thread: its clock, and its deadline."""
        self._ended: set[int] = set()
        self._memory = _Memory()

    @contextlib.contextmanager
    def __call__(self) -> Iterator[None]:
        """Limits the time and memory of the code inside the context."""
        if os.getpid() != self._process:  # a forked process has none of its parent's threads
            self._begin()
        thread = threading.get_ident()
        clock = _clock(thread)
        with self._lock:
            if not self._running:
                self._memory.limit()
            self._running[thread] = clock, clock() + seconds()
            if self._watch is None:
                self._watch = threading.Thread(target=self._look, name=WATCH, daemon=True)
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
                    _raise_in(thread, None)  # it may still be pending

    def _look(self) -> None:
        while True:
            time.sleep(_INTERVAL)
            with self._lock:
                if not self._running:  # the next page starts another thread
                    self._watch = None
                    return
                for thread, (clock, end) in self._running.items():
                    if thread not in self._ended and clock() > end:
                        self._ended.add(thread)
                        _raise_in(thread, TooSlow)


class _Memory:
    """Limits the memory of the process; allocations beyond the limit raise `MemoryError`."""

    _LOOK_EVERY = 50
    """The number of pages between measurements of memory, which take longer than setting the limit."""

    def __init__(self) -> None:
        self._pages = 0
        self._bound = 0
        self._usual = (0, 0)

    def limit(self) -> None:
        """Sets the limit, relative to the memory in use now or a few pages ago."""
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
        """Removes the limit."""
        if sys.platform.startswith("linux") and self._bound:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_DATA, self._usual)


def _memory_of_process() -> int:
    """The bytes of private writable memory, which count for the limit; 0 if unknown."""
    try:
        return int(_STATM.read_bytes().split()[5]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


def _clock(thread: int) -> Callable[[], float]:
    """A clock with the processor time of a thread, or with real time if that is not available."""
    if hasattr(time, "pthread_getcpuclockid"):
        number = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(number)
    return time.monotonic


def _raise_in(thread: int, kind: type[Exception] | None) -> None:
    """Raises an exception in another thread as soon as it runs Python code; with None, cancels that."""
    import ctypes

    error = None if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)
