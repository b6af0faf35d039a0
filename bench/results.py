"""What was measured, as figures: the tables, the record in the repository, and what got worse since."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.generators import ALL_OURS, OURS, OURS_CITED, REFERENCE
from bench.measure import Cost
from bench.rounds import COLD, EDIT, RENAME, TEMPLATE, UNCHANGED, WORK
from bench.sites import Site

RECORD = Path(__file__).resolve().parent / "recorded.json"
"""The last recorded ratios, which `--check` compares with."""

TOLERANCE = 0.15
"""By how large a part a figure may be over the recorded one."""
NOISE = 0.01
"""A part of Hugo's time that is below what can be measured."""

GOALS: dict[tuple[str, str, int], float] = {
    (OURS, COLD, 100): 1.3,
    (OURS, COLD, 1000): 1.0,
    (OURS, COLD, 10_000): 1.0,
    (OURS, UNCHANGED, 1000): 0.2,
    (OURS, UNCHANGED, 10_000): 0.06,
    (OURS, EDIT, 1000): 0.4,
    (OURS, EDIT, 10_000): 0.1,
    (OURS, RENAME, 10_000): 0.12,
    (OURS, TEMPLATE, 10_000): 0.4,
    (OURS_CITED, EDIT, 1000): 0.4,
    (OURS_CITED, EDIT, 10_000): 0.2,
    (OURS_CITED, RENAME, 10_000): 0.4,
}
"""What this project aims at: wall time as a part of Hugo's in the same run."""


class Figures(NamedTuple):
    """One kind of work by one contender: medians over the rounds."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds, of all processes."""
    memory: float
    """Megabytes at the peak, of all processes together."""
    wall_ratio: float | None
    """Wall time as a part of the reference's in the same round; None without a reference."""
    processor_ratio: float | None
    """The same for processor time."""


class Result(NamedTuple):
    """All that one contender did with one corpus."""

    pages: int
    generator: str
    exports: tuple[str, ...]
    """What it makes in addition to the pages."""
    work: Mapping[str, Figures]
    failures: Mapping[str, str]


def results_of(
    sites: Sequence[Site], pages: int, exports: Mapping[str, Sequence[str]]
) -> list[Result]:
    """The figures of all sites of one size. `exports` is by contender."""
    reference = next((site for site in sites if site.generator.name == REFERENCE), None)
    return [
        Result(
            pages,
            site.generator.name,
            tuple(exports[site.generator.name]),
            {
                work: figures(
                    costs, reference.costs.get(work) if reference else None, site.memory.get(work)
                )
                for work in WORK
                if (costs := site.costs.get(work))
            },
            site.failures,
        )
        for site in sites
    ]


def figures(costs: Sequence[Cost], reference: Sequence[Cost] | None, memory: int | None) -> Figures:
    """Medians over the rounds; ratios are taken within a round."""
    pairs = list(zip(costs, reference or (), strict=False))
    return Figures(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.processor for cost in costs),
        (memory or 0) / 1e6,
        statistics.median(one.wall / other.wall for one, other in pairs) if pairs else None,
        statistics.median(one.processor / other.processor for one, other in pairs)
        if pairs
        else None,
    )


# --- tables --------------------------------------------------------------------------------------


def table(results: Sequence[Result], rounds: int) -> str:
    """The results of one size as a Markdown table, with the exports and the failures below it."""
    lines = [
        f"### {results[0].pages:,} pages (medians of {rounds})",
        "",
        "| work | generator | wall, s | times Hugo's | goal | processor, s | times Hugo's | peak memory, MB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for work in WORK:
        for result in results:
            if one := result.work.get(work):
                goal = GOALS.get((result.generator, work, result.pages))
                cells = [
                    work,
                    result.generator,
                    f"{one.wall:.2f}",
                    as_ratio(one.wall_ratio),
                    as_ratio(goal),
                    f"{one.processor:.2f}",
                    as_ratio(one.processor_ratio),
                    f"{one.memory:.0f}",
                ]
                lines.append(f"| {' | '.join(cells)} |")
    lines.append("")
    lines += [
        f"- {result.generator} exports: {', '.join(result.exports) or 'nothing'}"
        for result in results
        if result.generator in ALL_OURS
    ]
    lines += [
        f"- {result.generator} is left out from '{work}' on: {reason.splitlines()[0]}"
        for result in results
        for work, reason in result.failures.items()
    ]
    return "\n".join(lines) + "\n"


def as_ratio(number: float | None) -> str:
    """Two decimals, or nothing."""
    return "" if number is None else f"{number:.2f}"


def as_data(results: Sequence[Result], rounds: int) -> dict[str, object]:
    """The results as JSON has them, with the machine that they were measured on."""
    return {
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "rounds": rounds,
        "results": [
            {
                "pages": result.pages,
                "generator": result.generator,
                "exports": list(result.exports),
                "work": {
                    work: {name: rounded(value) for name, value in one._asdict().items()}
                    for work, one in result.work.items()
                },
                "failures": dict(result.failures),
            }
            for result in results
        ],
    }


def rounded(value: float | None) -> float | None:
    """Four decimals: more would be noise in the record."""
    return None if value is None else round(value, 4)


# --- the record ----------------------------------------------------------------------------------


def write_record(results: Sequence[Result], rounds: int, file: Path = RECORD) -> None:
    """Record our own contenders' figures; those of sizes that were not measured now are kept."""
    data = as_data([one for one in results if one.generator in ALL_OURS], rounds)
    new = rows_of(data)
    old = rows_of(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}
    data["results"] = [row for _, row in sorted({**old, **new}.items())]
    file.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def rows_of(data: Mapping[str, object]) -> dict[tuple[int, str], Mapping[str, object]]:
    """The rows of a record by size and contender."""
    rows = data["results"]
    assert isinstance(rows, list)
    return {(row["pages"], row["generator"]): row for row in rows}


def read_record(file: Path = RECORD) -> dict[tuple[int, str], Result]:
    """The recorded results by size and contender; empty if there are none."""
    if not file.is_file():
        return {}
    found = {}
    for row in json.loads(file.read_text(encoding="utf-8"))["results"]:
        work = {name: Figures(**values) for name, values in row["work"].items()}
        result = Result(
            row["pages"], row["generator"], tuple(row["exports"]), work, row["failures"]
        )
        found[result.pages, result.generator] = result
    return found


def worse(
    results: Sequence[Result],
    recorded: Mapping[tuple[int, str], Result],
    tolerance: float = TOLERANCE,
) -> Iterator[str]:
    """What got worse since the record, a line each. What was not measured now is not compared."""
    for now in results:
        then = recorded.get((now.pages, now.generator))
        if then is None:
            continue
        name = f"{now.pages:,} pages, {now.generator}"
        if now.exports != then.exports:
            yield (
                f"{name}: exports {', '.join(now.exports) or 'nothing'}, but the record has "
                f"{', '.join(then.exports) or 'nothing'}"
            )
            continue
        for work, old in then.work.items():
            new = now.work.get(work)
            if new is None:
                yield f"{name}, {work}: failed"
                continue
            for what, after, before, noise in (
                ("times Hugo's wall time", new.wall_ratio, old.wall_ratio, NOISE),
                ("times Hugo's processor time", new.processor_ratio, old.processor_ratio, NOISE),
                ("MB of memory", new.memory, old.memory, 0.0),
            ):
                if after is None or not before:
                    continue
                if after > before * (1 + tolerance) + noise:
                    more = after / before - 1
                    yield (
                        f"{name}, {work}: {after:.2f} {what}, recorded {before:.2f} ({more:.0%} more)"
                    )
