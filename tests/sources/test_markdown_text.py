"""A source in Markdown is what its reader sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, render_site
from site_builder.links.evidence import SourceText
from site_builder.sources.markdown_text import shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("# The *dam*\nIt **leaks**.", "The dam\n\nIt leaks."),
        ("It [leaks](https://a.example 't') at `two`\\\nplaces.", "It leaks at two\nplaces."),
        ("![the *dam*](dam.png) &amp; more", "the dam & more"),
        ("- one\n- two\n\n  three", "one\n\ntwo\n\nthree"),
        ("- one\n- two", "one\ntwo"),
        ("a\n\n| a | *b* |\n|---|---|\n| 1 | 2 |\n\nc", "a\n\na b\n1 2\n\nc"),
        ("> quoted\n> words", "quoted\nwords"),
        ("a[^1] b\n\n[^1]: See\n    it.", "a[^1] b\n\n[^1]: See\nit."),
        ("a <b>bold</b><br>c", "a bold\nc"),
        ("<div>Hello <i>x</i> &lt; y</div>\n\nb", "Hello x < y\n\nb"),
        ("~~gone~~ `a*b*`", "gone a*b*"),
        ("    code\n    more", "code\nmore"),
        ("---\ntitle: x\n---\nIt.", "It."),
        ("***\nIt.", "It."),
        ("[[x]] and [@y] {z}", "[[x]] and [@y] {z}"),
        ("[p. 3]\nIt *leaks*.", "[p. 3]\nIt leaks."),
        ("snake_case_name 2*3*4", "snake_case_name 234"),
        ("", ""),
    ],
)
def test_what_a_reader_sees(text: str, seen: str) -> None:
    assert shown(text).text == seen


def test_words_are_told_with_the_line_of_their_block() -> None:
    source = SourceText("---\nt: x\n---\n# A\n\nb *c*\nd\n\n[p. 2]\ne", markdown=True)
    lines = [source.line_of(source.text.index(word))[0] for word in ("A", "b c", "e")]
    assert lines == [4, 6, 9]


def test_a_markdown_file_is_quoted_as_it_is_seen(
    make_site: Callable[[Mapping[str, str]], Path],
) -> None:
    text = '---\ntitle: Tea\nas_of: 2026-01-01\n---\nSo [@s "dam leaks at two places"].\n'
    files = {
        "content/site.yaml": "title: Tea\n",
        "content/articles/tea.md": text,
        "content/sources.yaml": "s:\n  title: S\n  file: s.md\n",
        "seeds/s.md": "The *dam* leaks at\n[p. 2]\n**two** [places](https://a.example).\n",
    }
    assert not render_site(Options(make_site(files), jobs=1)).diagnostics
    plain = {**files, "content/sources.yaml": "s:\n  title: S\n  file: s.txt\n"}
    plain["seeds/s.txt"] = files["seeds/s.md"]
    codes = [finding.code for finding in render_site(Options(make_site(plain), jobs=1)).diagnostics]
    assert codes == ["quote-not-found"]
