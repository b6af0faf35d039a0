"""Processes that this one starts end when it does, even if it is killed and has no time to end them."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

_INTERVAL = 0.5
"""Seconds between two looks at whether the parent is still there."""
_SHELL = "/bin/sh"
# Reads the number of a process, then waits for the end of its input. That comes when nobody is left
# who could write to it. A program that was asked to end may still remove its locks.
_GUARD = """
trap '' INT TERM HUP
read -r process || exit
read -r _
kill -TERM "$process" && sleep 1 && kill -KILL "$process"
"""


def end_with_parent(parent: int) -> None:
    """Lets this forked process end soon after its parent, whatever it is doing then."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while is_child_of(parent):
        time.sleep(_INTERVAL)
    os.kill(os.getpid(), signal.SIGKILL)


def is_child_of(parent: int) -> bool:
    """Whether a process is still this one's parent. On Windows, a parent that has gone keeps its number."""
    return os.getppid() == parent


class Program:
    """Another program that runs, in `process`, and ends soon after this process if it has not ended before.

    On systems without a shell at `/bin/sh` it may go on. Arguments are those of `subprocess.Popen`.
    """

    def __init__(self, command: Sequence[str], **settings: Any) -> None:
        import subprocess

        self._guard = _guard()
        try:
            self.process: subprocess.Popen[bytes] = subprocess.Popen(command, **settings)
        except BaseException:
            self._end_guard()
            raise
        if self._guard is not None:
            assert self._guard.stdin is not None
            with contextlib.suppress(OSError):
                self._guard.stdin.write(f"{self.process.pid}\n".encode())
                self._guard.stdin.flush()

    def end(self) -> None:
        """Ends it now, if it still runs, and what watches it."""
        self._end_guard()
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            _close(pipe)

    def _end_guard(self) -> None:
        # First of the two: a guard must not outlive the number that it was told.
        if self._guard is not None:
            self._guard.kill()
            self._guard.wait()
            _close(self._guard.stdin)
            self._guard = None


def _guard() -> subprocess.Popen[bytes] | None:
    import subprocess

    with contextlib.suppress(OSError):
        return subprocess.Popen(
            [_SHELL, "-c", _GUARD],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return None


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(OSError):
            pipe.close()
