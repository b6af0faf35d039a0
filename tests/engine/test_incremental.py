"""A build after an edit equals a clean build, byte for byte, whatever was edited before."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from site_builder.build import Builder, Options, build, render_site
from site_builder.cli import main
from site_builder.faults import OutputFault
from site_builder.incremental import unchanged
from site_builder.reading import files
from site_builder.reading.files import Found
from site_builder.reading.sources import find_files

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "seeds", root / "seeds")
    (root / "templates").mkdir()
    # Without an address no cards are drawn, which would take most of each of the many builds.
    settings = root / "content/site.yaml"
    settings.write_text(re.sub(r"(?m)^base_url:.*\n", "", settings.read_text()))
    return root


def output_of(root: Path) -> dict[str, bytes]:
    folder = root / "output"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".site-builder.json"
    }


def add_words(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "content").glob("[ai]*/*.md")))
    words = chance.choice(["Talks.", "Putin and NATO met.", "See [[territory]].", "A *word*."])
    path.write_text(path.read_text() + f"\n{words}\n")


def add_aliases(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "content/actors").glob("*.md")))
    text = path.read_text()
    alias = chance.choice(["Talks", "the plan", "Moscow side", "Europe's capitals"])
    if "aliases:" not in text and alias not in "".join(
        p.read_text() for p in (root / "content/actors").glob("*.md")
    ):
        path.write_text(text.replace("---\n", f"---\naliases: [{alias}]\n", 1))


def rename_actor(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "content/actors").glob("*.md")))
    lines = path.read_text().split("\n")
    lines = [
        f"{line} II" if line.startswith("name:") and '"' not in line else line for line in lines
    ]
    path.write_text("\n".join(lines))


def add_event(root: Path, chance: random.Random) -> None:
    path = root / "content/events.yaml"
    number = chance.randrange(10_000)
    path.write_text(
        path.read_text() + f"\nmade-up-{number}:\n  date: 20{number % 90 + 10}\n"
        f"  title: Event {number}\n  actors: [vladimir-putin]\n"
    )


def add_issue(root: Path, chance: random.Random) -> None:
    number = chance.randrange(10_000)
    (root / f"content/issues/made-up-{number}.md").write_text(
        f"---\ntitle: Issue {number}\npositions:\n  - {{actor: ukraine, stance: not-stated}}\n---\n"
        f"About [[Issue {number}|itself]] and Putin.\n"
    )


def reorder_entries(root: Path, chance: random.Random) -> None:
    """The same entities of a file in another order."""
    path = chance.choice([root / f"content/{name}.yaml" for name in ("events", "claims", "terms")])
    entries = re.split(r"^(?=[a-z])", path.read_text(), flags=re.MULTILINE)
    chance.shuffle(entries)
    path.write_text("".join(entry.rstrip("\n") + "\n" for entry in entries if entry.strip()))


def date_an_event(root: Path, chance: random.Random) -> None:
    path = root / "content/events.yaml"
    dates = list(re.finditer(r"^  date: .*$", path.read_text(), re.MULTILINE))
    at = chance.choice(dates)
    text = path.read_text()
    path.write_text(f"{text[: at.start()]}  date: {chance.randrange(1990, 2030)}{text[at.end() :]}")


def order_issues(root: Path, chance: random.Random) -> None:
    """The article names its issues in another order."""
    path = next((root / "content/articles").glob("*.md"))
    issues = sorted(file.stem for file in (root / "content/issues").glob("*.md"))
    text = re.sub(r"^issues: .*\n", "", path.read_text(), flags=re.MULTILINE)
    chosen = ", ".join(chance.sample(issues, min(3, len(issues))))
    path.write_text(text.replace("---\n", f"---\nissues: [{chosen}]\n", 1))


def change_stance(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "content/issues").glob("*.md")))
    text = path.read_text()
    stance = chance.choice(["supports", "rejects", "not-stated"])
    path.write_text(re.sub(r"stance: [a-z-]+", f"stance: {stance}", text, count=1))


def move_issue(root: Path, chance: random.Random) -> None:
    """Another slug: whatever names the old one is broken, unless nothing does."""
    made_up = sorted((root / "content/issues").glob("made-up-*.md"))
    if made_up:
        path = chance.choice(made_up)
        path.rename(path.with_name(f"made-up-{chance.randrange(10_000)}.md"))


def drop_issue(root: Path, chance: random.Random) -> None:
    made_up = sorted((root / "content/issues").glob("made-up-*.md"))
    if made_up:
        chance.choice(made_up).unlink()


def edit_source_text(root: Path, chance: random.Random) -> None:
    """Passages stand elsewhere; or, now and then, words that are cited are gone, or back."""
    original = next((ROOT / "seeds").glob("*.txt"))
    path = root / "seeds" / original.name
    text = original.read_text()
    at = chance.choice([m.end() for m in re.finditer(r"\n\n", text)] or [0])
    if chance.random() < 0.2:
        text = text[:at]
    elif chance.random() < 0.8:
        text = f"{text[:at]}An added sentence, number {chance.randrange(1000)}.\n\n{text[at:]}"
    path.write_text(text)


def add_source(root: Path, chance: random.Random) -> None:
    number = chance.randrange(1000)
    (root / f"seeds/made-up-{number}.txt").write_text(f"It was said {number} times. Then no more.")
    (root / "content/sources").mkdir(exist_ok=True)
    (root / f"content/sources/made-up-{number}.md").write_text(
        f"---\ntitle: Source {number}\nfile: made-up-{number}.txt\n---\n"
    )
    (root / f"content/issues/made-up-{number}.md").write_text(
        f'---\ntitle: Issue {number}\n---\nSo [@made-up-{number} "said {number} times"].\n'
    )


def change_site(root: Path, chance: random.Random) -> None:
    path = root / "content/site.yaml"
    path.write_text(path.read_text() + f"# {chance.random()}\n")


def change_template(root: Path, chance: random.Random) -> None:
    name = chance.choice(
        ("actor.html", "base.html", "parts/date.html", "parts/link.html", "card.svg")
    )
    path = root / "templates" / name
    if path.exists() and chance.random() < 0.4:
        path.unlink()
    else:
        path.parent.mkdir(exist_ok=True)
        text = (ROOT / "templates" / name).read_text()
        path.write_text(
            text.replace("{% macro", f"<!-- {chance.randrange(100)} -->{{% macro") + " "
        )


def spoil_output(root: Path, chance: random.Random) -> None:
    pages = sorted((root / "output").rglob("*.html"))
    if pages:
        chance.choice(pages).write_text("spoilt")


def spoil_memory(root: Path, chance: random.Random) -> None:
    for path in filter(Path.is_file, sorted((root / ".site-builder").rglob("*"))):
        data = bytearray(path.read_bytes())
        if data and chance.random() < 0.7:
            data[chance.randrange(len(data))] ^= 0xFF
            path.write_bytes(bytes(data))


def break_content(root: Path, chance: random.Random) -> None:
    path = root / "content/issues/broken.md"
    if path.exists():
        path.unlink()
    else:
        path.write_text(f"---\ntitle: Broken {chance.random()}\nrelated: [nowhere]\n---\n")


def kill_a_build(root: Path, chance: random.Random) -> None:
    command = [sys.executable, "-m", "site_builder", "build", "--quiet", "-C", str(root)]
    building = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        building.wait(chance.uniform(0.1, 1.0))
    building.kill()
    building.wait()


EDITS = (
    add_words, add_words, add_aliases, rename_actor, add_event, add_issue, drop_issue, change_site,
    change_template, change_template, spoil_output, spoil_memory, break_content, reorder_entries, date_an_event,
    order_issues, change_stance, move_issue, kill_a_build, kill_a_build, edit_source_text, edit_source_text,
    add_source,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_a_build_after_edits_equals_a_clean_build(site: Path, seed: int) -> None:
    chance = random.Random(seed)
    options = Options(root=site)
    for step in range(14):
        edits = [chance.choice(EDITS) for _ in range(chance.randrange(3))]
        for edit in edits:
            edit(site, chance)
        result = build(options)
        clean = render_site(options)
        assert sorted(result.diagnostics, key=str) == sorted(clean.diagnostics, key=str)
        if result.changes is not None:
            names = [edit.__name__ for edit in edits]
            assert output_of(site) == dict(clean.files), (step, names)


def test_a_second_build_makes_no_page_again(site: Path) -> None:
    options = Options(root=site)
    build(options)
    assert not build(options).changes


@pytest.mark.parametrize("output", ["content/x", "content", ".", "templates/built"])
def test_output_is_never_built_among_the_sources(site: Path, output: str) -> None:
    before = sorted(path for path in site.rglob("*"))
    with pytest.raises(OutputFault, match="the output can't be"):
        build(Options(root=site, output=site / output))
    assert sorted(path for path in site.rglob("*")) == before


def test_any_number_of_processes_makes_the_same_bytes(site: Path) -> None:
    for number in range(200):
        (site / f"content/actors/extra-{number}.md").write_text(
            f"---\nname: Extra {number}\n---\nOf [[extra-{(number * 7) % 200}]].\n"
        )
    alone = render_site(Options(root=site, jobs=1))
    together = render_site(Options(root=site, jobs=3))
    assert alone.ok
    assert dict(alone.files) == dict(together.files)


def test_an_edited_template_makes_the_pages_that_use_it_again(site: Path) -> None:
    """Whatever a template extends, includes or imports counts, also from a macro of a macro."""
    build(Options(site))
    templates, own = ROOT / "templates", site / "templates"

    def changed_by(name: str, old: str, new: str) -> set[str]:
        text = (templates / name).read_text()
        assert old in text
        (own / name).parent.mkdir(exist_ok=True)
        (own / name).write_text(text.replace(old, new))
        result = build(Options(site))
        assert result.changes
        assert output_of(site) == dict(render_site(Options(site)).files)
        return set(result.changes.changed)

    assert changed_by("timeline.html", "{% block main %}", "{% block main %}<hr>") == {
        "timeline/index.html"
    }
    everything = changed_by("base.html", "<body", "<body lang=en")
    assert {"index.html", "timeline/index.html", "issues/territory/index.html"} <= everything
    marked = changed_by("parts/square.html", '<svg class="square', '<svg class="my square')
    assert {"issues/territory/index.html", "actors/russia/index.html"} <= marked
    assert "timeline/index.html" not in marked
    (own / "parts/square.html").unlink()
    again = build(Options(site))
    assert again.changes
    assert set(again.changes.changed) == marked


@pytest.mark.parametrize("target", ["anna", "nobody"])
def test_what_was_found_is_told_where_it_stands_now(tmp_path: Path, target: str) -> None:
    """Lines move when others are added above, though the entity itself is as it was."""
    issue = "---\ntitle: {}\npositions:\n  - {{actor: anna, stance: supports}}\n---\nSee [[{}]].\n"
    files = {
        "content/site.yaml": "title: Tea\n",
        "content/actors.yaml": "anna:\n  name: Anna\n",
        "content/sources.yaml": "book:\n  title: A book\n",
        "content/issues/milk.md": issue.format("Milk", target),
        "content/issues/sugar.md": issue.format("Sugar", f"milk#{target}").replace(
            "#anna", "#positions"
        ),
        "content/claims.yaml": f"a:\n  statement: See [[{target}]]\n  made_by: [anna]\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    builder = Builder(Options(tmp_path))
    assert len(builder.render().diagnostics) >= 3

    for name, moved in (
        (
            "content/issues/milk.md",
            files["content/issues/milk.md"].replace("---\n", "---\n\n\n", 1),
        ),
        (
            "content/issues/sugar.md",
            files["content/issues/sugar.md"].replace("---\n", "---\n\n", 1),
        ),
        (
            "content/claims.yaml",
            "new:\n  statement: Two\n  made_by: [anna]\n" + files["content/claims.yaml"],
        ),
    ):
        (tmp_path / name).write_text(moved)
        assert builder.render().diagnostics == render_site(Options(tmp_path)).diagnostics, name


def test_a_build_right_after_another_has_nothing_to_do(site: Path) -> None:
    """Files that were written a moment ago are told by their bytes, and need not be settled first."""

    def command() -> str:
        return CliRunner().invoke(main, ["-C", str(site), "build"]).output

    path = site / "content/about.md"
    path.write_text(path.read_text() + "\nOne more line.\n")
    assert "new" in command()
    assert "nothing changed" in command()
    path.write_text(path.read_text().replace("One more", "Yet more"))
    assert "2 changed" in command()
    assert "nothing changed" in command()


def test_a_young_file_that_looks_the_same_is_read(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writes within a tick of the clock leave the same signature."""
    path = site / "content/about.md"
    command = ["-C", str(site), "build"]
    path.write_text(path.read_text() + "\nOne more line.\n")
    before = path.stat()
    # The clock stands still, so that the file is young however long the build takes.
    clock = SimpleNamespace(time=lambda: before.st_mtime_ns / 1e9)
    monkeypatch.setattr(files, "time", clock)
    CliRunner().invoke(main, command)
    path.write_text(path.read_text().replace("One more", "Yet more"))
    times = (before.st_mtime_ns, before.st_ctime_ns, before.st_size, before.st_ino)
    found, problems = find_files(site)
    row = Found("content/about.md", str(path), times)
    again = found._replace(content={**found.content, row.path: row}), problems
    monkeypatch.setattr(unchanged, "find_files", lambda _: again)
    assert "2 changed" in CliRunner().invoke(main, command).output


