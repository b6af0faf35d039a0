"""Parts of a site inside somebody else's page, and links to copy."""

from __future__ import annotations

import functools
import html
import json
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served, _serve
from tests.conftest import MakeSite
from tests.exports.conftest import BASE, SMALL, pages_of, rendered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PARTS = {
    "embed/issues/closure/": "issues/closure/",
    "embed/actors/aune/": "actors/aune/",
    "embed/claims/turnover/": "claims/#turnover",
    "embed/positions/": "positions/",
    "embed/timeline/": "timeline/",
}


@pytest.fixture(scope="module")
def served(quay: Path) -> Served:
    return _serve(quay)


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[str]:
    """A site on another origin, whose page is `index.html` in `tmp_path`."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def snippet_of(quay: Path, path: str) -> str:
    page = (quay / path / "index.html").read_text()
    found = re.search(r"<summary>Embed</summary><pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert found, path
    return html.unescape(found[1])


def test_a_foreign_page_shows_what_its_author_copied(
    page: Page, quay: Path, served: Served, foreign: str, tmp_path: Path
) -> None:
    snippets = [
        snippet_of(quay, path)
        for path in ("issues/closure/", "actors/aune/", "positions/", "timeline/")
    ]
    text = "<!doctype html><style>* { color: red !important; font-size: 40px }</style>" + "".join(
        snippets
    )
    assert text.count(BASE) == 4
    (tmp_path / "index.html").write_text(
        text.replace(BASE, served.url).replace('loading="lazy"', "")
    )
    page.goto(foreign)
    frames = page.frames[1:]
    assert len(frames) == 4
    for frame in frames:
        frame.wait_for_load_state()
        assert frame.locator("footer").inner_text().startswith("As of ")
        assert frame.locator("footer a").inner_text() == "Quay Street"
        assert frame.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "40px"
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", PARTS)
def test_a_part_stands_by_itself_and_leads_home(quay: Path, path: str) -> None:
    text = (quay / path / "index.html").read_text()
    assert "<script" not in text
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="{BASE}{PARTS[path]}">' in text
    assert '<base target="_blank">' in text


@pytest.mark.parametrize("path", PARTS)
def test_parts_are_light_and_dark_small_and_accessible(
    page: Page, served: Served, axe_source: str, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    for scheme, paper in (("light", "rgb(251, 250, 246)"), ("dark", "rgb(20, 22, 26)")):
        page.emulate_media(color_scheme=scheme)
        page.goto(served.url + path)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate(axe_source)
        results = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
        )
        assert [(row["id"], row["nodes"][0]["html"]) for row in results["violations"]] == []


def test_hosts_are_told_that_parts_may_be_framed_and_nothing_else(quay: Path) -> None:
    rules = dict(
        re.findall(r"^(/\S*)\n((?:  .*\n)+)", (quay / "_headers").read_text() + "\n", re.MULTILINE)
    )
    assert "frame-ancestors" not in rules["/*"]
    assert "X-Frame-Options" not in rules["/embed/*"]
    assert "X-Frame-Options: DENY" in rules["/issues/*"]


def test_editors_find_an_oembed_document(quay: Path) -> None:
    page = (quay / "issues/closure/index.html").read_text()
    [address] = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
    document = json.loads((quay / address.removeprefix(BASE)).read_text())
    # https://oembed.com, 2.3.4: what a response must have, and what one of type "rich" must have.
    assert document["version"] == "1.0"
    assert document["type"] == "rich"
    assert document["html"] == snippet_of(quay, "issues/closure/")
    assert isinstance(document["width"], int)
    assert isinstance(document["height"], int)
    assert document["provider_name"] == "The Osterby Reader"


def test_every_part_has_a_page_and_a_document(quay: Path) -> None:
    parts = [path for path, _ in pages_of(quay) if path.startswith("embed/")]
    assert len(parts) > 10
    for path in parts:
        assert (quay / path).with_name("oembed.json").is_file()


def test_without_an_address_there_is_no_snippet_but_the_page_is_there(make_site: MakeSite) -> None:
    files = rendered(make_site({**SMALL, "content/site.yaml": "title: Tea"}))
    page = files["issues/milk/index.html"].decode()
    assert "&lt;iframe" not in page
    assert 'href="../../embed/issues/milk/index.html"' in page
    assert "embed/issues/milk/oembed.json" not in files


def test_a_link_to_a_position_is_copied(browser: Browser, served: Served) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(served.url + "issues/closure/")
        button = page.locator(".position .copy-link").first
        labels = page.locator(".position .copy-link").evaluate_all(
            "buttons => buttons.map(button => button.ariaLabel)"
        )
        assert [label.removeprefix("Copy the link to ") for label in labels] == [
            "“Traders’ guild”", "“Pilot Row”", "“Brandvold”", "“Aune”", "“Lind”", "“Works department”", "“Fire brigade”",
        ]  # fmt: skip
        anchor = page.locator(".position[id]").first.get_attribute("id")
        button.click()
        expect(button).to_have_attribute("aria-label", "Copied")
        assert (
            page.evaluate("navigator.clipboard.readText()")
            == f"{served.url}issues/closure/#{anchor}"
        )
        for path, part in (
            ("claims/", ".claim[id]"),
            ("timeline/", ".event[id]"),
            ("", ".points > li"),
        ):
            page.goto(served.url + path)
            assert page.locator(f"{part} .copy-link").count() == page.locator(part).count() > 0


def test_without_a_clipboard_the_button_goes_to_the_place(page: Page, served: Served) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(served.url + "claims/")
    page.locator(".claim .copy-link").first.click()
    expect(page).to_have_url(re.compile("#."))


def test_without_a_script_there_is_no_button(browser: Browser, served: Served) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(served.url + "claims/")
        assert page.locator(".copy-link").count() == 0


def test_the_page_of_data_offers_the_html_of_claims(quay: Path) -> None:
    page = html.unescape((quay / "data/index.html").read_text())
    assert f'<iframe src="{BASE}embed/claims/turnover/" title="' in page
