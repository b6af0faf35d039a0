"""Builds for the preview: in memory, off the event loop, and never fatal."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from site_builder.build import Builder, Options, RenderedSite
from site_builder.diagnostics import Diagnostic
from site_builder.faults import Fault, SiteNotFound
from site_builder.incremental.unchanged import FOLDER
from site_builder.memory.blobs import Blobs
from site_builder.preview.showing import Difference, difference

T = TypeVar("T")

Render = Callable[[frozenset[str] | None], RenderedSite]
"""Makes the site in memory, given the files that may have changed: paths within the site, None for any."""


def renderer(options: Options) -> Render:
    """What makes the site: at first all of it, then what a change makes necessary."""
    builder = Builder(options, blobs=Blobs(options.root / FOLDER / "made"))
    whole: dict[str, bytes] = {}

    def render(_: frozenset[str] | None) -> RenderedSite:
        nonlocal whole
        site = builder.render(intact=whole)
        if site.ok:
            whole = {**{path: whole[path] for path in site.kept}, **site.files}
        return replace(site, files=whole if site.ok else {}, kept={})

    return render


@dataclass(frozen=True)
class Built:
    """What came of one build."""

    site: RenderedSite | None
    """None if the site could not even be looked at: see `fault`."""
    difference: Difference
    """To the files shown so far; empty if the build failed."""
    seconds: float
    fault: str = ""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What it had to say."""
        return self.site.diagnostics if self.site else ()

    @property
    def ok(self) -> bool:
        """Whether there is a site to show."""
        return self.site is not None and self.site.ok


class Builds:
    """Makes one site again and again. Any number of builds, but one at a time."""

    def __init__(self, options: Options, make: Callable[[Options], Render] = renderer) -> None:
        self._options = options
        self._make = make
        self._render: Render | None = None

    def build(self, changed: frozenset[str] | None, shown: Mapping[str, bytes]) -> Built:
        """Builds, given what may have changed and the files shown so far. Raises nothing."""
        start = time.perf_counter()
        site, fault = None, ""
        try:
            if self._render is None:
                self._render, changed = self._make(self._options), None
            site = self._render(changed)
        except SiteNotFound:
            fault = "There is no folder 'content' any more. The preview goes on when it is back."
        except Fault as problem:
            fault = str(problem)
        except OSError as problem:
            where = f" '{problem.filename}'" if problem.filename else ""
            fault = f"A file{where} can't be read: {problem.strerror}"
        except Exception as problem:  # noqa: BLE001  # a writer's server outlives a mistake of ours, too
            fault = (
                f"The builder failed, which is a mistake in it: {type(problem).__name__}: {problem}"
            )
        if fault:
            self._render = None  # whatever it remembered may be half of the truth
        ok = site is not None and site.ok
        changes = difference(shown, site.files) if site is not None and ok else Difference()
        return Built(site, changes, time.perf_counter() - start, fault)


async def in_background(work: Callable[[], T]) -> T:
    """Like `asyncio.to_thread`, but in a thread that does not keep the program from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # no error, so there is a result

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as problem:  # noqa: BLE001  # raised again where it is awaited
            error = problem
        with contextlib.suppress(RuntimeError):  # the program has ended, and nobody waits
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=run, name="preview build", daemon=True).start()
    return await done
