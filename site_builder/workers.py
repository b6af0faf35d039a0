"""Work on several processors.

A small amount of work is done at once in this process: starting others costs more than it saves.
The order of results is that of the items, whatever the number of processes, so that the bytes of a
site do not depend on it.
"""

from __future__ import annotations

import gc
import os
import pickle
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from site_builder.faults import WorkerFault

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

FEWEST = 150
"""Items for which it is worth starting processes."""


_AT_A_TIME = 64
"""Results that another process sends together, so that it need not keep all of them until the end."""
_BETWEEN = 8
"""Items of its own that this process does before it looks for the results of others."""

Timings = dict[str, float]
"""Seconds that single items took, by their name."""


class Workers:
    """How many processes may work: `jobs`, or as many as there are processors for us.

    With `timings` everything is done in this process, and each item's time is noted there.
    """

    def __init__(self, jobs: int | None = None, timings: Timings | None = None) -> None:
        self.jobs = 1 if timings is not None else jobs or available_processors()
        self._timings = timings

    def _timed(self, function: Callable[[Item], Result], item: Item) -> Result:
        start = time.perf_counter()
        result = function(item)
        assert self._timings is not None
        self._timings[str(getattr(item, "path", item))] = time.perf_counter() - start
        return result

    def are_worth_it(self, items: Sequence[object]) -> bool:
        """Whether `map` would start other processes for these items."""
        return self.jobs > 1 and len(items) >= FEWEST and hasattr(os, "fork")

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        take: Callable[[Result], Result] = lambda result: result,
    ) -> list[Result]:
        """The results of the items in their order. Raises `WorkerFault` if a process dies.

        Where processes can be forked, function and items need not be picklable: only results are. `take`
        is given each result in this process as soon as it is there, and says what is kept of it.
        """
        if self._timings is not None:
            return [take(self._timed(function, item)) for item in items]
        if not self.are_worth_it(items):
            return [take(function(item)) for item in items]
        import multiprocessing

        shares = [items[start :: self.jobs] for start in range(self.jobs)]
        context = multiprocessing.get_context("fork")
        gc.freeze()
        others, processes = [], []
        for share in shares[1:]:
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(function, share, sender), daemon=True)
            process.start()
            sender.close()
            others.append(_Other(receiver, take))
            processes.append(process)
        results: list[Result] = []
        for start in range(0, len(shares[0]), _BETWEEN):
            results += [take(function(item)) for item in shares[0][start : start + _BETWEEN]]
            for other in others:
                other.receive()
        for other in others:
            other.receive(wait=True)
        for process in processes:
            process.join()
        gc.unfreeze()
        ordered: list[Any] = [None] * len(items)
        for start, share_results in enumerate([results, *(other.results for other in others)]):
            ordered[start :: self.jobs] = share_results
        return ordered


def available_processors() -> int:
    """The processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _work(function: Callable[[Any], Any], share: Sequence[Any], sender: Connection) -> None:
    """Runs in another process: sends the results of a share, some at a time, or what ended it."""
    try:
        for start in range(0, len(share), _AT_A_TIME):
            results = [function(item) for item in share[start : start + _AT_A_TIME]]
            sender.send_bytes(pickle.dumps(results, protocol=5))
    except BaseException as error:  # noqa: BLE001  # whatever it is, the parent is to raise it
        sender.send_bytes(pickle.dumps(error, protocol=5))
    sender.send_bytes(b"")
    sender.close()


class _Other:
    """What another process has sent so far; `take` says what is kept of each result."""

    def __init__(self, receiver: Connection, take: Callable[[Any], Any]) -> None:
        self._receiver = receiver
        self._take = take
        self.results: list[Any] = []

    def receive(self, *, wait: bool = False) -> None:
        """Takes what is there, or waits for all there will be. Raises what ended the process."""
        while not self._receiver.closed and (wait or self._receiver.poll()):
            try:
                data = self._receiver.recv_bytes()
            except EOFError:
                raise WorkerFault(
                    "a process that worked on the site died, perhaps for want of memory; "
                    "try again with --jobs 1"
                ) from None
            if not data:
                self._receiver.close()
                return
            answer = pickle.loads(data)  # noqa: S301  # from our own process
            if isinstance(answer, BaseException):
                raise answer
            self.results += map(self._take, answer)
