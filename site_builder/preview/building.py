"""Builds for the preview: in memory, off the event loop, and never fatal."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from site_builder.build import Options, RenderedSite
from site_builder.diagnostics import Diagnostic
from site_builder.faults import Fault, SiteNotFound, at_work
from site_builder.preview.in_memory import SiteInMemory
from site_builder.preview.showing import Difference, difference

T = TypeVar("T")

Render = Callable[[], RenderedSite]
"""Makes the site in memory, as its files are now."""
MakeRender = Callable[[Options], Render]


def render_in_memory(options: Options) -> Render:
    """What makes the site."""
    return SiteInMemory(options).render


@dataclass(frozen=True)
class Built:
    """What came of one build."""

    site: RenderedSite | None
    """None if the site could not even be looked at: see `fault`."""
    difference: Difference
    """To the files shown so far; empty if the build failed."""
    began: int
    """When it began, in nanoseconds since 1970."""
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

    def __init__(self, options: Options, make: MakeRender = render_in_memory) -> None:
        self._options = options._replace(tell=self._tell_stage)
        self._make = make
        self._render: Render | None = None
        self._has_built = False
        self.stage = ""
        """What is being worked at, if that is known."""

    def build(self, shown: Mapping[str, bytes]) -> Built:
        """Builds, and compares with the files shown so far. Raises nothing."""
        began, start = time.time_ns(), time.perf_counter()
        site, fault = None, ""
        try:
            if self._render is None:
                self._render = self._make(self._options)
            with _without_collector():
                site = self._render()
        except SiteNotFound:
            fault = "There is no folder 'content' any more. The preview goes on when it is back."
        except Fault as problem:
            fault = str(problem)
        except OSError as problem:
            where = f" '{problem.filename}'" if problem.filename else ""
            fault = f"A file{where} can't be read: {problem.strerror}"
        except Exception as problem:  # noqa: BLE001  # a writer's server outlives a mistake of ours, too
            at = f" while {at_work(problem)}" if at_work(problem) else ""
            what = f"{type(problem).__name__}: {problem}"
            fault = f"The builder failed{at}, which is a mistake in it: {what}"
            self._render = None  # whatever it remembers may be half of the truth
        ok = site is not None and site.ok
        changes = difference(shown, site.files) if site is not None and ok else Difference()
        seconds = time.perf_counter() - start
        if ok and not self._has_built:
            # What the first build left stays, for the most part: never look for rubbish there again.
            self._has_built = True
            gc.collect()
            gc.freeze()
        return Built(site, changes, began, seconds, fault)

    def saved_since(self, moment: int, names: Iterable[str]) -> bool:
        """Whether any of these files was saved between a moment (nanoseconds since 1970) and now."""
        now = time.time_ns()
        for name in names:
            with contextlib.suppress(OSError):
                if moment < (self._options.root / name).stat().st_mtime_ns <= now:
                    return True
        return False

    def _tell_stage(self, stage: str) -> None:
        self.stage = stage


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Python's search for rubbish would take seconds of a build with many values, and find little."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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
