"""Work on several processors.

A small amount of work is done at once in this process: starting others costs more than it saves.
The order of results is that of the items, whatever the number of processes, so that the bytes of a
site do not depend on it.
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
"""Items for which it is worth starting processes."""


_TOGETHER = 16
"""Items that a process does before it asks for more."""
_MOST_BLOCKS = 4000
"""Blocks of items: their numbers wait in a pipe, and the smallest pipes hold 16 KB."""

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

        size = max(1, min(_TOGETHER, len(items) // (8 * self.jobs)), len(items) // _MOST_BLOCKS)
        blocks = [items[start : start + size] for start in range(0, len(items), size)]
        turns = _Turns(len(blocks))
        context = multiprocessing.get_context("fork")
        gc.freeze()
        others, processes = [], []
        for _ in range(self.jobs - 1):
            receiver, sender = context.Pipe(duplex=False)
            _widen(sender.fileno())
            work = (os.getpid(), function, blocks, turns, sender)
            process = context.Process(target=_work, args=work, daemon=True)
            process.start()
            sender.close()
            others.append(_Other(receiver, take))
            processes.append(process)
        done: dict[int, list[Any]] = {}
        try:
            for number in turns:
                done[number] = [take(function(item)) for item in blocks[number]]
                for other in others:
                    other.receive()
            for other in others:
                other.receive(wait=True)
                done |= other.done
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
    """The numbers of blocks of work, each given to one process: whichever asks first.

    They stand in a pipe, from which every process takes the next: so all are done at the same time,
    though blocks are not alike and processors have other things to do.
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
        """Ends it for this process."""
        os.close(self._reader)


def _widen(pipe: int) -> None:
    """Makes room in a pipe, where the system can, so that a process need not wait to be received."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)


def available_processors() -> int:
    """The processors this process may use."""
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
    """Runs in another process: sends the results of blocks by their number, or what ended it."""
    end_with_parent(parent)
    try:
        for number in turns:
            results = [function(item) for item in blocks[number]]
            sender.send_bytes(pickle.dumps((number, results), protocol=5))
    except BaseException as error:  # noqa: BLE001  # whatever it is, the parent is to raise it
        sender.send_bytes(pickle.dumps(_portable(error), protocol=5))
    sender.send_bytes(b"")
    sender.close()


def _portable(error: BaseException) -> BaseException:
    """An exception as another process can have it; a mistake of ours knows where it comes from."""
    if not isinstance(error, Exception):
        return error
    is_fault = isinstance(error, Fault)
    if not is_fault:
        import traceback

        error.add_note("".join(traceback.format_tb(error.__traceback__)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    except Exception:  # noqa: BLE001  # many can't be made again from what they say
        told = Fault(str(error)) if is_fault else RuntimeError(f"{type(error).__name__}: {error}")
        told.__notes__ = getattr(error, "__notes__", [])
        return told
    return error


class _Other:
    """What another process has sent so far; `take` says what is kept of each result."""

    def __init__(self, receiver: Connection, take: Callable[[Any], Any]) -> None:
        self._receiver = receiver
        self._take = take
        self.done: dict[int, list[Any]] = {}
        """The results by the number of their block."""

    def receive(self, *, wait: bool = False) -> None:
        """Takes what is there, or waits for all there will be. Raises what ended the process."""
        while not self._receiver.closed and (wait or self._receiver.poll()):
            try:
                data = self._receiver.recv_bytes()
            except (EOFError, OSError):
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
            number, results = answer
            self.done[number] = [self._take(result) for result in results]
