"""Measure builds side by side: `python -m bench.run`, or `make bench ARGS="--pages 1000"`.

Every contender builds the same corpus (`bench.corpus`) with a theme that shows the same parts (`bench/themes`). In each
round, each kind of work is done by all of them in turn before the next, so that a slow moment of the machine
affects all alike. Ratios are taken within a round; what is shown is their median. After each kind of work, the words
that it changed must be on the pages, and in the first round sample pages must have the same words as Hugo's. A
contender that fails is reported and left out; the others go on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.corpus import make_corpus
from bench.generators import ALL_OURS, GENERATORS, REFERENCE, ROOT
from bench.results import (
    RECORD,
    TOLERANCE,
    Result,
    as_data,
    read_record,
    results_of,
    table,
    worse,
    write_record,
)
from bench.rounds import Plan, measure
from bench.sites import Site

SITES = ROOT / ".cache" / "bench" / "sites"
COLD_ONLY_PAGES = 1000
"""The largest corpus that contenders build which are not ours, nor Hugo."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for, and print it.

    Returns 1 if one of ours or Hugo failed, or with `--check` if something got worse; 2 if there is nothing to
    compare with.
    """
    options = read_arguments(arguments)
    found = {one.name: command for one in GENERATORS if (command := one.find())}
    for name in options.generators:
        if name not in found:
            print(f"{name} is not installed ('make bench-peers'): left out", file=sys.stderr)
    if (options.check or options.record) and REFERENCE not in {*options.generators} & {*found}:
        print(f"without {REFERENCE} there are no ratios to compare or record", file=sys.stderr)
        return 2
    recorded = read_record(options.recorded)
    if options.check and not recorded:
        print(f"nothing is recorded in {options.recorded}: use --record first", file=sys.stderr)
        return 2
    print(
        f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}\n"
    )
    warn_if_busy()
    results = []
    for pages in options.pages:
        sites = [
            Site(one, found[one.name], options.sites / str(pages) / one.name)
            for one in GENERATORS
            if one.name in options.generators
            and one.name in found
            and (pages <= COLD_ONLY_PAGES or options.all_work or is_central(one.name))
        ]
        results += measure_size(sites, pages, options)
    if options.json:
        data = as_data(results, options.rounds)
        options.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    failed = any(one.failures for one in results if is_central(one.generator))
    got_worse = options.check and report_worse(results, recorded, options.tolerance)
    if options.record and not failed:
        write_record(results, options.rounds, options.recorded)
    return int(failed or got_worse)


def warn_if_busy() -> None:
    """Say so if other programs are running, because times mislead then; processor times least."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    if load > processors / 2:
        print(
            f"The machine is busy: a load of {load:.1f} on {processors} processors. "
            "Don't trust wall times.\n",
            file=sys.stderr,
        )


def is_central(generator: str) -> bool:
    """Whether the benchmark is about this contender: one of ours, or Hugo."""
    return generator in ALL_OURS or generator == REFERENCE


def measure_size(sites: Sequence[Site], pages: int, options: argparse.Namespace) -> list[Result]:
    """Measure one size, print its table and delete its sites."""
    corpus = make_corpus(pages, options.seed)
    measure(sites, corpus, Plan(options.rounds, options.all_work))
    exports = {site.generator.name: site.generator.exports(corpus) for site in sites}
    results = results_of(sites, pages, exports)
    print(table(results, options.rounds), flush=True)
    if not options.keep:
        shutil.rmtree(options.sites / str(pages), ignore_errors=True)
    return results


def report_worse(
    results: Sequence[Result], recorded: Mapping[tuple[int, str], Result], tolerance: float
) -> bool:
    """Print what got worse since the record; returns whether anything did."""
    for one in results:
        if one.generator in ALL_OURS and (one.pages, one.generator) not in recorded:
            print(f"{one.pages:,} pages, {one.generator}: not in the record, so not compared")
    lines = list(worse(results, recorded, tolerance))
    print(*lines or ["Nothing got worse since the record."], sep="\n")
    return bool(lines)


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    names = [one.name for one in GENERATORS]
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--pages",
        type=lambda text: [int(number) for number in text.split(",")],
        default=[100, 1000, 10_000],
        metavar="N,N",
        help="sizes of the corpus (100,1000,10000)",
    )
    parser.add_argument("--rounds", type=positive, default=5, help="runs of each kind (5)")
    parser.add_argument("--seed", type=int, default=1, help="which corpus (1)")
    parser.add_argument(
        "--generators",
        type=lambda text: text.split(","),
        default=names,
        metavar="NAME,NAME",
        help=f"which contenders ({', '.join(names)})",
    )
    parser.add_argument(
        "--all-work",
        action="store_true",
        help=f"edits, and more than {COLD_ONLY_PAGES} pages, for the slow ones as well",
    )
    parser.add_argument(
        "--check", action="store_true", help="say what got worse since the record; then exit with 1"
    )
    parser.add_argument(
        "--record", action="store_true", help="record the ratios, for --check to compare with"
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=TOLERANCE,
        metavar="PART",
        help=f"how much worse counts as the same ({TOLERANCE})",
    )
    parser.add_argument(
        "--recorded", type=Path, default=RECORD, metavar="FILE", help="where the record is"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures")
    parser.add_argument(
        "--sites", type=Path, default=SITES, metavar="FOLDER", help="where sites are built"
    )
    parser.add_argument("--keep", action="store_true", help="leave the sites there")
    options = parser.parse_args(arguments)
    unknown = set(options.generators) - set(names)
    if unknown:
        parser.error(f"no such contender: {', '.join(sorted(unknown))}")
    return options


def positive(text: str) -> int:
    """A number of at least 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
