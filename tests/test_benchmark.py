"""The benchmark tells the truth: fake contenders that fail, lie or do nothing, and figures that get worse."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench import results, rounds, run, sites
from bench.comparing import WordsDiffer, check_edits
from bench.corpus import (
    Corpus,
    make_corpus,
    with_actor_renamed,
    with_issue_edited,
    with_template_edited,
)
from bench.generators import ALL_OURS, GENERATORS, Generator
from bench.measure import Cost, RunFailed
from bench.measure import run as run_command
from bench.results import Figures, Result, figures, read_record, results_of, worse
from bench.rounds import COLD, EDIT, RENAME, TEMPLATE, UNCHANGED, WORK, Plan, measure
from bench.sites import Site
from site_builder.build import Options, render_site

BUILD = "mkdir -p public && cp -R content/. public"
PAGES = 5


def html_pages(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """What a fake contender is given: its pages, finished."""
    foot = f"<p>The {corpus.edition} edition</p></body>"
    yield "content/index.html", f"<body>{corpus.title}{foot}"
    for actor in corpus.actors:
        yield f"content/actors/{actor.slug}/index.html", f"<body>{actor.name}{foot}"
    for issue in corpus.issues:
        yield f"content/issues/{issue.slug}/index.html", f"<body>{issue.body}{foot}"


def fake(
    name: str,
    command: str = BUILD,
    pages: Callable[[Corpus], Iterator[tuple[str, str]]] = html_pages,
) -> Generator:
    """A contender that runs a line of shell."""
    # The theme's templates are not used, but an edit changes them.
    return Generator(name, "hugo", pages, "public", lambda: ("sh", "-c", command))


def sites_of(folder: Path, *generators: Generator) -> list[Site]:
    return [Site(one, one.find() or (), folder / one.name) for one in generators]


def measured(folder: Path, *generators: Generator, count: int = 2) -> list[Site]:
    found = sites_of(folder, *generators)
    measure(found, make_corpus(PAGES), Plan(count, all_work=True))
    return found


def rounds_of(site: Site) -> dict[str, int]:
    return {work: len(costs) for work, costs in site.costs.items()}


ALL_WORK = dict.fromkeys(WORK, 2)


def test_a_peer_that_fails_is_left_out_from_there_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fails = f"{BUILD}; if grep -rq 'Added round' content; then echo broken; exit 3; fi"
    hugo, peer = measured(tmp_path, fake("hugo"), fake("peer", fails))

    assert rounds_of(hugo) == ALL_WORK
    assert rounds_of(peer) == {COLD: 2, UNCHANGED: 2}
    assert peer.memory.keys() == {COLD, UNCHANGED}
    assert peer.failures == {EDIT: f"exit code 3\nsh -c {fails}\nbroken\n"}
    assert capsys.readouterr().err.startswith("peer failed at 'one issue edited': exit code 3\n")


def test_a_peer_that_fails_in_a_later_round_loses_the_figures_of_earlier_ones(
    tmp_path: Path,
) -> None:
    fails = f"{BUILD}; ! grep -rq 'Added roundb' content"
    hugo, peer = measured(tmp_path, fake("hugo"), fake("peer", fails))

    assert rounds_of(hugo) == ALL_WORK
    assert rounds_of(peer) == {COLD: 2, UNCHANGED: 2}


def test_a_peer_that_can_not_be_started_is_left_out(tmp_path: Path) -> None:
    absent = replace(fake("peer"), find=lambda: (str(tmp_path / "absent"),))
    _, peer = measured(tmp_path, fake("hugo"), absent)

    assert peer.failures == {COLD: f"No such file or directory\n{tmp_path / 'absent'}"}
    assert peer.costs == {}


def test_a_peer_that_shows_other_words_is_left_out(tmp_path: Path) -> None:
    def wordy(corpus: Corpus) -> Iterator[tuple[str, str]]:
        for path, text in html_pages(corpus):
            more = "more" if "Added rounda" in text else ""
            yield path, text.replace("</p>", f" {more}</p>")

    hugo, peer = measured(tmp_path, fake("hugo"), fake("peer", pages=wordy))
    issue = make_corpus(PAGES).issues[1].slug

    assert rounds_of(hugo) == ALL_WORK
    assert rounds_of(peer) == {COLD: 2, UNCHANGED: 2}
    assert peer.failures == {
        EDIT: f"issues/{issue}/index.html differs from hugo's; it lacks: nothing; it adds: more"
    }


def test_who_differs_from_hugo_is_wrong_in_whatever_order(tmp_path: Path) -> None:
    def wordy(corpus: Corpus) -> Iterator[tuple[str, str]]:
        return ((path, f"{text} more") for path, text in html_pages(corpus))

    ours, hugo = measured(tmp_path, fake("site_builder", pages=wordy), fake("hugo"))

    assert list(ours.failures) == [COLD]
    assert hugo.failures == {}


def test_a_build_that_does_nothing_is_not_measured(tmp_path: Path) -> None:
    lazy = f"test -d public || ({BUILD})"
    (peer,) = measured(tmp_path, fake("peer", lazy))
    issue = make_corpus(PAGES).issues[1].slug

    assert rounds_of(peer) == {COLD: 2, UNCHANGED: 2}
    assert peer.failures == {EDIT: f"issues/{issue}/index.html does not show: rounda."}


def test_each_edit_must_show_on_its_pages(tmp_path: Path) -> None:
    corpus = make_corpus(PAGES)
    issue, actor = corpus.issues[1].slug, corpus.actors[1].slug
    for edit in (with_issue_edited, with_actor_renamed, with_template_edited):
        corpus = edit(corpus, "worda")
    (site,) = sites_of(tmp_path, fake("peer"))
    site.begin(dict(html_pages(corpus)))
    site.build()
    check_edits(site, corpus)

    for path, word in (
        (f"issues/{issue}/index.html", "worda."),
        (f"actors/{actor}/index.html", "Worda"),
        ("index.html", "worda"),
        (f"issues/{issue}/index.html", "worda"),
    ):
        page = site.page(path)
        text = page.read_text()
        page.write_text(re.sub(rf"{re.escape(word)}(?=\s|<)", "", text))
        with pytest.raises(WordsDiffer, match=rf"^{path} does not show: {re.escape(word)}$"):
            check_edits(site, corpus)
        page.write_text(text)


def test_a_generator_is_told_of_a_single_file_that_changed(tmp_path: Path) -> None:
    issue = make_corpus(PAGES).issues[1].slug
    peer = replace(
        fake("peer", f'echo "$*" >> ../told; {BUILD}'), after_edit=lambda path: ("sh", path)
    )
    measured(tmp_path, peer, count=1)

    told = (tmp_path / "told").read_text().splitlines()
    edited = f"content/issues/{issue}/index.html"
    assert told[:3] == ["", "", edited]


def test_an_edit_that_changes_no_file_is_not_measured(tmp_path: Path) -> None:
    def without_edition(corpus: Corpus) -> Iterator[tuple[str, str]]:
        return html_pages(with_template_edited(corpus, "first"))

    peer = replace(fake("peer", pages=without_edition), theme="none")
    (site,) = measured(tmp_path, peer)

    assert rounds_of(site) == {COLD: 2, UNCHANGED: 2, EDIT: 2, RENAME: 2}
    assert site.failures == {TEMPLATE: "this work changes no file of the site"}


@pytest.mark.parametrize("name", ALL_OURS)
def test_a_template_edit_of_ours_shows_on_every_page(name: str, tmp_path: Path) -> None:
    (generator,) = (one for one in GENERATORS if one.name == name)
    corpus = with_template_edited(make_corpus(PAGES), "rounda")
    for path, text in generator.files(corpus).items():
        if path != "content/site.yaml":
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "content/site.yaml").write_text(f"title: {corpus.title}\nexports: []\n")

    pages = render_site(Options(tmp_path)).files
    of_corpus = [path for path in pages if path.startswith(("index.html", "issues/", "actors/"))]
    assert len(of_corpus) >= PAGES + 1
    assert [path for path in of_corpus if b"The rounda edition" not in pages[path]] == []


def test_the_disk_is_synced_before_each_build_and_nothing_deleted_among_cold_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    build, rmtree = Site.build, shutil.rmtree
    monkeypatch.setattr(os, "sync", lambda: happened.append("sync"))

    def noted_build(site: Site, *args: object, **more: object) -> Cost:
        happened.append("cold" if not (site.folder / "public").exists() else "build")
        return build(site, *args, **more)  # type: ignore[arg-type]

    def noted_rmtree(path: Path, **more: object) -> None:
        if Path(path).exists():
            happened.append("delete")
        rmtree(path, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Site, "build", noted_build)
    monkeypatch.setattr(sites.shutil, "rmtree", noted_rmtree)
    measured(tmp_path, fake("hugo"), fake("peer"))

    cold, rest = ["sync", "cold"] * 2, ["sync", "build"] * 8
    again = [*cold, "delete", "delete", *rest]
    assert happened == [*cold, *rest, *again, *again]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hugo", "peer"]


def test_the_last_round_watches_memory_and_its_times_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(site: Site, _: object = (), *, watch_memory: bool = False) -> Cost:
        for path, text in html_pages_on_disk(site):
            (site.folder / "public" / path).parent.mkdir(parents=True, exist_ok=True)
            (site.folder / "public" / path).write_text(text)
        return Cost(99.0, 99.0, 7) if watch_memory else Cost(1.0, 2.0)

    monkeypatch.setattr(Site, "build", build)
    (site,) = measured(tmp_path, fake("hugo"))

    assert site.costs == dict.fromkeys(WORK, [Cost(1.0, 2.0)] * 2)
    assert site.memory == dict.fromkeys(WORK, 7)


def html_pages_on_disk(site: Site) -> Iterator[tuple[str, str]]:
    for path, text in site.files.items():
        if path.startswith("content/"):
            yield path.removeprefix("content/"), text


def test_another_site_begins_each_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    attempt = rounds.attempt

    def noted(site: Site, corpus: Corpus, work: str, **more: bool) -> None:
        if work == COLD:
            order.append(site.generator.name)
        attempt(site, corpus, work, **more)

    monkeypatch.setattr(rounds, "attempt", noted)
    measured(tmp_path, fake("a"), fake("b"), fake("c"))

    assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]


def test_only_ours_and_hugo_do_more_than_cold_builds_unless_told() -> None:
    plan = Plan(5)
    found = sites_of(Path(), *GENERATORS)
    does_edits = {site.generator.name for site in found if plan.does(site, EDIT)}

    assert does_edits == {*ALL_OURS, "hugo"}
    assert all(plan.does(site, COLD) for site in found)
    assert all(Plan(5, all_work=True).does(site, EDIT) for site in found)


# --- running a command ---------------------------------------------------------------------------


def test_a_command_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"^not done after 0\.2 seconds\nsh -c "):
        run_command(
            ("sh", "-c", "(sleep 1; touch late) & wait"), tmp_path, dict(os.environ), longest=0.2
        )
    time.sleep(1.2)
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_costs_includes_the_processes_it_starts(tmp_path: Path) -> None:
    work = f"{sys.executable} -c 'sum(range(6_000_000))'"
    cost = run_command(("sh", "-c", f"{work} & wait"), tmp_path, dict(os.environ))

    assert cost.wall > 0
    assert cost.processor > 0.03


# --- figures -------------------------------------------------------------------------------------


def test_figures_are_medians_and_ratios_are_taken_within_a_round() -> None:
    ours = [Cost(1.0, 3.0), Cost(8.0, 4.0), Cost(3.0, 2.0)]
    hugo = [Cost(1.0, 1.0), Cost(2.0, 2.0), Cost(6.0, 4.0)]

    assert figures(ours, hugo, 5_000_000) == Figures(3.0, 3.0, 5.0, 1.0, 2.0)
    assert figures(ours, None, None) == Figures(3.0, 3.0, 0.0, None, None)


def test_five_rounds_unless_told_otherwise() -> None:
    assert run.read_arguments([]).rounds == 5


def result(**more: object) -> Result:
    work = {COLD: Figures(10.0, 20.0, 100.0, 2.0, 4.0), EDIT: Figures(1.0, 1.0, 50.0, 0.1, 0.2)}
    return Result(1000, "site_builder", ("feeds",), work, {})._replace(**more)


def recorded(one: Result) -> dict[tuple[int, str], Result]:
    return {(one.pages, one.generator): one}


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        (Figures(99.0, 99.0, 100.0, 2.0, 4.0), []),
        (Figures(10.0, 20.0, 114.9, 2.3, 4.6), []),
        (Figures(10.0, 20.0, 50.0, 1.0, 1.0), []),
        (
            Figures(10.0, 20.0, 100.0, 2.4, 4.0),
            ["2.40 times Hugo's wall time, recorded 2.00 (20% more)"],
        ),
        (
            Figures(10.0, 20.0, 100.0, 2.0, 5.0),
            ["5.00 times Hugo's processor time, recorded 4.00 (25% more)"],
        ),
        (Figures(10.0, 20.0, 120.0, 2.0, 4.0), ["120.00 MB of memory, recorded 100.00 (20% more)"]),
    ],
)
def test_what_got_worse_is_said_beyond_the_tolerance(now: Figures, lines: list[str]) -> None:
    before = result()
    after = before._replace(work={**before.work, COLD: now})

    assert list(worse([after], recorded(before))) == [
        f"1,000 pages, site_builder, cold build: {line}" for line in lines
    ]


def test_a_small_ratio_is_not_worse_by_what_can_not_be_measured() -> None:
    before = result(work={EDIT: Figures(1.0, 1.0, 50.0, 0.03, 0.03)})
    noisy = before._replace(work={EDIT: Figures(1.0, 1.0, 50.0, 0.04, 0.04)})
    doubled = before._replace(work={EDIT: Figures(1.0, 1.0, 50.0, 0.06, 0.03)})

    assert list(worse([noisy], recorded(before))) == []
    assert len(list(worse([doubled], recorded(before)))) == 1


def test_work_that_fails_now_is_worse_and_what_was_not_recorded_is_not() -> None:
    before = result()
    failing = before._replace(work={COLD: before.work[COLD]})

    assert list(worse([failing], recorded(before))) == [
        "1,000 pages, site_builder, one issue edited: failed"
    ]
    assert list(worse([before], recorded(failing))) == []
    assert list(worse([before], {})) == []


def test_other_exports_are_not_compared() -> None:
    assert list(worse([result(exports=())], recorded(result()))) == [
        "1,000 pages, site_builder: exports nothing, but the record has feeds"
    ]


def test_a_record_is_read_as_it_was_written_and_keeps_other_sizes(tmp_path: Path) -> None:
    file = tmp_path / "recorded.json"
    small, large = result(pages=100), result(failures={TEMPLATE: "exit code 1"})
    results.write_record([large, result(generator="hugo")], 5, file)
    results.write_record([small], 3, file)

    assert read_record(file) == {**recorded(small), **recorded(large)}
    assert json.loads(file.read_text())["rounds"] == 3
    assert read_record(tmp_path / "none.json") == {}


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[list[Generator], str], int]:
    def call(generators: list[Generator], arguments: str) -> int:
        monkeypatch.setattr(run, "GENERATORS", generators)
        where = ["--sites", str(tmp_path / "sites"), "--recorded", str(tmp_path / "recorded.json")]
        size = ["--pages", str(PAGES), "--rounds", "1"]
        return run.main([*size, *where, *arguments.split()])

    return call


Command = Callable[[list[Generator], str], int]


def test_a_failing_peer_does_not_end_the_run(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ours = replace(fake("site_builder"), exports=lambda _: ("feeds", "search"))
    peers = [fake("hugo"), fake("peer", "exit 3"), ours, fake("site_builder-cited")]

    assert command(peers, "") == 0
    printed = capsys.readouterr().out
    assert "| cold build | site_builder | " in printed
    assert "| cold build | peer | " not in printed
    assert printed.endswith(
        "\n- site_builder exports: feeds, search\n- site_builder-cited exports: nothing\n"
        "- peer is left out from 'cold build' on: exit code 3\n\n"
    )
    assert not (tmp_path / "sites" / str(PAGES)).exists()


@pytest.mark.parametrize("name", ["hugo", "site_builder", "site_builder-cited"])
def test_a_failure_of_hugo_or_of_ours_is_one_of_the_run(name: str, command: Command) -> None:
    assert command([fake("hugo"), fake("peer"), fake(name, "exit 3")][-2:], "") == 1


def test_check_compares_with_the_record(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    peers = [fake("hugo"), fake("site_builder")]
    file = tmp_path / "recorded.json"

    assert command(peers, "--check") == 2
    assert "use --record first" in capsys.readouterr().err
    assert command(peers, "--record") == 0
    assert command(peers, "--check --tolerance 1e9") == 0
    assert capsys.readouterr().out.endswith("\nNothing got worse since the record.\n")

    data = json.loads(file.read_text())
    (row,) = data["results"]
    for one in row["work"].values():
        one["wall_ratio"] = one["processor_ratio"] = one["memory"] = 1e-6
    file.write_text(json.dumps(data))
    assert command(peers, "--check") == 1
    assert "5 pages, site_builder, cold build: " in capsys.readouterr().out


def test_check_says_what_the_record_does_not_have(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results.write_record([result()], 5, tmp_path / "recorded.json")

    assert command([fake("hugo"), fake("site_builder")], "--check") == 0
    assert "\n5 pages, site_builder: not in the record, so not compared\n" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize("option", ["--check", "--record"])
def test_without_hugo_there_is_nothing_to_compare(
    option: str, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = replace(fake("hugo"), find=lambda: None)

    assert command([absent, fake("site_builder")], option) == 2
    assert capsys.readouterr().err.endswith(
        "without hugo there are no ratios to compare or record\n"
    )


@pytest.mark.parametrize(("load", "warned"), [(1.1, True), (0.9, False)])
def test_a_busy_machine_is_named(
    load: float, warned: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 9.0, 9.0))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    run.warn_if_busy()

    said = f"The machine is busy: a load of {load} on 2 processors. Don't trust wall times.\n\n"
    assert capsys.readouterr().err == (said if warned else "")


def test_a_run_in_which_ours_failed_is_not_recorded(command: Command, tmp_path: Path) -> None:
    assert command([fake("hugo"), fake("site_builder", "exit 3")], "--record") == 1
    assert not (tmp_path / "recorded.json").exists()


def test_results_have_the_figures_of_each_site(tmp_path: Path) -> None:
    found = measured(tmp_path, fake("hugo"), fake("site_builder"), count=1)
    hugo, ours = results_of(found, PAGES, {"hugo": (), "site_builder": ("feeds",)})

    assert (hugo.pages, hugo.generator, ours.exports) == (PAGES, "hugo", ("feeds",))
    assert hugo.work.keys() == ours.work.keys() == WORK.keys()
    assert {one.wall_ratio for one in hugo.work.values()} == {1.0}
    assert rounds.WORK.keys() == ours.work.keys()
