"""Work in several processes gives what it gives in one."""

from __future__ import annotations

import os
import time

import pytest

from site_builder.faults import Doing, WorkerFault, at_work
from site_builder.workers import FEWEST, Workers

ITEMS = [*range(10 * FEWEST + 7)]


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_results_come_in_the_order_of_items(jobs: int) -> None:
    assert Workers(jobs).map(lambda item: "x" * item, ITEMS) == ["x" * item for item in ITEMS]


@pytest.mark.parametrize("jobs", [1, 3])
def test_each_result_is_taken_in_this_process(jobs: int) -> None:
    taken = []

    def take(result: int) -> int:
        taken.append(result)
        return -result

    assert Workers(jobs).map(lambda item: item, ITEMS, take) == [-item for item in ITEMS]
    assert sorted(taken) == ITEMS


@pytest.mark.parametrize("item", [0, 1, ITEMS[-1]])
def test_what_goes_wrong_in_any_process_is_raised(item: int) -> None:
    def fails(number: int) -> int:
        if number == item:
            raise ValueError(f"item {number}")
        return number

    with pytest.raises(ValueError, match=f"item {item}"):
        Workers(2).map(fails, ITEMS)


class OddError(Exception):
    """One that can't be made again from its message."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"{first} and {second}")


@pytest.mark.parametrize("kind", [RuntimeError, OddError])
def test_a_mistake_in_another_process_says_where_it_was(kind: type[Exception]) -> None:
    parent = os.getpid()

    def fails(number: int) -> int:
        if os.getpid() != parent:
            with Doing("counting"):
                raise kind(1, 2)
        time.sleep(0.001)  # so that there is something left to do for the other process
        return number

    with pytest.raises(RuntimeError) as raised:
        Workers(2).map(fails, ITEMS)

    assert at_work(raised.value) == "counting"
    assert "raise kind(1, 2)" in "".join(raised.value.__notes__)


def test_who_is_done_takes_more() -> None:
    """A process with easy items does more of them than one with hard ones."""

    def works(number: int) -> int:
        time.sleep(1 if number == 0 else 0.0005)
        return os.getpid()

    done = Workers(2).map(works, ITEMS[:FEWEST])
    assert done.count(done[0]) < FEWEST / 2


def test_a_process_that_dies_is_told() -> None:
    parent = os.getpid()

    def dies(number: int) -> int:
        if os.getpid() != parent:
            os._exit(9)
        time.sleep(0.001)  # so that there is something left to do for the other process
        return number

    with pytest.raises(WorkerFault, match="--jobs 1"):
        Workers(2).map(dies, ITEMS)