def test_a_link_that_moves_within_its_text_is_noticed(tmp_path: Path) -> None:
    """A longer name that two actors share links nowhere, nor does a shorter one within it."""
    files = {
        "content/site.yaml": "title: Tea\n",
        "content/actors/plan.md": "---\nname: Plan\n---\n",
        "content/issues/milk.md": "---\ntitle: Milk\n---\nPlan B is no Plan at all.\n",
    }
    more = {f"content/actors/{slug}.md": "---\nname: Plan B\n---\n" for slug in ("one", "two")}
    page = tmp_path / "output/issues/milk/index.html"
    for added in (files, more):
        for name, text in added.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        build(Options(tmp_path))
        assert page.read_bytes() == render_site(Options(tmp_path)).files["issues/milk/index.html"]
    assert ">Plan</a> at all" in page.read_text()


def test_a_build_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    """What was edited while something else was wrong is seen once that is mended."""
    (tmp_path / "content").mkdir()
    site, terms = tmp_path / "content/site.yaml", tmp_path / "content/terms.yaml"
    wrong = tmp_path / "content/claims.yaml"
    site.write_text("title: Tea\n")
    terms.write_text("milk:\n  definition: White.\n")
    builder = Builder(Options(tmp_path))
    good = builder.render()

    site.write_text("title: Coffee\n")
    terms.write_text("milk:\n  definition: Poured first.\n")
    wrong.write_text("a:\n  statement: See [[nobody]].\n  made_by: []\n")
    assert not builder.render(good.files).ok

    site.write_text("title: Tea\n")
    wrong.unlink()
    mended = builder.render(good.files)
    kept = {path: good.files[path] for path in mended.kept}
    assert kept
    clean = Builder(Options(tmp_path)).render()
    assert {**kept, **mended.files} == dict(clean.files)


