"""Shows the current stage of a long build on a terminal, and reports where the time went."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

from site_builder.text.shown import on_one_line
from site_builder.workers import Timings

PATIENCE = 1.0
"""Seconds after which a build shows its stage."""
SLOWEST = 10
"""The number of files and pages that a profile names."""


class Progress:
    """Measures the stages of a build.

    With `shown`, a line on standard error names the stage once the build has taken a second; it is
    erased at the end. With `timed`, the times of single files and pages are recorded too.
    """

    def __init__(self, *, shown: bool, timed: bool) -> None:
        self.timings: Timings | None = {} if timed else None
        self._shown = shown
        self._stages: dict[str, float] = {}
        self._stage = "starting"
        self._since = self._start = time.perf_counter()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True)

    def __enter__(self) -> Progress:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.begin("")
        self._done.set()
        if self._shown:
            self._thread.join()

    def begin(self, stage: str) -> None:
        """Called when a stage begins; the one before it ends."""
        now = time.perf_counter()
        self._stages[self._stage] = self._stages.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now

    def _show(self) -> None:
        told = False
        while not self._done.wait(0.1 if told else PATIENCE):
            told = True
            seconds = time.perf_counter() - self._start
            sys.stderr.write(f"\r\x1b[K{on_one_line(self._stage)} … {seconds:.0f} s")
            sys.stderr.flush()
        if told:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def report(self) -> str:
        """A report as text: seconds by stage, then the slowest files, pages and kinds of page."""
        total = sum(self._stages.values()) or 1.0
        lines = ["seconds  share  stage"]
        lines += [
            f"{seconds:7.3f}  {seconds / total:5.0%}  {stage}"
            for stage, seconds in self._stages.items()
            if seconds >= 0.0005
        ]
        timings = self.timings or {}
        slowest = sorted(timings.items(), key=lambda row: row[1], reverse=True)[:SLOWEST]
        lines += ["", "milliseconds  slowest files and pages"]
        lines += [
            f"{seconds * 1000:12.1f}  {on_one_line(name) or 'the home page'}"
            for name, seconds in slowest
        ]
        return "\n".join(lines)
