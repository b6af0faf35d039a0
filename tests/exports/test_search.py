"""The search as a reader uses it: in a browser, under a sub-path, under the policy of the site."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from site_builder.build import Options, render_site
from site_builder.exports import search
from site_builder.exports.search import Entry
from tests.browser.conftest import Served, _serve, build
from tests.conftest import MakeSite
from tests.exports.conftest import SMALL, rendered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TALKS = {
    "content/site.yaml": "title: The talks",
    "content/articles.yaml": "talks:\n  title: Talks in Grandport end without a result\n  as_of: 2025-03-05\n",
    "content/actors.yaml": """
        norland:
          name: Norland
          kind: state
          aliases: [Norhaven]
          role: Holds Grandport
        sudland:
          name: Sudland
          kind: state
          role: Has closed the sound
        whitlock:
          name: Ada Whitlock
          kind: person
          short_name: Whitlock
          role: Negotiator; her envoy went to Grandport
        """,
    "content/issues/membership.md": """
        ---
        title: Membership of the League
        question: Should Norland join the League?
        positions:
          - actor: norland
            stance: supports
            summary: Demands assurances, with membership among them.
          - actor: sudland
            stance: rejects
            summary: Vehemently opposes membership for Norland.
        ---
        Norland demands clear assurances.
        """,
    "content/issues/draft.yaml": """
        title: The draft treaty
        short_title: Entwurf
        question: Who accepts the draft treaty?
        summary: The draft has been leaked and revised.
        """,
    "content/issues/territory.yaml": """
        title: Territory
        question: Would Norland give up control of land?
        summary: Concessions are one of two disagreements.
        """,
    "content/issues/table.yaml": """
        title: Norland’s part in the talks
        question: Must Norland itself take part in the talks?
        summary: Nobody from Norland was in the room.
        """,
    "content/issues/grandport.md": """
        ---
        title: The fight for Grandport
        question: Does Sudland control Grandport?
        positions:
          - actor: sudland
            stance: supports
            summary: Says that Grandport is its own.
        ---
        The news from Grandport names no source.
        """,
    "content/claims.yaml": """
        upper-hand:
          statement: The fleet of Sudland has the upper hand.
          made_by: sudland
        """,
    "content/events.yaml": """
        blockade:
          date: 2022-02
          title: Sudland’s full-scale blockade begins
          text: It has led to immense shortages.
          actors: [sudland]
        talks:
          date: 2025-03-05
          title: Five hours of talks
          text: They bring no result.
        """,
    "content/terms.yaml": """
        territorial-concessions:
          name: Territorial concessions
          definition: Land that one side gives up as part of a deal.
        """,
}
"""A story in which several things share their words."""
ROWS = "[...document.querySelectorAll('.search-results li')]"


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That story, built."""
    root = tmp_path_factory.mktemp("talks")
    for name, text in TALKS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(textwrap.dedent(text).removeprefix("\n"), encoding="utf-8")
    return build(root, tmp_path_factory.mktemp("talks-site"))


@pytest.fixture(scope="module")
def story(talks: Path) -> Served:
    return _serve(talks)


