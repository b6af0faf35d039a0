"""Runs work in several processes.

Small jobs run in this process, because starting workers would take longer. Results come in the order
of the items, so that a site does not depend on the number of processes.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from site_builder.faults import Fault, WorkerFault
from site_builder.processes import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

FEWEST = 150
"""The fewest items for which workers are started."""


_TOGETHER = 16
"""The number of items a worker takes at a time."""
_MOST_BLOCKS = 4000
"""The most blocks of items: their numbers wait in a pipe, and the smallest pipes hold 16 KB."""

Timings = dict[str, float]
"""Seconds by the name of an item."""


class Workers:
    """Runs a function on many items, in `jobs` processes, by default one for each processor.

    With `timings`, all work is done in this process, and the time of each item is recorded there.
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
        """Whether `map` would start workers for these items."""
        return self.jobs > 1 and len(items) >= FEWEST and hasattr(os, "fork")

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        take: Callable[[Result], Result] = lambda result: result,
    ) -> list[Result]:
        """The results in the order of the items. Raises `WorkerFault` if a worker dies.

        Results must be picklable; function and items need not be, because workers are forked. `take` is
        called in this process with each result as it arrives, and returns what to keep of it.
        """
        if self._timings is not None:
            return [take(self._timed(function, item)) for item in items]
        if not self.are_worth_it(items):
            return [take(function(item)) for item in items]
        import multiprocessing

        size = max(1, min(_TOGETHER, len(items) // (8 * self.jobs)), len(items) // _MOST_BLOCKS)
        blocks = [items[start : start + size] for start in range(0, len(items), size)]
        turns = _Turns(len(blocks))
        context = multiprocessing.get_context("fork")
        gc.freeze()
        inboxes, processes = [], []
        for _ in range(self.jobs - 1):
            receiver, sender = context.Pipe(duplex=False)
            _widen(sender.fileno())
            work = (os.getpid(), function, blocks, turns, sender)
            process = context.Process(target=_work, args=work, daemon=True)
            process.start()
            sender.close()
            inboxes.append(_Inbox(receiver, take))
            processes.append(process)
        done: dict[int, list[Any]] = {}
        try:
            for number in turns:
                done[number] = [take(function(item)) for item in blocks[number]]
                for inbox in inboxes:
                    inbox.receive()
            for inbox in inboxes:
                inbox.receive(wait=True)
                done |= inbox.done
        except BaseException:
            for process in processes:
                process.terminate()
            raise
        finally:
            turns.close()
            for process in processes:
                process.join()
            gc.unfreeze()
        return [result for number in range(len(blocks)) for result in done[number]]


class _Turns:
    """The numbers of blocks of work, each handed to the first process that is free.

    The numbers wait in a pipe from which every process reads the next. So all processes end at about
    the same time, though blocks and processors are not equally fast.
    """

    def __init__(self, count: int) -> None:
        self._reader, writer = os.pipe()
        _widen(writer)
        os.write(writer, b"".join(number.to_bytes(4, "little") for number in range(count)))
        os.close(writer)

    def __iter__(self) -> Iterator[int]:
        while data := os.read(self._reader, 4):
            yield int.from_bytes(data, "little")

    def close(self) -> None:
        """Closes this process's end of the pipe."""
        os.close(self._reader)


def _widen(pipe: int) -> None:
    """Enlarges a pipe, where the system allows it, so that writers rarely have to wait."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)


def available_processors() -> int:
    """The number of processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _work(
    parent: int,
    function: Callable[[Any], Any],
    blocks: Sequence[Sequence[Any]],
    turns: _Turns,
    sender: Connection,
) -> None:
    """Runs in a worker: sends the results of each block with its number, or the exception that ended it."""
    end_with_parent(parent)
    try:
        for number in turns:
            results = [function(item) for item in blocks[number]]
            sender.send_bytes(pickle.dumps((number, results), protocol=5))
    except BaseException as error:  # noqa: BLE001  # the parent raises it, whatever it is
        sender.send_bytes(pickle.dumps(_portable(error), protocol=5))
    sender.send_bytes(b"")
    sender.close()


def _portable(error: BaseException) -> BaseException:
    """An exception that can be pickled. A bug carries its traceback as a note."""
    if not isinstance(error, Exception):
        return error
    is_fault = isinstance(error, Fault)
    if not is_fault:
        import traceback

        error.add_note("".join(traceback.format_tb(error.__traceback__)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    except Exception:  # noqa: BLE001  # many exceptions can't be rebuilt from their arguments
        told = Fault(str(error)) if is_fault else RuntimeError(f"{type(error).__name__}: {error}")
        told.__notes__ = getattr(error, "__notes__", [])
        return told
    return error


class _Inbox:
    """Receives the results of one worker; `take` returns what to keep of each."""

    def __init__(self, receiver: Connection, take: Callable[[Any], Any]) -> None:
        self._receiver = receiver
        self._take = take
        self.done: dict[int, list[Any]] = {}
        """Results by the number of their block."""

    def receive(self, *, wait: bool = False) -> None:
        """Receives what has arrived, or waits for everything. Raises the exception that ended the worker."""
        while not self._receiver.closed and (wait or self._receiver.poll()):
            try:
                data = self._receiver.recv_bytes()
            except (EOFError, OSError):
                raise WorkerFault(
                    "a worker process died, perhaps because memory ran out; try again with --jobs 1"
                ) from None
            if not data:
                self._receiver.close()
                return
            answer = pickle.loads(data)  # noqa: S301  # from our own process
            if isinstance(answer, BaseException):
                raise answer
            number, results = answer
            self.done[number] = [self._take(result) for result in results]
