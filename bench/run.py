"""Measure builds side by side: `python -m bench.run`, or `make bench ARGS="--pages 1000 --rounds 5"`.

Every contender builds the same corpus (`bench.corpus`) with a theme that shows the same parts (`bench/themes`). In each
round, each kind of work is done by all of them in turn before the next, so that a slow moment of the machine
hits all alike; ratios are taken within a round and their median is shown. After each kind of work the visible words of
sample pages are compared: a contender that shows something else fails the benchmark.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from bench import corpus as corpora
from bench.corpus import Corpus, make_corpus
from bench.generators import (
    GENERATORS,
    OURS,
    OURS_CITED,
    OURS_DEFAULT_THEME,
    REFERENCE,
    ROOT,
    Generator,
)
from bench.measure import Cost, RunFailed, run

SITES = ROOT / ".cache" / "bench" / "sites"
COLD = "cold build"
COLD_ONLY_PAGES = 1000
SAMPLED_PAGES = 24

WORK: dict[str, Callable[[Corpus, str], Corpus]] = {
    COLD: lambda corpus, _: corpus,
    "nothing changed": lambda corpus, _: corpus,
    "one issue edited": corpora.with_issue_edited,
    "one actor renamed": corpora.with_actor_renamed,
    "a template edited": corpora.with_template_edited,
}
"""What is done in a round, in this order, and how the corpus changes for it. Edits add up."""

GOALS: dict[tuple[str, int], float] = {
    (COLD, 100): 1.3,
    (COLD, 1000): 1.0,
    (COLD, 10_000): 1.0,
    ("nothing changed", 1000): 0.25,
    ("nothing changed", 10_000): 0.06,
    ("one issue edited", 1000): 0.4,
    ("one issue edited", 10_000): 0.1,
    ("one actor renamed", 10_000): 0.12,
    ("a template edited", 10_000): 0.4,
}
"""What this project aims at: wall time as a part of Hugo's."""


class WordsDiffer(Exception):
    """Contenders do not show the same. The message says where."""


@dataclass
class Site:
    """A contender's folder for one corpus size, and what was measured there."""

    generator: Generator
    command: Sequence[str]
    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    """What the generator is given, as it stands on disk."""
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    memory: int = 0

    def begin(self, files: dict[str, str]) -> None:
        """Leave nothing in the folder but these files: no output, no cache of an earlier build."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.files = {}
        self.update(files)

    def update(self, files: dict[str, str]) -> tuple[str, ...]:
        """Write the files that are new or differ; returns their paths."""
        changed = tuple(path for path, text in files.items() if self.files.get(path) != text)
        for path in changed:
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(files[path], encoding="utf-8")
        self.files = files
        return changed

    def build(self, changed: Sequence[str] = (), *, watch_memory: bool = False) -> Cost:
        """Build once. Caches that a generator keeps for its user are kept in the folder, too."""
        environment = {
            **os.environ,
            "XDG_CACHE_HOME": str(self.folder / ".cache"),
            "HUGO_CACHEDIR": str(self.folder / ".cache" / "hugo"),
            "NO_COLOR": "1",
        }
        more = self.generator.after_edit(changed[0]) if len(changed) == 1 else ()
        return run((*self.command, *more), self.folder, environment, watch_memory=watch_memory)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for, and print it; 1 if a run failed or pages differ."""
    options = read_arguments(arguments)
    found = {one.name: command for one in GENERATORS if (command := one.find())}
    chosen = [one for one in GENERATORS if one.name in options.generators]
    for one in chosen:
        if one.name not in found:
            print(f"{one.name} is not installed ('make bench-peers'): left out", file=sys.stderr)
    print(
        f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}\n"
    )
    measured = []
    try:
        for pages in options.pages:
            sites = [
                Site(
                    one,
                    found[one.name],
                    SITES / str(pages) / one.name,
                )
                for one in chosen
                if one.name in found and (pages <= COLD_ONLY_PAGES or does_all_work(one, options))
            ]
            measure(sites, make_corpus(pages, options.seed), options)
            print(table(sites, pages, options.rounds), flush=True)
            measured += [record(site, pages) for site in sites]
            if not options.keep:
                shutil.rmtree(SITES / str(pages), ignore_errors=True)
    except (RunFailed, WordsDiffer) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    if options.json:
        options.json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    return 0


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
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (3)")
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
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every single cost")
    parser.add_argument("--keep", action="store_true", help="leave the sites in .cache/bench/")
    options = parser.parse_args(arguments)
    unknown = set(options.generators) - set(names)
    if unknown:
        parser.error(f"no such contender: {', '.join(sorted(unknown))}")
    return options


def does_all_work(generator: Generator, options: argparse.Namespace) -> bool:
    """Whether more than cold builds of small corpora is measured."""
    return generator.name in (OURS, REFERENCE) or options.all_work


# --- measuring -----------------------------------------------------------------------------------