@pytest.fixture(scope="module")
def searching(browser: Browser, story: Served) -> Iterator[Page]:
    """The search page, which stays open for all queries."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(story.url + "search/")
        yield page


def find(page: Page, words: str) -> list[tuple[str, str]]:
    """What a query finds: kind and title of each result shown."""
    state, rows = page.locator("#search-state"), page.locator(".search-results li")
    page.fill("#search-words", "")
    expect(state).to_have_text("")
    page.fill("#search-words", words)
    expect(state).to_have_text(re.compile("Found|Nothing"))
    count = int((re.findall(r"\d+", state.inner_text()) or ["0"])[0])
    expect(rows).to_have_count(min(12, count))
    found = page.evaluate(
        f"{ROWS}.map(row => [row.querySelector('.search-kind').innerText, row.querySelector('a').innerText])"
    )
    return [(kind, title) for kind, title in found]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Norhaven", ("Who", "Norland")),
        ("whitlock", ("Who", "Ada Whitlock")),
        ("would norland give up control of land", ("Issue", "Territory")),
        ("entwurf", ("Issue", "The draft treaty")),
        ("who accepts the draft", ("Issue", "The draft treaty")),
        ("take part in the talks", ("Issue", "Norland’s part in the talks")),
        ("Norland's part in the talks", ("Issue", "Norland’s part in the talks")),
        ("Sudland‘s full‑scale blockade", ("Event", "Sudland’s full-scale blockade begins")),
        ("shortages", ("Event", "Sudland’s full-scale blockade begins")),
        ("territorial concessions", ("Term", "Territorial concessions")),
    ],
)  # fmt: skip
def test_what_is_looked_for_comes_first(
    searching: Page, words: str, first: tuple[str, str]
) -> None:
    assert find(searching, words)[0] == first


@pytest.mark.parametrize("words", ["l'eau", "l’eau", "eau", "d'etre", "n’est pas d‘être"])
def test_apostrophes_of_any_kind_find_words_of_texts(
    page: Page, tmp_path_factory: pytest.TempPathFactory, make_site: MakeSite, words: str
) -> None:
    files = {
        "content/site.yaml": "title: Eau\nlanguage: fr\n",
        "content/issues/a.md": "---\ntitle: Barrage\n---\nL’usage de l’eau n’est pas près d’être réglé.\n",
    }
    page.goto(_serve(build(make_site(files), tmp_path_factory.mktemp("eau"))).url + "search/")
    assert ("Issue", "Barrage") in find(page, words)


def test_a_position_is_found_by_its_words_and_leads_to_its_place(searching: Page) -> None:
    found = find(searching, "vehemently opposes membership")
    assert ("Position", "Sudland: Membership of the League") in found
    link = searching.get_by_role("link", name="Sudland: Membership of the League")
    assert link.get_attribute("href").endswith("/issues/membership/#position-sudland")


def test_a_claim_is_found_by_its_words(searching: Page) -> None:
    assert find(searching, "upper hand")[0][0] == "Claim"


def test_nothing_found_is_said_and_the_index_stays(searching: Page) -> None:
    assert find(searching, "xyzzy") == []
    assert searching.inner_text("#search-state") == "Nothing found. Below is everything by name."
    assert searching.locator("#search-index").is_visible()


def test_words_that_look_like_markup_are_words(searching: Page) -> None:
    find(searching, "<img src=x onerror=alert(1)> talks")
    assert searching.locator(".search-results img").count() == 0


def test_it_is_used_by_keyboard(page: Page, story: Served) -> None:
    page.goto(story.url + "search/?q=grandport")
    page.locator(".search-results li").nth(2).wait_for()
    page.focus("#search-words")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"document.activeElement === {ROWS}[1].querySelector('a')")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/issues/grandport/index.html")


def test_nothing_is_fetched_before_a_reader_searches_and_the_policy_holds(
    browser: Browser, talks: Path
) -> None:
    served = _serve.__wrapped__(talks)
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(served.url)
        page.goto(served.url + "search/")
        assert [path for path in served.requests if "pagefind" in path] == []
        page.fill("#search-words", "grandport")
        page.locator(".search-results li").nth(2).wait_for()
        fetched = {
            path.rpartition("/")[2].partition("?")[0]
            for path in served.requests
            if "pagefind" in path
        }
        assert {
            "pagefind.js",
            "pagefind-worker.js",
            "pagefind-entry.json",
            "wasm.en.pagefind",
        } <= fetched
        assert said == []
    policy = (talks / "_headers").read_text()
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "'unsafe" not in policy.replace("'wasm-unsafe-eval'", "")


def test_without_a_script_it_is_an_index_by_name(browser: Browser, story: Served) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(story.url + "search/")
        assert not page.locator("form.search").is_visible()
        assert page.get_by_role("heading", name="People and bodies").is_visible()
        page.get_by_role("link", name="Ada Whitlock").click()
        assert page.url.endswith("/actors/whitlock/index.html")


def test_it_keeps_to_the_accessibility_rules(page: Page, axe_source: str, story: Served) -> None:
    page.goto(story.url + "search/?q=grandport")
    page.locator(".search-results li").nth(2).wait_for()
    page.evaluate(axe_source)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        results = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
        )
        assert [row["id"] for row in results["violations"]] == []


# --- the index itself ----------------------------------------------------------------------------


def test_the_same_records_give_the_same_bytes(make_site: MakeSite) -> None:
    root = make_site(SMALL)
    first, second = rendered(root), rendered(root)
    assert {path for path in first if path.startswith("pagefind/")}
    assert first == second


def test_records_of_one_page_stay_in_one_part() -> None:
    rows = [
        Entry(f"issues/{n % 700}/", f"issues/{n % 700}/#{n}", "position", "", "", (), "")
        for n in range(3500)
    ]
    parts = search.shards(rows)
    assert len(parts) == 3
    assert sorted(row.url for part in parts for row in part) == sorted(row.url for row in rows)
    pages = [{row.page for row in part} for part in parts]
    assert sum(map(len, pages)) == 700


def test_parts_are_searched_together(
    page: Page, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(search, "_SHARD_SIZE", 3)
    files = rendered(make_site(SMALL))
    assert json.loads(files["pagefind/shards.json"])["shards"]
    assert "pagefind/1/pagefind.js" not in files
    folder = tmp_path / "out"
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    page.goto(_serve(folder).url + "search/")
    for words, title in (
        ("ada", "Ada Amber"),
        ("founding", "The founding"),
        ("minutes", "Minutes"),
    ):
        assert title in [found for _, found in find(page, words)]


def test_a_change_of_templates_does_not_index_again(make_site: MakeSite) -> None:
    root = make_site(SMALL)
    before = rendered(root)
    make_site({"templates/parts/footer.html": "{# Nothing. #}\n"})
    after = rendered(root)
    assert before["index.html"] != after["index.html"]
    for path in before:
        if path.startswith("pagefind/"):
            assert before[path] == after[path]


def test_without_pagefind_it_says_how_to_get_it(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "find_pagefind", lambda: None)
    site = render_site(Options(make_site(SMALL)))
    [warning] = [d for d in site.diagnostics if d.code == "missing-package"]
    assert (warning.message, warning.hint) == (
        "the search is left out", "it needs Pagefind: pip install 'pagefind[bin]'",
    )  # fmt: skip
    assert not any(path.startswith("pagefind/") for path in site.files)
    assert "search/index.html" in site.files
    assert not re.search("wasm", site.files["_headers"].decode())
