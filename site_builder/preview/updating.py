"""Turns changes of files into a new snapshot and a message to the browsers.

Only one build runs at a time; changes meanwhile are collected for the next. If the next change fixes a
failure at once (a half-written file, say), the failure is never shown.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from functools import partial
from itertools import count

from site_builder.preview.building import Builds, Built, in_background
from site_builder.preview.events import Say, Updated, Working
from site_builder.preview.showing import Snapshot
from site_builder.stages.setup import RenderedSite

GRACE = 0.2
"""Seconds for which a failure is held back, because the next change may fix it."""
PACE = 0.25
"""Seconds after an update during which the next change may be one of many."""
NEXT_OF_MANY = 0.02
"""Seconds to wait for the next of many saves, so that browsers need not reload for each."""
STORM = 0.6
"""Seconds within which the system reports a file that was saved during a build."""
LONGEST_WAIT = 1.0
"""Seconds after which an update is shown, however fast changes come."""
FIRST_NOTICE = 1.0
"""Seconds before the first message about the first build, and between messages."""


class Updates:
    """Keeps a snapshot up to date. Use it on one event loop only."""

    def __init__(self, builds: Builds, say: Say, tell_browsers: Callable[[str], None]) -> None:
        self._builds = builds
        self._say = say
        self._tell_browsers = tell_browsers
        self._pending: frozenset[str] | None = None
        self._changed = asyncio.Event()
        self._changed.set()
        self._versions = count(time.time_ns())
        self._snapshot: Snapshot | None = None
        self._shown_at = 0.0
        self._ready = asyncio.Event()

    def signal(self, changed: frozenset[str] | None) -> None:
        """Called when files may have changed: their paths in the site, or None for any."""
        if not self._changed.is_set():
            self._pending = changed
        elif self._pending is not None:
            self._pending = None if changed is None else self._pending | changed
        self._changed.set()

    async def snapshot(self) -> Snapshot:
        """The current snapshot; waits for the first build."""
        await self._ready.wait()
        assert self._snapshot is not None
        return self._snapshot

    async def run(self) -> None:
        """Runs until cancelled."""
        names: set[str] = set()
        since: float | None = None
        while True:
            await self._changed.wait()
            changed, self._pending = self._pending, frozenset()
            self._changed.clear()
            since = since or time.monotonic()
            names |= changed or set()
            built = await self._build()
            if time.monotonic() - since < LONGEST_WAIT and await self._may_wait(built, names):
                continue
            self._show(built, tuple(sorted(names)))
            names, since = set(), None

    async def _build(self) -> Built:
        shown = self._snapshot.files if self._snapshot else {}
        work = asyncio.ensure_future(in_background(partial(self._builds.build, shown)))
        if self._snapshot is None:
            start = time.monotonic()
            while not (await asyncio.wait([work], timeout=FIRST_NOTICE))[0]:
                self._say(Working(time.monotonic() - start, self._builds.stage))
        return await work

    async def _may_wait(self, built: Built, names: Collection[str]) -> bool:
        """Whether to build again before showing anything, because there are or will be more changes."""
        if self._snapshot is None:
            return False
        if self._changed.is_set():
            return True
        if not built.ok and not self._snapshot.is_broken:
            return await self._changes_within(GRACE)
        if self._builds.saved_since(built.began, names):
            return await self._changes_within(STORM)
        if time.monotonic() - self._shown_at < PACE:
            return await self._changes_within(NEXT_OF_MANY)
        return False

    async def _changes_within(self, seconds: float) -> bool:
        # Not `wait_for`: in Python 3.11 it can lose a cancellation that comes together with a change.
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True

    def _show(self, built: Built, names: tuple[str, ...]) -> None:
        """Shows the result of a build, and reports it."""
        old = self._snapshot
        before = old or Snapshot(RenderedSite({}, ()))
        version = before.version
        if not version or built.difference.touches_all_pages:
            version = f"{next(self._versions):x}"
        site = built.site if built.site is not None and built.ok else before.site
        new = Snapshot(site, built.diagnostics, built.fault, version)
        same = (new.diagnostics, new.fault) == (before.diagnostics, before.fault)
        message = ""
        if new.is_broken or before.is_broken:
            message = "" if same else "*"
        elif built.difference:
            message = built.difference.message
        elif not same:
            message = "*"
        self._snapshot = new
        self._shown_at = time.monotonic()
        self._ready.set()
        if old is not None and message:
            self._tell_browsers(message)
        self._say(
            Updated(
                changed=names,
                page_count=site.page_count,
                changed_pages=len(built.difference.pages),
                seconds=built.seconds,
                diagnostics=new.diagnostics,
                fault=new.fault,
                ok=built.ok,
                is_first=old is None,
                was_ok=not before.is_broken,
                same_diagnostics=old is not None and same,
                message=message if old is not None else "",
            )
        )
