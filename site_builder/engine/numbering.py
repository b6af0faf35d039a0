"""Numbers that say in which order things come, and that change as little as possible from build to build.

Rows at a key come in the order of such numbers. A thing that is added between two others gets a number between
theirs, so that the rows of all others stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


def numbered(names: Sequence[N], last: Mapping[N, float]) -> dict[N, float]:
    """Rising numbers for names in this order; `last` are those of the last build, of which most are kept."""
    known = [last[name] for name in names if name in last]
    if len(known) == len(names) and _rise(known):
        return dict(zip(names, known, strict=True))  # as nearly always
    kept = _longest_rising(known)
    if not kept:
        return _from_nought(names)
    numbers: dict[N, float] = {}
    new: list[N] = []
    below = min(kept) - len(names) - 1
    for name in names:
        number = last.get(name)
        if number not in kept:
            new.append(name)
            continue
        numbers |= _between(new, below, number)
        numbers[name] = below = number
        new = []
    numbers |= _between(new, below, below + len(new) + 1)
    if not _rise([numbers[name] for name in names]):
        return _from_nought(names)  # two numbers were so close that there is none between them
    return {name: numbers[name] for name in names}


def _rise(numbers: Sequence[float]) -> bool:
    return all(first < second for first, second in pairwise(numbers))


def _from_nought(names: Sequence[N]) -> dict[N, float]:
    return {name: float(number) for number, name in enumerate(names)}


def _between(names: Sequence[N], below: float, above: float) -> dict[N, float]:
    step = (above - below) / (len(names) + 1)
    return {name: below + step * place for place, name in enumerate(names, start=1)}


def _longest_rising(numbers: Sequence[float]) -> set[float]:
    """The members of a longest subsequence that rises."""
    ends: list[float] = []
    """By length less one: the least number with which a rising subsequence of that length ends."""
    before: dict[float, float | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found: set[float] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
