"""One thing that all others name: its page costs as much as it shows, and theirs cost what they did."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import Builder, Options
from site_builder.content.entries import Entry
from site_builder.content.library import Library
from site_builder.content.models import EntityId
from site_builder.rendering.planned import Planned
from site_builder.rendering.rendering import RenderedPage, Renderer

FEW, MANY = 40, 160
SITE = {"content/site.yaml": "title: Hub\nexports: [citations, data, jsonld, markdown]\n"}

Files = Mapping[str, str]


def rows(row: str, count: int) -> str:
    return "".join(row.replace("N", str(number)) for number in range(count))


def mentions(count: int) -> Files:
    issues = rows("issue-N:\n  title: Issue N\n  summary: Hub Body said so.\n", count)
    return {"content/actors.yaml": "hub:\n  name: Hub Body\n", "content/issues.yaml": issues}


def related(count: int) -> Files:
    issues = rows("issue-N:\n  title: Issue N\n  related: hub\n", count)
    return {"content/issues.yaml": f"hub:\n  title: Hub\n{issues}"}


def terms(count: int) -> Files:
    issues = rows("issue-N:\n  title: Issue N\n  summary: It is a thing.\n", count)
    return {
        "content/terms.yaml": "t:\n  name: thing\n  definition: What it is.\n",
        "content/issues.yaml": issues,
    }


def relations(count: int) -> Files:
    hub = "hub:\n  name: Hub\n  relations:\n" + rows("  - to: actor-N\n    label: knows\n", count)
    return {"content/actors.yaml": hub + rows("actor-N:\n  name: Actor Number N\n", count)}


def members(count: int) -> Files:
    actors = rows("actor-N:\n  name: Actor Number N\n  affiliation: hub\n", count)
    return {"content/actors.yaml": f"hub:\n  name: Hub\n{actors}"}


def positions(count: int) -> Files:
    issue = "  positions:\n  - actor: hub\n    stance: supports\n"
    return {
        "content/actors.yaml": "hub:\n  name: Hub\n",
        "content/issues.yaml": rows(f"issue-N:\n  title: Issue N\n{issue}", count),
    }


def citations(count: int) -> Files:
    issues = 'issue-N:\n  title: Issue N\n  summary: It leaks.\n  cite: s "leaks at place N of"\n'
    return {
        "content/sources.yaml": "s:\n  title: The source\n  file: s.txt\n  show: full\n",
        "seeds/s.txt": rows("The dam leaks at place N of the wall.\n\n", count),
        "content/issues.yaml": rows(issues, count),
    }


def sources(count: int) -> Files:
    text = rows("It leaks. [@s-N]\n\n", count)
    return {
        "content/sources.yaml": rows("s-N:\n  title: The source N\n", count),
        "content/articles/a.md": f"---\ntitle: A\nas_of: 2026\n---\n{text}",
    }


@pytest.mark.parametrize(
    ("files", "hub", "other"),
    [
        (mentions, "actors/hub", "issues/issue-7"),
        (related, "issues/hub", "issues/issue-7"),
        (terms, "terms", "issues/issue-7"),
        (relations, "actors/hub", "actors/actor-7"),
        (members, "actors/hub", "actors/actor-7"),
        (positions, "actors/hub", "issues/issue-7"),
        (citations, "sources/s", "issues/issue-7"),
        (sources, "", "sources/s-7"),
    ],
)
def test_a_thing_that_all_others_name(
    make_site: Callable[[Files], Path],
    monkeypatch: pytest.MonkeyPatch,
    files: Callable[[int], Files],
    hub: str,
    other: str,
) -> None:
    few = calls_by_page(make_site({**SITE, **files(FEW)}), monkeypatch)
    many = calls_by_page(make_site({**SITE, **files(MANY)}), monkeypatch)
    assert cost(many, hub) < 1.1 * MANY / FEW * cost(few, hub)
    assert cost(many, other) < 1.02 * cost(few, other)


def cost(calls: Mapping[str, int], path: str) -> int:
    return calls[f"{path}/index.html".removeprefix("/")]


def calls_by_page(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many functions are called to make each page: other than seconds, that is always the same."""
    counts: dict[str, int] = {}
    made = Renderer._made

    def counted(renderer: Renderer, route: Planned) -> RenderedPage:
        made(renderer, route)  # what is made once for all pages is there now
        count = 0

        def note(_: Any, event: str, __: Any) -> None:
            nonlocal count
            count += event.endswith("call")

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            page = made(renderer, route)
        finally:
            sys.setprofile(before)
        counts[page.file] = count
        return page

    monkeypatch.setattr(Renderer, "_made", counted)
    rendered = Builder(Options(root, jobs=1)).render()
    monkeypatch.undo()
    assert rendered.ok, told(rendered.diagnostics)
    return counts


def told(diagnostics: Iterable[Any]) -> str:
    return "\n".join(map(str, diagnostics))


def test_an_edit_that_adds_a_link_reads_what_it_shows_and_no_more(
    make_site: Callable[[Files], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: Tea\nstatus: open\n---\nOf tea"
    root = make_site(
        {
            "content/site.yaml": "title: Hub\nexports: []\n",
            "content/actors.yaml": "anna:\n  name: Anna\nbert:\n  name: Bert\n",
            "content/issues/tea.md": f"{text}.\n",
            "content/events.yaml": rows("e-N:\n  date: 2026\n  title: E\n  actors: bert\n", 20),
            "content/claims.yaml": rows("c-N:\n  statement: It is N.\n  made_by: bert\n", 20),
            "content/updates.yaml": rows("u-N:\n  date: 2026\n  text: More.\n", 20),
        }
    )
    builder = Builder(Options(root, jobs=1))
    first = builder.render()
    assert first.ok, told(first.diagnostics)
    read: set[str] = set()
    entry = Library.entry

    def noted(library: Library, id: EntityId) -> Entry:
        read.add(str(id))
        return entry(library, id)

    monkeypatch.setattr(Library, "entry", noted)
    (root / "content/issues/tea.md").write_text(f"{text} and [[anna]].\n")
    second = builder.render(first.files)
    assert second.ok, told(second.diagnostics)
    assert b"Of tea" in second.files["actors/anna/index.html"]
    assert read == {"issue 'tea'", "actor 'anna'"}