def measure(sites: Sequence[Site], corpus: Corpus, options: argparse.Namespace) -> None:
    """All rounds of all work on one corpus, the sites in turn; fills in what each site cost."""
    for number in range(options.rounds):
        now = corpus
        for work, change in WORK.items():
            now = change(now, f"round{'abcdefghij'[number % 10]}")
            at_work = [
                site for site in sites if work == COLD or does_all_work(site.generator, options)
            ]
            for site in in_turn(at_work, number):
                progress(
                    f"{len(corpus.names())} pages, round {number + 1}: {work}, {site.generator.name}"
                )
                files = site.generator.files(now)
                if work == COLD:
                    site.begin(files)
                    changed: tuple[str, ...] = ()
                else:
                    changed = site.update(files)
                settle()
                site.costs.setdefault(work, []).append(site.build(changed))
            if number == 0:
                compare_words(at_work, now, work)
    for site in sites:
        progress(f"{len(corpus.names())} pages: memory, {site.generator.name}")
        site.begin(site.generator.files(corpus))
        site.memory = site.build(watch_memory=True).memory
    progress("")


def in_turn(sites: Sequence[Site], number: int) -> Sequence[Site]:
    """The sites, beginning with another one in each round."""
    start = number % len(sites) if sites else 0
    return [*sites[start:], *sites[:start]]


def settle() -> None:
    """Let the system write out what earlier runs left, so that nobody pays for another's files."""
    os.sync()


def progress(text: str) -> None:
    """Say what is being done, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


# --- comparing -----------------------------------------------------------------------------------


def compare_words(sites: Sequence[Site], corpus: Corpus, work: str) -> None:
    """Raise `WordsDiffer` if two contenders' sample pages show different words."""
    compared = [
        site for site in sites if site.generator.name not in (OURS_DEFAULT_THEME, OURS_CITED)
    ]
    for path in sample_paths(corpus):
        shown = {
            site.generator.name: visible_words(site.folder / site.generator.output / path)
            for site in compared
        }
        first, *others = shown
        for other in others:
            lacks, adds = shown[first] - shown[other], shown[other] - shown[first]
            if lacks or adds:
                raise WordsDiffer(
                    f"after '{work}', {other}'s {path} does not show what {first}'s does.\n"
                    f"lacking: {' '.join(lacks.elements())}\nadded: {' '.join(adds.elements())}"
                )


def sample_paths(corpus: Corpus) -> Iterable[str]:
    """The home page, pages all over the corpus, and those that the edits touch."""
    middle_actor = corpus.actors[len(corpus.actors) // 2]
    middle_issue = corpus.issues[len(corpus.issues) // 2]
    naming = [
        issue.slug
        for issue in corpus.issues
        if any(position.actor == middle_actor.slug for position in issue.positions)
    ]
    step = max(1, len(corpus.issues) // SAMPLED_PAGES)
    issues = [issue.slug for issue in corpus.issues[::step]] + [middle_issue.slug, *naming]
    actors = [actor.slug for actor in corpus.actors[::step]] + [middle_actor.slug]
    return (
        "index.html",
        *(f"issues/{slug}/index.html" for slug in issues),
        *(f"actors/{slug}/index.html" for slug in actors),
    )


def visible_words(page: Path) -> Counter[str]:
    """The words of a page's body, however they are marked up."""
    if not page.is_file():
        raise WordsDiffer(f"{page.relative_to(SITES)} was not made")
    reader = BodyText()
    reader.feed(page.read_text(encoding="utf-8"))
    return Counter(" ".join(reader.texts).split())


class BodyText(HTMLParser):
    """Collects the text in a page's body."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin with the body."""
        del attrs
        self._in_body = self._in_body or tag == "body"

    def handle_data(self, data: str) -> None:
        """Keep what stands in the body."""
        if self._in_body:
            self.texts.append(data)


# --- telling -------------------------------------------------------------------------------------


def table(sites: Sequence[Site], pages: int, rounds: int) -> str:
    """One size's results as a Markdown table."""
    lines = [
        f"### {pages:,} pages ({rounds} rounds, medians)",
        "",
        "| work | generator | wall, s | times Hugo's | goal | processor, s | peak memory, MB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    reference = next((site for site in sites if site.generator.name == REFERENCE), None)
    for work in WORK:
        for site in sites:
            costs = site.costs.get(work)
            if not costs:
                continue
            goal = GOALS.get((work, pages)) if site.generator.name == OURS else None
            cells = [
                work,
                site.generator.name,
                f"{statistics.median(cost.wall for cost in costs):.2f}",
                ratio(costs, reference.costs[work]) if reference else "",
                f"{goal:.2f}" if goal else "",
                f"{statistics.median(cost.processor for cost in costs):.2f}",
                f"{site.memory / 1e6:.0f}" if work == COLD else "",
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def ratio(costs: Sequence[Cost], reference: Sequence[Cost]) -> str:
    """The median over the rounds of wall time as a part of the reference's in the same round."""
    ratios = [one.wall / other.wall for one, other in zip(costs, reference, strict=True)]
    return f"{statistics.median(ratios):.2f}"


def record(site: Site, pages: int) -> dict[str, object]:
    """What was measured for one site, in full."""
    return {
        "pages": pages,
        "generator": site.generator.name,
        "memory": site.memory,
        "work": {
            work: [{"wall": cost.wall, "processor": cost.processor} for cost in costs]
            for work, costs in site.costs.items()
        },
    }


if __name__ == "__main__":
    sys.exit(main())
