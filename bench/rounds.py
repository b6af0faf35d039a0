"""The rounds of work on one corpus: which contender does what when, and what is done about failures."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench import corpus as corpora
from bench.comparing import WordsDiffer, check_edits, compare_words
from bench.corpus import Corpus
from bench.generators import ALL_OURS, OURS_CITED, OURS_DEFAULT_THEME, REFERENCE
from bench.measure import RunFailed
from bench.sites import Site

COLD = "cold build"
UNCHANGED = "nothing changed"
EDIT = "one issue edited"
RENAME = "one actor renamed"
TEMPLATE = "a template edited"

WORK: dict[str, Callable[[Corpus, str], Corpus]] = {
    COLD: lambda corpus, _: corpus,
    UNCHANGED: lambda corpus, _: corpus,
    EDIT: corpora.with_issue_edited,
    RENAME: corpora.with_actor_renamed,
    TEMPLATE: corpora.with_template_edited,
}
"""What is done in a round, in this order, and how the corpus changes for it. Edits add up."""

SHOW_MORE = (OURS_DEFAULT_THEME, OURS_CITED)
"""Contenders with a theme that shows more than the others: only the words of the edits are looked for."""


class Plan(NamedTuple):
    """How often the work is done, and by whom."""

    rounds: int
    all_work: bool = False
    """Whether contenders that are no reference and not ours do more than cold builds."""

    def does(self, site: Site, work: str) -> bool:
        """Whether a site takes part in this work: not after something went wrong earlier in the round."""
        name = site.generator.name
        if work != COLD and not (self.all_work or name in ALL_OURS or name == REFERENCE):
            return False
        before = list(WORK)[: list(WORK).index(work) + 1]
        return not any(earlier in site.failures for earlier in before)


def measure(sites: Sequence[Site], corpus: Corpus, plan: Plan) -> None:
    """All rounds of all work on one corpus, the sites in turn; fills in what each site cost.

    One more round at the end watches memory, which would disturb the times of the others.
    """
    for number in range(plan.rounds + 1):
        now = corpus
        for work, change in WORK.items():
            now = change(now, f"round{'abcdefghij'[number % 10]}")
            at_work = [site for site in in_turn(sites, number) if plan.does(site, work)]
            for site in at_work:
                name = site.generator.name
                progress(f"{len(corpus.names())} pages, round {number + 1}: {work}, {name}")
                attempt(site, now, work, watch_memory=number == plan.rounds)
            if number == 0:
                compare(at_work, now, work)
            if work == COLD:
                for site in sites:
                    site.tidy()
    progress("")


def attempt(site: Site, corpus: Corpus, work: str, *, watch_memory: bool) -> None:
    """Do one kind of work once on one site; a failure is noted and ends this site's part in it."""
    files = site.generator.files(corpus)
    if work == COLD:
        site.begin(files)
    changed = site.update(files)
    settle()
    if work not in (COLD, UNCHANGED) and not changed:
        leave_out(site, work, "this work changes no file of the site")
        return
    try:
        cost = site.build(changed, watch_memory=watch_memory)
        check_edits(site, corpus)
    except (RunFailed, WordsDiffer) as problem:
        leave_out(site, work, str(problem))
        return
    if watch_memory:
        site.memory[work] = cost.memory
    else:
        site.costs.setdefault(work, []).append(cost)


def compare(sites: Sequence[Site], corpus: Corpus, work: str) -> None:
    """Leave out the sites that show other words than the reference, or than the first where it is absent."""
    compared = [
        site for site in sites if site.generator.name not in SHOW_MORE and work not in site.failures
    ]
    compared.sort(key=lambda site: site.generator.name != REFERENCE)
    for site in compared[1:]:
        try:
            compare_words(site, compared[0], corpus)
        except WordsDiffer as problem:
            leave_out(site, work, str(problem))


def leave_out(site: Site, work: str, reason: str) -> None:
    """Note a failure, and drop the figures of this work and of all that builds on it."""
    site.failures[work] = reason
    for later in list(WORK)[list(WORK).index(work) :]:
        site.costs.pop(later, None)
    progress("")
    print(f"{site.generator.name} failed at '{work}': {reason}\n", file=sys.stderr)


def in_turn(sites: Sequence[Site], number: int) -> Sequence[Site]:
    """The sites, beginning with another one in each round."""
    start = number % len(sites) if sites else 0
    return [*sites[start:], *sites[:start]]


def settle() -> None:
    """Let the system write what earlier runs left, so that nobody pays for another's files."""
    os.sync()


def progress(text: str) -> None:
    """Say what is being done, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
