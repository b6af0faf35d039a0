"""Builds for the preview: in memory, outside the event loop, and never fatal."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from site_builder.build import Options
from site_builder.diagnostics import Diagnostic
from site_builder.faults import Fault, SiteNotFound, at_work
from site_builder.preview.in_memory import SiteInMemory
from site_builder.preview.showing import Difference, difference
from site_builder.stages.setup import RenderedSite

T = TypeVar("T")

Render = Callable[[], RenderedSite]
"""Builds the site in memory from its current files."""
MakeRender = Callable[[Options], Render]


def render_in_memory(options: Options) -> Render:
    """The function that builds the site in memory."""
    return SiteInMemory(options).render


@dataclass(frozen=True)
class Built:
    """The result of one build."""

    site: RenderedSite | None
    """None if the build could not run at all: see `fault`."""
    difference: Difference
    """The difference to the files shown so far; empty if the build failed."""
    began: int
    """When it began, in nanoseconds since 1970."""
    seconds: float
    fault: str = ""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Its findings."""
        return self.site.diagnostics if self.site else ()

    @property
    def ok(self) -> bool:
        """Whether there is a site to show."""
        return self.site is not None and self.site.ok


class Builds:
    """Builds one site repeatedly, one build at a time."""

    def __init__(self, options: Options, make: MakeRender = render_in_memory) -> None:
        self._options = options._replace(tell=self._tell_stage)
        self._make = make
        self._render: Render | None = None
        self._has_built = False
        self.stage = ""
        """The current stage, if known."""

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
            fault = "The folder 'content' is gone. The preview continues when it is back."
        except Fault as problem:
            fault = str(problem)
        except OSError as problem:
            where = f" '{problem.filename}'" if problem.filename else ""
            fault = f"A file{where} can't be read: {problem.strerror}"
        except Exception as problem:  # noqa: BLE001  # a bug must not end the preview
            at = f" while {at_work(problem)}" if at_work(problem) else ""
            what = f"{type(problem).__name__}: {problem}"
            fault = f"The builder failed{at}, which is a bug in it: {what}"
            self._render = None  # its cache may be inconsistent
        ok = site is not None and site.ok
        changes = difference(shown, site.files) if site is not None and ok else Difference()
        seconds = time.perf_counter() - start
        if ok and not self._has_built:
            # Most of what the first build left stays, so exclude it from garbage collection.
            self._has_built = True
            gc.collect()
            gc.freeze()
        return Built(site, changes, began, seconds, fault)

    def saved_since(self, moment: int, names: Iterable[str]) -> bool:
        """Whether any of these files was saved since a moment (nanoseconds since 1970)."""
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
    """Pauses garbage collection, which would take seconds of a large build and find little."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def in_background(work: Callable[[], T]) -> T:
    """Like `asyncio.to_thread`, but in a daemon thread, which does not keep the program running."""
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
        with contextlib.suppress(RuntimeError):  # the event loop has ended, and nobody waits
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=run, name="preview build", daemon=True).start()
    return await done
