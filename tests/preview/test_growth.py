"""A long day of writing: nothing grows, and nothing works while nobody does."""

from __future__ import annotations

import gc
import os
import resource
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.preview import watching
from site_builder.rendering.limit import WATCH

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.preview.conftest import StartPreview

REBUILDS = 1000


def test_a_thousand_rebuilds_leave_no_files_open_and_no_memory_behind(
    start: StartPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STEP", 1)
    live = start()
    browser = live.connect()

    def rebuild(number: int) -> None:
        count = len(live.updates)
        live.write("content/actors/anna.md", f"---\nname: Anna\n---\nCup {number}.\n")
        live.wait_for_update(count)
        live.get("/actors/anna/")
        if number % 100 == 0:
            live.edit("content/actors/anna.md", "---\nnmae: Anna\n---\n")
            live.get("/")
        browser.drain()

    for number in range(100):
        rebuild(number)
    before = measure()
    for number in range(REBUILDS):
        rebuild(number)
    after = measure()

    assert after.files <= before.files
    assert after.threads <= before.threads
    assert after.memory - before.memory < 10_000_000
    live.assert_equals_clean_build()


class Measure:
    """What the process holds."""

    def __init__(self) -> None:
        gc.collect()
        self.files = len(list(Path("/proc/self/fd").iterdir()))
        self.threads = threading.active_count()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.memory = pages * resource.getpagesize()


def measure() -> Measure:
    """What the process holds when builds that were begun have ended, and what watched them."""
    deadline = time.monotonic() + 120
    while any(thread.name in ("preview build", WATCH) for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return Measure()


def used_by_this_process() -> float:
    """The share of a core that this process uses for three seconds."""
    before, begin = os.times(), time.monotonic()
    threading.Event().wait(3)
    after, seconds = os.times(), time.monotonic() - begin
    return ((after.user + after.system) - (before.user + before.system)) / seconds


def test_idle_means_idle_with_ten_thousand_files(
    start: StartPreview, make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Text files, which cost the builder little: what is measured is the watching.
    make_site({f"static/{number % 100}/{number}.txt": "x" for number in range(10_000)})
    monkeypatch.setattr(watching, "WORKING", 0.0)
    # Threads that other tests have left in this process work, too.
    others = min(used_by_this_process() for _ in range(3))
    live = start()

    # Other work of a busy machine may fall into one window; not into each.
    used = 1.0
    for _ in range(10):
        used = min(used, used_by_this_process() - others)
        if used < 0.01:
            break
    assert used < 0.01
    assert len(live.updates) == 1
