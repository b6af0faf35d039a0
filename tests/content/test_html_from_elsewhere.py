"""HTML that authors write asks no other host for anything."""

from __future__ import annotations

import re

import pytest

from site_builder.build import Options, build
from site_builder.markdown.raw_html import is_of_the_site
from tests.conftest import MakeSite

pytest.importorskip("nh3")

ELSEWHERE = [
    "//x.example/a.png",
    "https://x.example/a.png",
    "HTTP://x.example/a.png",
    "http:a.png",
    "https:/x.example/a.png",
    "/\\x.example/a.png",
    "\\\\x.example/a.png",
    "/\t/x.example/a.png",
    "\n //x.example/a.png",
    "ht\ntps://x.example/a.png",
    "\x01//x.example/a.png",
    "ftp://x.example/a.png",
    "data:image/png;base64,AA",
]
HERE = [
    "a.png",
    "/a.png",
    "./a//b.png",
    "../a.png",
    "?a=https://x.example",
    "#//x",
    "a/b:c.png",
    "",
    "a.png?u=//x",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_addresses_of_other_hosts(address: str) -> None:
    assert not is_of_the_site(address)


@pytest.mark.parametrize("address", HERE)
def test_addresses_of_this_host(address: str) -> None:
    assert is_of_the_site(address)


REFUSED = "'src' is removed from <img>: a page loads pictures only from its own site"
HTML = """
<div>

text

<img src="//x.example/1.png" alt="1"> <img src="https://x.example/2.png" alt="2">
<img alt="3" src="pond.png" srcset="https://x.example/3.png 2x" style="background: url(//x.example/4.png)">
<a href="pond.png" ping="https://x.example/5">5</a>
<link rel="stylesheet" href="https://x.example/6.css">
<style>@import "https://x.example/7.css"; p { background: url(https://x.example/8.png) }</style>
<p style="background: URL(https://x.example/9.png)">9</p>
<video poster="https://x.example/10.png" src="https://x.example/11.mp4"><source src="https://x.example/12.mp4"></video>
<audio src="https://x.example/13.mp3"></audio> <embed src="https://x.example/14"> <track src="https://x.example/15">
<object data="https://x.example/16"></object> <iframe src="https://x.example/17" srcdoc="<img src=//x.example/18>"></iframe>
<form action="https://x.example/19"><input type="image" src="https://x.example/20" formaction="//x.example/21"></form>
<base href="https://x.example/22/"> <meta http-equiv="refresh" content="0; url=https://x.example/23">
<svg><image href="https://x.example/24.png"/><use href="https://x.example/25.svg#a"/><feImage href="//x.example/26"/></svg>
<math><mglyph src="//x.example/27.png"></mglyph></math>
<table background="https://x.example/28.png"><tr><td background="//x.example/29.png">29</td></tr></table>
<script src="https://x.example/30.js"></script> <body background="//x.example/31.png">
<img src="/\\\\x.example/32.png" alt="32" lowsrc="//x.example/33.png" dynsrc="//x.example/34.png">
<blockquote cite="https://x.example/quoted">35</blockquote>

</div>

Inline <img src="//x.example/36.png" alt="36"> and <span style="background:url(//x.example/37)">37</span>.
"""


def test_html_of_authors_asks_no_other_host(make_site: MakeSite) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nhtml: true\nexports: []\n",
            "content/articles/tea.md": f"---\ntitle: Tea\nas_of: 2026-01-01\n---\n{HTML}",
            "static/pond.png": b"x",
        }
    )

    result = build(Options(root))

    assert result.changes is not None
    page = (root / "output/index.html").read_text("utf-8")
    assert re.findall(r"[^\s<>]*x\.example[^\s<>]*", page) == ['cite="https://x.example/quoted"']
    assert '<img alt="3" src="pond.png">' in page
    refused = [row for row in result.diagnostics if "only from its own site" in row.message]
    assert {row.message for row in refused} == {REFUSED}
    assert len(refused) == 4
