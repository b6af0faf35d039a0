"""The search field of every page: names before texts, however they are typed; served and from files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served, _serve, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = {
    "content/site.yaml": "title: Le débat\nlanguage: fr\n",
    "content/actors.yaml": """
giscard: {name: Valéry Giscard d’Estaing, aliases: [VGE]}
olaf: {name: Ólafur Łukasz Sørensen}
obrien: {name: Anna O'Brien}
eau: {name: L’Office de l’eau}
kyiv: {name: Володимир Зеленський}
beijing: {name: 北京市政府}
deputies: {name: Les députés}
""",
    "content/issues.yaml": "eau: {title: L’eau, question: À qui est l’eau ?}\n",
    "content/events.yaml": "visite: {title: Visite de Valéry Giscard d’Estaing à l’Office de l’eau, date: 2025}\n",
}


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of names that are typed in more ways than one."""
    root = tmp_path_factory.mktemp("french")
    for name, text in NAMES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return build(root, tmp_path_factory.mktemp("french-site"))


@pytest.fixture(scope="module")
def typing(browser: Browser, french: Path) -> Iterator[Page]:
    """A page of that site, opened from a file."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((french / "actors/giscard/index.html").as_uri())
        yield page


def found(page: Page, words: str) -> list[str]:
    """The names that the field offers."""
    page.fill("#site-search", "")
    page.locator(".find ul").wait_for(state="hidden")
    page.fill("#site-search", words)
    page.locator(".find ul").wait_for(state="visible")
    names = page.locator(".find li a").evaluate_all("rows => rows.map(row => row.firstChild.data)")
    assert names[-1] == f"Search the texts for “{words}”"
    return list(names[:-1])


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Giscrad", "Valéry Giscard d’Estaing"),
        ("valery destaing", "Valéry Giscard d’Estaing"),
        ("d'estaing", "Valéry Giscard d’Estaing"),
        ("vge", "Valéry Giscard d’Estaing"),
        ("l'eau", "L’eau"),
        ("l‘eau", "L’eau"),
        ("office de l'eau", "L’Office de l’eau"),
        ("o’brien", "Anna O'Brien"),
        ("obrien", "Anna O'Brien"),
        ("olafur lukasz", "Ólafur Łukasz Sørensen"),
        ("soren", "Ólafur Łukasz Sørensen"),
        ("deputes", "Les députés"),
        ("зеленский", "Володимир Зеленський"),
        ("北京", "北京市政府"),
    ],
)
def test_a_name_is_found_however_it_is_typed(typing: Page, words: str, first: str) -> None:
    assert found(typing, words)[0] == first


@pytest.mark.parametrize("words", ["xyzzy", "ofc", "’", "eau secours"])
def test_what_has_no_such_name_is_not_offered(typing: Page, words: str) -> None:
    assert found(typing, words) == []


def test_a_mistake_counts_only_where_nothing_has_the_name(typing: Page) -> None:
    assert found(typing, "eau") == ["L’eau", "L’Office de l’eau", "Visite de Valéry Giscard d’Estaing à l’Office de l’eau"]  # fmt: skip


@pytest.mark.parametrize("words", ["Putn", "zelenskiy", "witkof", "Ushakow"])
def test_a_person_comes_first(page: Page, seed: Served, words: str) -> None:
    page.goto(seed.url + "sources/article/")
    assert found(page, words)[0] in (
        "Vladimir Putin", "Volodymyr Zelensky", "Steve Witkoff", "Yuri Ushakov",
    )  # fmt: skip


def test_it_is_used_by_keyboard(page: Page, seed: Served) -> None:
    page.goto(seed.url + "issues/draft-plan/")
    found(page, "putn")
    field = page.locator("#site-search")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#" + str(field.get_attribute("aria-activedescendant")))
    assert chosen.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".find ul").is_hidden()
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/vladimir-putin/index.html")


def test_enter_looks_into_the_texts(page: Page, seed: Served) -> None:
    page.goto(seed.url + "issues/draft-plan/")
    page.fill("#site-search", "constructive")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=constructive")
    page.locator(".search-results mark").first.wait_for()
    assert page.locator(".find").count() == 0


def test_without_a_script_it_leads_to_everything_by_name(plain: Page, seed: Served) -> None:
    plain.goto(seed.url + "issues/draft-plan/")
    plain.fill("#site-search", "putin")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/search/index.html?q=putin")
    assert plain.get_by_role("link", name="Vladimir Putin").is_visible()


def test_names_are_loaded_when_a_reader_turns_to_the_field(
    browser: Browser, seed_site: Path
) -> None:
    served = _serve.__wrapped__(seed_site)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        page.wait_for_load_state("networkidle")
        assert [path for path in served.requests if "names.js" in path] == []
        found(page, "putin")
        assert [path.rpartition("/")[2] for path in served.requests if "names.js" in path] == ["names.js"]  # fmt: skip


def test_the_search_page_finds_names_from_files(page: Page, seed_site: Path) -> None:
    page.goto((seed_site / "search/index.html").as_uri() + "?q=putn")
    first = page.locator(".search-results li").first
    first.wait_for()
    assert first.locator("h2").inner_text() == "Vladimir Putin"
    assert (
        page.locator("#search-state").inner_text()
        == "Found: 6 · From files, only names are searched."
    )
    first.locator("a").click()
    page.wait_for_url("**/actors/vladimir-putin/index.html")


def test_long_words_fit_and_names_of_any_length_leave_the_head_whole(
    page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("long")
    word = "Zuständigkeitsübertragungsverordnungsentwurf"
    (root / "content").mkdir()
    (root / "content/site.yaml").write_text(
        f"title: Der Streit um die Trinkwasserversorgungszweckverbandsvorsitzende und den {word}\nlanguage: de\n"
    )
    (root / "content/issues.yaml").write_text(f"i:\n  title: Der {word}\n")
    (root / "content/actors.yaml").write_text("x:\n  name: X\n")
    page.goto((build(root, tmp_path_factory.mktemp("long-site")) / "issues/i/index.html").as_uri())
    lines = "part => { const r = document.createRange(); r.selectNodeContents(part); return new Set([...r.getClientRects()].map(b => b.top)).size }"
    for width in (320, 390, 768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width >= 1024:
            assert page.locator("h1").evaluate(lines) <= 2
            nav, field = page.locator(".nav").bounding_box(), page.locator(".find").bounding_box()
            assert nav
            assert field
            assert nav["x"] + nav["width"] <= field["x"]


def test_it_is_in_view_at_every_width_and_hides_in_print(page: Page, seed: Served) -> None:
    page.goto(seed.url + "positions/")
    for width in (320, 390, 768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        box = page.locator("#site-search").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 120
    page.emulate_media(media="print")
    assert page.locator("#site-search").is_hidden()
