"""Whatever readers get is in the language that it is handed, and headings exist once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from gettext import NullTranslations
from pathlib import Path

import pytest

from site_builder.build import Builder, Options
from site_builder.content.dates import Date
from site_builder.content.places import Places
from site_builder.exports.exporting import make_copy, plan_copies
from site_builder.pages import messages
from site_builder.pages.dates import DateView
from site_builder.pages.locale import Locale
from site_builder.pages.plan import plan
from site_builder.pages.site import Pages
from site_builder.reading.themes import default_theme
from site_builder.rendering.environment import Templates
from site_builder.rendering.opening import open_theme
from site_builder.rendering.rendering import Renderer

ROOT = Path(__file__).resolve().parents[2]
TABLES: tuple[Mapping[str, str], ...] = (
    messages.TITLES, messages.DESCRIPTIONS, messages.HEADINGS, messages.KIND_NAMES, messages.SECTIONS, messages.UPDATES,
    messages.EMBEDS,
)  # fmt: skip
MESSAGES = {text for table in TABLES for text in table.values()}


class Bracketed(NullTranslations):
    """A language in which each text is the English one in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


class MadeUp(Locale):
    """The same, with dates that say nothing else."""

    def date(self, date: Date) -> DateView:
        return super().date(date)._replace(text="⟦a day⟧")


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    """Pages and Markdown copies of the second example, in a made-up language."""
    root = ROOT / "tests/sites/quay-street"
    builder = Builder(Options(root, jobs=1))
    graph = builder.render().graph
    assert graph
    locale = MadeUp("he", Bracketed())
    pages = Pages(graph, graph.briefs, drafts=False, locale=locale)
    theme, _ = open_theme(root, graph.content, Places(lambda _: ""))
    renderer = Renderer(pages, theme.templates, make_copy)
    copies = [copy for copy in plan_copies(pages) if copy.path.endswith(".md")]
    made = [renderer(route) for route in (*plan(graph), *copies)]
    assert [page.problem for page in made if page.problem] == []
    return {page.file: page.data.decode() for page in made}


def test_no_message_is_said_in_english(files: Mapping[str, str]) -> None:
    of_the_author = {"Sources", "Timeline"}  # in the site's own navigation
    said = [
        f"{path}: {message}"
        for path, text in files.items()
        for message in MESSAGES - of_the_author
        if re.search(rf">\s*{re.escape(message)}\s*<|^#+ {re.escape(message)}$", text, re.MULTILINE)
    ]

    assert said == []
    assert ">⟦Where they stand⟧<" in files["issues/closure/index.html"]
    assert "\n## ⟦Where they stand⟧\n" in files["issues/closure/index.md"]
    assert "⟦Skip to the content⟧" in files["index.html"]


def test_no_date_is_said_in_english(files: Mapping[str, str]) -> None:
    times = {row for text in files.values() for row in re.findall(r"<time[^>]*>(.*?)</time>", text)}

    assert times == {"⟦a day⟧"}
    assert "\nAs of ⟦a day⟧.\n" in files["index.md"]
    assert "\n- **⟦a day⟧**: " in files["timeline/index.md"]


def test_pages_go_in_the_direction_of_their_language(files: Mapping[str, str]) -> None:
    pages = {path: text for path, text in files.items() if path.endswith(".html")}

    assert [path for path, text in pages.items() if 'lang="he" dir="rtl"' not in text] == []


def test_each_page_is_rendered_in_its_language(tmp_path: Path) -> None:
    words = "{{ _('a') }} {{ gettext('b') }} {{ ngettext('c', 'd', 2) }} {% trans %}e{% endtrans %}"
    (tmp_path / "words.txt").write_text(words)
    templates = Templates(tmp_path, [tmp_path], {})
    english, other = Locale("en"), MadeUp("he", Bracketed())

    said = [templates.draw("words.txt", locale) for locale in (english, other, english)]

    assert said == ["a b d e", "⟦a⟧ ⟦b⟧ ⟦d⟧ ⟦e⟧", "a b d e"]


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("ur-PK", "rtl"), ("en", "ltr"), ("arn", "ltr")]
)
def test_direction(language: str, direction: str) -> None:
    assert Locale(language).direction == direction


def test_a_heading_that_is_none_names_those_that_are() -> None:
    with pytest.raises(
        LookupError, match=r"^there is no heading 'postions'; there are actor-claims, "
    ):
        Locale("en").heading("postions")


def test_templates_take_headings_from_the_messages() -> None:
    texts = {path.name: path.read_text("utf-8") for path in default_theme().rglob("*.html")}
    named = {name for text in texts.values() for name in re.findall(r'heading\("([\w-]+)"\)', text)}
    spelt = {
        f"{path}: {heading}"
        for path, text in texts.items()
        for heading in re.findall(r'_\("([^"]*)"\)', text)
        if heading in messages.HEADINGS.values()
    }

    assert named <= messages.HEADINGS.keys()
    assert spelt == set()


def test_a_text_is_a_message_once() -> None:
    modules = [
        *(ROOT / "site_builder/pages").rglob("*.py"),
        *(ROOT / "site_builder/exports").rglob("*.py"),
    ]
    own = ROOT / "site_builder/pages/messages.py"
    again = {
        f"{path.name}: {message}"
        for path in modules
        if path != own
        for message in MESSAGES
        if f'"{message}"' in path.read_text("utf-8")
    }

    assert again == set()
