"""From a change of files to a new snapshot and a message to the browsers.

One build at a time; changes that come meanwhile wait together for the next. A failure that the next
change mends at once, as a file that was only half written, is never shown.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from functools import partial
from itertools import count

from site_builder.build import RenderedSite
from site_builder.preview.building import Builds, Built, in_background
from site_builder.preview.events import Say, Updated, Working
from site_builder.preview.showing import Snapshot

GRACE = 0.2
"""Seconds for which a failure is kept back, as the next change may mend it."""
PACE = 0.25
"""Seconds after something was shown for which the next change may be one of many."""
NEXT_OF_MANY = 0.02
"""Seconds within which the next of many saves comes, so that a browser need not reload for each."""
STORM = 0.6
"""Seconds within which word comes of a file that was saved while it was built."""
LONGEST_WAIT = 1.0
"""Seconds after which something is shown, however fast changes come."""
FIRST_NOTICE = 1.0
"""Seconds of the first build before there is word of it, and between words."""


class Updates:
    """Keeps a snapshot up to date. To be used on one event loop."""

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
        """Says that files may have changed: their paths within the site; None for any."""
        if not self._changed.is_set():
            self._pending = changed
        elif self._pending is not None:
            self._pending = None if changed is None else self._pending | changed
        self._changed.set()

    async def snapshot(self) -> Snapshot:
        """What to show now; waits for the first build."""
        await self._ready.wait()
        assert self._snapshot is not None
        return self._snapshot

    async def run(self) -> None:
        """Works until cancelled."""
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
        """Whether to build again before anything is shown: more changes are there or to be expected."""
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
        # Not by `wait_for`: in Python 3.11 it forgets that it was cancelled if a change comes at the same time.
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True

    def _show(self, built: Built, names: tuple[str, ...]) -> None:
        """Makes what was built what is shown, and says so."""
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
