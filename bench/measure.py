"""Run a command once, and say what it cost: wall time, processor time, memory."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")
SAMPLE_SECONDS = 0.05
LONGEST = 1800.0
"""Seconds after which a run counts as failed."""
PROC = Path("/proc")


class RunFailed(Exception):
    """The command failed, took too long or could not be started. The message is the end of its output."""


@dataclass(frozen=True)
class Cost:
    """What one run cost. Seconds; bytes."""

    wall: float
    processor: float
    """User and system, the processes it started included."""
    memory: int = 0
    """The most that its processes held together, shared pages once; 0 if not watched."""


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    watch_memory: bool = False,
    longest: float = LONGEST,
) -> Cost:
    """Run a command to its end; raises `RunFailed` if it fails or takes more than `longest` seconds.

    Watching memory takes processor time from the command, so its times do not count then.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as problem:
            raise RunFailed(f"{problem.strerror}\n{' '.join(command)}") from problem
        watcher = MemoryWatcher(process.pid) if watch_memory else None
        limit = threading.Timer(longest, end_all, (process.pid,))
        limit.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            end_all(process.pid)
            raise
        finally:
            limit.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = watcher.stop() if watcher else 0
        if wall > longest:
            raise RunFailed(f"not done after {longest:g} seconds\n{' '.join(command)}")
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-3000:]
            raise RunFailed(f"exit code {process.returncode}\n{' '.join(command)}\n{words}")
    # Where processes can't be watched, the largest single one is known (kilobytes on Linux).
    memory = memory or (usage.ru_maxrss * 1024 if watch_memory else 0)
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory)


def end_all(leader: int) -> None:
    """Kill a process and those it started; it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


class MemoryWatcher:
    """Samples the memory of a process and all below it, until stopped."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._largest = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The largest sum seen, in bytes; 0 where the system does not tell."""
        self._over.set()
        self._thread.join()
        return self._largest

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._largest = max(self._largest, tree_memory(self._pid))


def tree_memory(pid: int) -> int:
    """Bytes that a process and its descendants hold now; pages they share count once (PSS, proc(5))."""
    total = 0
    try:
        total = proportional_memory(pid)
        for task in (PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_bytes().split():
                total += tree_memory(int(child))
    except (OSError, IndexError):
        pass  # it ended while we looked
    return total


def proportional_memory(pid: int) -> int:
    """The proportional set size of one process, in bytes; what is resident where that is not told."""
    with contextlib.suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_bytes().splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    return int((PROC / str(pid) / "statm").read_bytes().split()[1]) * PAGE_SIZE
