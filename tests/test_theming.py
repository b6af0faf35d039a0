"""docs/theming.md says what is so: the test does what it tells a reader to do."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

from site_builder.build import Options, build
from site_builder.reading.themes import default_theme
from site_builder.rendering.environment import Templates
from site_builder.rendering.theme import known_tokens, theme_css
from tests.conftest import MakeSite
from tools import context_reference

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs/theming.md").read_text("utf-8")

SITE = {
    "content/site.yaml": "title: Tea\n",
    "content/articles.yaml": "tea: {title: Tea, as_of: 2025-03-01}\n",
    "content/actors.yaml": "ada: {name: Ada}\n",
    "content/issues.yaml": "milk: {title: Milk, positions: [{actor: ada, stance: supports}]}\n",
}
VOTES = "milk: {title: Milk, positions: [{actor: ada, stance: nay}]}\n"


def blocks(section: str) -> dict[str, str]:
    """The files that a section of the manual shows, by path."""
    text = MANUAL.split(f"## {section}")[1].split("\n## ")[0]
    return dict(re.findall(r"`([\w/.]+)`\n\n```\w+\n(.*?)```", text, re.DOTALL))


def built(make_site: MakeSite, files: dict[str, str]) -> Path:
    """The output folder of a site of `SITE` with some files changed."""
    root = make_site({**SITE, **files})
    result = build(Options(root))
    assert result.changes is not None, result.diagnostics
    return root / "output"


def test_one_value_changes_accent_typeface_and_measure(make_site: MakeSite) -> None:
    shown = blocks("One value: the design tokens")
    assert list(shown) == ["content/site.yaml"]
    output = built(make_site, shown)
    [sheet] = (output / "assets").glob("theme.*.css")
    assert sheet.read_text() == (
        ":root { --serif: Charter, Georgia, serif; --measure: 34rem; }\n"
        "@media not all and (prefers-color-scheme: dark) { :root { --accent: #0b5d3b; } }\n"
        "@media screen and (prefers-color-scheme: dark) { :root { --accent: oklch(from #0b5d3b 0.8 c h); } }\n"
    )
    page = (output / "index.html").read_text()
    assert page.index("assets/tokens.") < page.index("assets/site.") < page.index(sheet.name)


def test_the_words_for_positions_are_content(make_site: MakeSite) -> None:
    shown = blocks("The words for positions")
    output = built(make_site, {**shown, "content/issues.yaml": VOTES})
    page = (output / "positions/index.html").read_text()
    symbol = 'd="M8 14.6.8 1.8h14.4Z"'
    assert re.search(rf'tone-no"><svg[^>]*><path {re.escape(symbol)}/></svg><span[^>]*>Nay<', page)
    assert "Would vote against it." in page
    assert "Supports" not in page


def test_one_file_replaces_one_part(make_site: MakeSite) -> None:
    shown = blocks("One part: a file of your own")
    assert list(shown) == ["templates/parts/date.html"]
    page = (built(make_site, shown) / "index.html").read_text()
    assert 'As of <time datetime="2025-03-01">1 March 2025 (2025-03-01)</time>' in page


def test_one_file_replaces_one_page(make_site: MakeSite) -> None:
    page = (built(make_site, blocks("One page: a template")) / "404.html").read_text()
    assert "<h1>Gone fishing</h1>" in page
    assert '<body data-page-type="404">' in page


def listed(section: str) -> set[str]:
    """What the first column of a section's table names."""
    text = MANUAL.split(f"## {section}")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \| ", text, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_token_is_in_the_manual() -> None:
    tokens = known_tokens((default_theme() / "static/tokens.css").read_bytes())
    assert listed("One value: the design tokens") == {
        name for name in tokens if not name.startswith("dark-")
    }


def test_every_part_is_in_the_manual_and_says_what_it_takes() -> None:
    parts = {file.name: file.read_text() for file in (default_theme() / "parts").iterdir()}
    assert listed("One part: a file of your own") == set(parts)
    assert [name for name, text in parts.items() if not text.startswith("{# ")] == []


