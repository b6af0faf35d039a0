"""What the pages of a large site leave out, and that they say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, render_site
from site_builder.content.models import EntityId
from site_builder.pages.briefs import Card, Cards

ISSUES, SHOWN = 210, 60
POSITION = "\n  positions:\n  - actor: anna\n    stance: supports\n    summary: Anna says yes.\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The pages of a site where Anna takes a position on every one of many issues."""
    content = tmp_path_factory.mktemp("large") / "content"
    (content / "articles").mkdir(parents=True)
    (content / "site.yaml").write_text("title: Tea\nexports: []\n")
    (content / "articles/tea.md").write_text("---\ntitle: Tea\nas_of: 2026\n---\n")
    (content / "actors.yaml").write_text("anna:\n  name: Anna\n")
    issues = (f"issue-{number}:\n  title: Issue {number}{POSITION}" for number in range(ISSUES))
    (content / "issues.yaml").write_text("".join(issues))
    files = render_site(Options(content.parent, jobs=1)).files
    return {path: files[path].decode() for path in files if path.endswith(".html")}


def test_the_positions_have_the_first_questions_and_say_how_many_more_there_are(
    pages: Mapping[str, str],
) -> None:
    page = pages["positions/index.html"]
    assert len(re.findall(r' id="w-', page)) == SHOWN
    assert f"{ISSUES - SHOWN} more questions are not shown here." in page


def test_a_page_with_very_many_names_carries_no_cards(pages: Mapping[str, str]) -> None:
    assert 'class="cards"' not in pages["index.html"]
    assert 'id="card-issue-issue-3"' not in pages["issues/index.html"]
    assert 'id="card-actor-anna"' in pages["issues/issue-3/index.html"]


def test_no_issue_is_missing_from_the_list_of_all(pages: Mapping[str, str]) -> None:
    for path in ("index.html", "issues/index.html"):
        assert pages[path].count('data-entity="issue-issue-') == ISSUES


def test_a_site_of_the_usual_size_shows_everything(
    make_site: Callable[[Mapping[str, str]], Path],
) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026\n---\n",
            "content/actors.yaml": "anna:\n  name: Anna\n",
            "content/issues.yaml": f"issue-3:\n  title: Issue 3{POSITION}",
        }
    )
    page = render_site(Options(root, jobs=1)).files["positions/index.html"].decode()
    assert "not shown here" not in page
    assert 'id="card-actor-anna"' in page


def test_empty_squares_of_the_positions_cost_nothing_each(
    make_site: Callable[[Mapping[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 30
    issue = "issue-N:\n  title: Issue N\n  positions:\n  - actor: actor-N\n    stance: supports\n"
    numbers = [str(number) for number in range(count)]
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/actors.yaml": "".join(f"actor-{n}:\n  name: Actor {n}\n" for n in numbers),
            "content/issues.yaml": "".join(issue.replace("N", n) for n in numbers),
        }
    )
    asked: list[EntityId] = []

    def of(cards: Cards, entity: EntityId) -> Card:
        asked.append(entity)
        return whole(cards, entity)

    whole = Cards.of
    monkeypatch.setattr(Cards, "of", of)
    page = render_site(Options(root, jobs=1)).files["positions/index.html"].decode()
    assert page.count('<td><a href="#w-issue-') == page.count('<th scope="col">') == count
    assert len(asked) < count * count
