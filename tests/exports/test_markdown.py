"""Markdown copies: what the pages say, as Markdown that says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from site_builder.exports.markdown_writer import MarkdownWriter, escaped
from tests.exports.conftest import BASE

SAMPLES = {
    "paragraphs": "One *two* **three *four*** `a*b` five.\n\nSix [seven](https://a.example/b) \\* 8_9_10.",
    "headings and rules": "# A\n\n## B *c*\n\n---\n\nd",
    "lists": "- a\n- b\n  - c\n    1. d\n    2. e\n\n3. f\n4. g",
    "loose lists": "1. a\n\n   b\n\n2. c\n\n   - d",
    "quotations": "> a\n>\n> b\n>\n> > c\n\nd",
    "code": "```\nx = 1\n\n  <b> & *c*\n```",
    "code in lists": "- a\n\n  ```\n  b\n\n  c\n  ```\n- d",
    "tables": "| a | b |\n| --- | --- |\n| 1 | `x` |\n| *c* | [d](e) |",
    "breaks": "a\\\nb",
    "definitions": "Term\n\n:   One *two*\n\nOther\n\n:   Three",
    "what looks like markup": "1\\. a\n\n\\# b\n\n\\- c\n\n\\> d\n\n\\[x\\]: y\n\n\\+ e",
    "characters": "a &amp; b &lt;c&gt; \\\\ ~~d~~ — ü “e”",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_it_writes_reads_the_same(name: str) -> None:
    markdown = MarkdownIt("commonmark").enable("table").use(deflist_plugin)
    html = markdown.render(SAMPLES[name])
    assert markdown.render(written(html)) == html


def written(html: str) -> str:
    writer = MarkdownWriter()
    writer.feed(html)
    writer.close()
    return writer.text()


def test_footnotes_of_the_authors_keep_their_place() -> None:
    html = MarkdownIt("commonmark").use(footnote_plugin).render("a[^x] b\n\n[^x]: c *d*")
    html = html.replace('<hr class="footnotes-sep" />\n', "").replace(
        '<section class="footnotes">', '<section class="footnotes" role="doc-endnotes">'
    )
    assert written(html) == "a[^note-1] b\n\n[^note-1]: c *d*"


def test_escaped_text_says_what_it_said() -> None:
    text = r"a*b_c [d] <e> `f` \g |h"
    assert MarkdownIt("commonmark").renderInline(escaped(text)) == "a*b_c [d] &lt;e&gt; `f` \\g |h"


def test_every_page_has_a_copy_beside_it(quay: Path) -> None:
    for page in quay.rglob("index.html"):
        path = page.parent.relative_to(quay).as_posix()
        if not path.startswith(("embed", "search", "data", "print")):
            assert (page.parent / "index.md").is_file(), path
            assert 'type="text/markdown"' in page.read_text()


def test_a_copy_holds_the_positions_with_their_sources(quay: Path) -> None:
    text = (quay / "issues/closure/index.md").read_text()
    assert text.startswith("# ")
    notes = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert notes == set(re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE))
    assert f"]({BASE}sources/minutes/#q-" in text


def test_llms_txt_lists_copies_that_are_there(quay: Path) -> None:
    text = (quay / "llms.txt").read_text()
    assert text.startswith("# Quay Street\n\n> Should Osterby close its harbour street to cars?")
    links = re.findall(r"\]\((\S+)\)", text)
    assert len(links) > 20
    for link in links:
        assert (quay / link.removeprefix(BASE)).is_file(), link