def test_every_template_is_in_the_manual() -> None:
    section = MANUAL.split("## One page: a template")[1]
    assert {file.name for file in default_theme().glob("*.html")} <= set(
        re.findall(r"`([\w]+\.html)`", section)
    )


def test_everything_templates_may_call_is_in_the_manual() -> None:
    own = Templates(ROOT, [default_theme()], {}).environment
    plain = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    names = set(own.filters) - set(plain.filters) | set(own.globals) - set(plain.globals)
    table = MANUAL.split("Beyond Jinja's own there are:")[1].split("\n## ")[0]
    told = [name for name in names if re.search(rf"[`| ]{name}[`(]", table)]
    assert {"url", "absolute", "marks", "asset", "ngettext"} <= names
    assert sorted(names - set(told) - {"gettext", "pgettext", "npgettext"}) == []


def test_the_reference_of_contexts_is_up_to_date() -> None:
    assert context_reference.TARGET.read_text("utf-8") == context_reference.reference()


@pytest.mark.parametrize("name", ["accent", "dark-accent", "paper", "measure"])
def test_a_token_reaches_the_scheme_it_is_for(name: str) -> None:
    assert (
        theme_css({name: "X"}).decode()
        == {
            "accent": "@media not all and (prefers-color-scheme: dark) { :root { --accent: X; } }\n"
            "@media screen and (prefers-color-scheme: dark) { :root { --accent: oklch(from X 0.8 c h); } }\n",
            "dark-accent": "@media screen and (prefers-color-scheme: dark) { :root { --accent: X; } }\n",
            "paper": "@media not all and (prefers-color-scheme: dark) { :root { --paper: X; } }\n",
            "measure": ":root { --measure: X; }\n",
        }[name]
    )


def test_every_token_that_the_styles_name_is_there() -> None:
    """A name that is not declared makes its whole declaration void, and no browser says so."""
    static = default_theme() / "static"
    tokens = set(re.findall(r"(--[\w-]+):", (static / "tokens.css").read_text()))
    unknown = {
        (file.name, name)
        for file in static.glob("*.css")
        for name in re.findall(r"var\((--[\w-]+)", file.read_text())
        if name not in tokens | set(re.findall(r"(--[\w-]+):", file.read_text()))
    }
    assert unknown == set()


def test_every_rule_of_the_style_sheet_has_something_to_style() -> None:
    """No dead styles: each class is one that a template, the script or the engine writes."""
    theme = default_theme()
    styles = re.sub(r"/\*.*?\*/", "", (theme / "static/site.css").read_text(), flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", styles)))
    files = [
        *theme.rglob("*.html"),
        *theme.glob("static/*.js"),
        *(ROOT / "site_builder").rglob("*.py"),
    ]
    text = "".join(file.read_text("utf-8") for file in files)
    # Written with a value: class="tone-{{ stance.tone }}". Footnotes are the Markdown library's.
    values = {"tone-", "event-", "update-", "place-", "used-", "answers-"}
    dead = [
        name
        for name in sorted(classes - {"footnote-ref"})
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        and not any(name.startswith(value) and f"{value}{{{{" in text for value in values)
    ]
    assert dead == []


def test_every_custom_property_that_styles_use_is_set_somewhere() -> None:
    """A name that nothing sets is no error in CSS: what it should colour is simply not there."""
    theme = default_theme()
    styles = "".join(file.read_text("utf-8") for file in theme.rglob("*.css"))
    preview = ROOT / "site_builder/preview/static/preview.css"
    for text in (styles, preview.read_text("utf-8")):
        used = set(re.findall(r"var\((--[\w-]+)\)", text))  # with a second value, it may be missing
        assert used - set(re.findall(r"(--[\w-]+)\s*:", text)) == set()
