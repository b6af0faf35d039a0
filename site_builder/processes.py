"""Child processes end when this process ends, even if it is killed."""

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
"""Seconds between checks that the parent process is still alive."""
_SHELL = "/bin/sh"
# Reads a process number, then waits for the end of its input, which comes when its writer has died.
# SIGTERM gives the program a second to remove its lock files.
_GUARD = """
trap '' INT TERM HUP
read -r process || exit
read -r _
kill -TERM "$process" && sleep 1 && kill -KILL "$process"
"""


def end_with_parent(parent: int) -> None:
    """Makes this forked process end soon after its parent, whatever it is doing."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while is_child_of(parent):
        time.sleep(_INTERVAL)
    os.kill(os.getpid(), signal.SIGKILL)


def is_child_of(parent: int) -> bool:
    """Whether a process is still this one's parent. Always true on Windows, which does not reparent."""
    return os.getppid() == parent


class Program:
    """Runs another program, as `process`, and ends it soon after this process ends.

    On systems without `/bin/sh` it may go on running. Arguments are those of `subprocess.Popen`.
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
        """Ends the program, if it still runs, and the shell that watches over it."""
        self._end_guard()
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            _close(pipe)

    def _end_guard(self) -> None:
        # Ends before the program does: its process number could belong to another process afterwards.
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
