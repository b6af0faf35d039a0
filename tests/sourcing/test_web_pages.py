"""Web pages: the article, and what the page says of itself."""

from __future__ import annotations

import pytest

from site_builder.sources.text_form import read
from site_builder.sources.writing import by_sentences, literal
from site_builder.sourcing.articles import with_articles
from site_builder.sourcing.web_page import extract

LONG = "The dam at Aldern leaks at two places, says the surveyor, and may not last another winter. "
PAGE = """<!doctype html><html lang="en-GB"><head><title>The dam | Gazette</title>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this page better for you and for everybody who reads it.</p></div>
<main><article><h1>The dam leaks</h1>{body}</article>
<aside><p>Read also what the mayor said of the new bridge over the river last week.</p></aside>
<section id="comments"><p>I always said that it leaks, and nobody would listen to me, not for years and years.</p></section>
</main><footer><p>© 2026 The Gazette of Aldern, all rights reserved, and so on and so forth.</p></footer></body></html>"""


def page(body: str, head: str = "") -> str:
    return extract(PAGE.format(head=head, body=body).encode()).text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<p>{LONG}It was built in 1921.</p><p>{LONG}</p>",
         f"The dam leaks\n\n{LONG.strip()}\nIt was built in 1921.\n\n{LONG.strip()}\n"),
        (f"<p>{LONG}</p><ul><li>one</li><li>two <b>three</b></li></ul>",
         f"The dam leaks\n\n{LONG.strip()}\n\none\n\ntwo three\n"),
        (f"<p>{LONG}</p><table><tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr></table>",
         f"The dam leaks\n\n{LONG.strip()}\n\na 1\n\nb 2\n"),
        (f"<p>{LONG}The area is 5 km<sup>2</sup>.<sup><a href='#n1'>[1]</a></sup></p>",
         f"The dam leaks\n\n{LONG.strip()}\nThe area is 5 km².[^1]\n"),
        (f"<p>{LONG}So the council<a href='#n1'>(<span class='super'>1</span>)</a>.</p><p><a href='#c1'>(1)</a> OJ C 517.</p>",
         f"The dam leaks\n\n{LONG.strip()}\nSo the council[^1].\n\n[^1]: OJ C 517.\n"),
        (f"<p>{LONG}See <a href='#s'>section 1</a>, <a href='/x'>(2)</a>, (3).</p>",
         f"The dam leaks\n\n{LONG.strip()}\nSee section 1, (2), (3).\n"),
        (f"<p>{LONG}</p><p>First<br>second&nbsp;line</p>",
         f"The dam leaks\n\n{LONG.strip()}\n\nFirst\n\nsecond\u00a0line\n"),
        (f"<p>{LONG}</p><div class='related-links'><p>{LONG[:70]}</p></div>", f"The dam leaks\n\n{LONG.strip()}\n"),
        (f"<p>{LONG}</p><ul><li><a href='/a'>The mayor speaks</a></li></ul>", f"The dam leaks\n\n{LONG.strip()}\n"),
        (f"<p>{LONG}</p><p>[p. 3]</p>", f"The dam leaks\n\n{LONG.strip()}\n\n[\u200bp. 3]\n"),
        (f"<p>{LONG}<script>x()</script><style>p{{}}</style></p>", f"The dam leaks\n\n{LONG.strip()}\n"),
    ],
)  # fmt: skip
def test_the_article_is_what_is_left(body: str, text: str) -> None:
    assert page(body) == text.replace("\u00a0", " ")


META = (
    '<meta property="og:title" content="Leaks"><meta property="og:site_name" content="Gazette">'
    '<meta property="article:published_time" content="2026-03-09T10:00:00Z"><meta name="author" content="A. Holt">'
    '<link rel="canonical" href="https://a.example/dam">'
)
LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Leaks", "datePublished": '
    '"2026-03-09", "author": [{"name": "A"}, {"name": "B"}], "publisher": {"name": "G"}}]}</script>'
)
USELESS = (
    '<meta name="author" content="https://a.example/holt"><meta name="date" content="yesterday">'
    '<link rel="canonical" href="/dam"><script type="application/ld+json">{broken</script>'
)


@pytest.mark.parametrize(
    ("head", "title", "publisher", "published", "authors", "url"),
    [
        ("", "The dam leaks", "", "", [], ""),
        (META,
         "Leaks", "Gazette", "2026-03-09", ["A. Holt"], "https://a.example/dam"),
        (LINKED,
         "Leaks", "G", "2026-03-09", ["A", "B"], ""),
        (USELESS,
         "The dam leaks", "", "", [], ""),
        ("<!-- saved from url=(0024)https://a.example/x -->", "The dam leaks", "", "", [], "https://a.example/x"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(
    head: str, title: str, publisher: str, published: str, authors: list[str], url: str
) -> None:
    found = extract(PAGE.format(head=head, body=f"<p>{LONG}</p>").encode())
    said = (found.title, found.publisher, found.published, found.authors, found.url)
    assert said == (title, publisher, published, authors, url)
    assert found.language == "en-GB"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_any_usual_encoding_is_read(charset: str) -> None:
    text = f'<meta charset="{charset}"><p>Der Dämm ist “undicht”, sagt der Prüfer.</p>'
    if charset == "iso-8859-1":
        text = text.replace("“", '"').replace("”", '"')
    assert "Der Dämm ist" in extract(text.encode(charset)).text


def test_articles_are_marked_where_lines_begin_so() -> None:
    text = "Article 1\nScope\nArticle 2.\nSee Article 3 of it.\nArticle 3 of the law says\n§ 5 Nothing\nSection 6: All\n"
    assert with_articles(text) == (
        "[Art. 1]\nArticle 1\nScope\n[Art. 2]\nArticle 2.\nSee Article 3 of it.\nArticle 3 of the law says\n"
        "[§ 5]\n§ 5 Nothing\n[§ 6]\nSection 6: All\n"
    )


@pytest.mark.parametrize(
    "line", ["[p. 3]", "[omit] x", "[00:12:30] We", "[^4]: note", "[Art. 5]", "[he] said", "[1] A"]
)
def test_what_a_document_says_is_never_a_mark(line: str) -> None:
    form = read(f"{literal(line)}\n")
    assert form.words.replace("\u200b", "") == f"{line}\n"
    assert form.marks == ()


def test_what_is_no_mark_is_written_as_it_is() -> None:
    assert [literal(line) for line in ("[he] said", "a [p. 3]", "[1] A")] == [
        "[he] said",
        "a [p. 3]",
        "[1] A",
    ]
    assert by_sentences(["One. Two.", " ", "Three\nfour."], "en") == "One.\nTwo.\n\nThree four."