def test_an_edited_source_text_makes_its_own_page_again_and_those_that_cite_it(
    make_site: Callable[[dict[str, str]], Path],
) -> None:
    sources = "".join(
        f"s-{n}:\n  title: S {n}\n  file: s-{n}.txt\n  show: full\n" for n in range(3)
    )
    root = make_site(
        {
            "content/site.yaml": "title: T\nexports: []\n",
            "content/sources.yaml": sources,
            "content/issues/i-0.md": '---\ntitle: I 0\n---\nSo [@s-0 "it leaks"].\n',
            "content/issues/i-1.md": '---\ntitle: I 1\n---\nSo [@s-1 "it leaks"].\n',
            **{f"seeds/s-{n}.txt": "They say it leaks." for n in range(3)},
        }
    )
    build(Options(root))

    def changed_by(path: str, text: str) -> set[str]:
        (root / path).write_text(text)
        result = build(Options(root))
        assert result.changes is not None, result.diagnostics
        assert output_of(root) == dict(render_site(Options(root)).files)
        return set(result.changes.changed)

    assert changed_by("seeds/s-2.txt", "They say more.") == {"sources/s-2/index.html"}
    assert changed_by("seeds/s-0.txt", "They say it leaks.\n\nNo more.") == {
        "sources/s-0/index.html"
    }
    assert changed_by("seeds/s-1.txt", "Indeed they say it leaks.") == {"sources/s-1/index.html"}
    (root / "seeds/s-1.txt").write_text("They say no such thing.")
    failed = build(Options(root))
    assert failed.changes is None
    assert [row.code for row in failed.diagnostics] == ["quote-not-found"]
    assert not changed_by("seeds/s-1.txt", "Indeed they say it leaks.")


def test_a_name_with_an_at_sign_is_told_once_a_source_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: The mill pond\n")
    sources = tmp_path / "content/sources.yaml"
    sources.write_text("letter:\n  title: Letter\n")
    terms = "weir:\n  definition: As @minutes says.\n  cite: letter\n"
    (tmp_path / "content/terms.yaml").write_text(terms)
    builder = Builder(Options(tmp_path))

    def codes() -> list[str]:
        return [row.code for row in builder.render().diagnostics if row.code != "unused-source"]

    assert codes() == []
    sources.write_text("letter:\n  title: Letter\nminutes:\n  title: Minutes\n")
    assert codes() == ["bare-citation"]
    sources.write_text("letter:\n  title: Letter\nminute:\n  title: Minutes\n")
    assert codes() == []
