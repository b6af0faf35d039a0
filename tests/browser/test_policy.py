"""The policy that each page carries itself: it holds where a host sends none, and from files, and breaks nothing."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.pages.policy import content_policy
from tests.browser.conftest import QUAY_PAGES, SEED_PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

_META = re.compile(r'<head>\n<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n')


class _Quiet(SimpleHTTPRequestHandler):
    """A host that sends no policy."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def url(seed_site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(seed_site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.html") if "pagefind" not in path.parts)


def test_every_page_carries_its_policy_first_in_its_head(seed_site: Path, quay_site: Path) -> None:
    files = files_of(seed_site) + files_of(quay_site)
    policies = {file: _META.findall(file.read_text("utf-8")) for file in files}

    assert len(files) > len(SEED_PAGES) + len(QUAY_PAGES)
    assert {file: found for file, found in policies.items() if len(found) != 1} == {}
    assert {file.parent.name for file, found in policies.items() if "wasm" in found[0]} == {
        "search"
    }
    alone = {file for file, found in policies.items() if "sha256" in found[0]}
    assert {file.name for file in alone} <= {"404.html"}
    assert {found[0] for found in policies.values()} <= {
        content_policy(searches=False),
        content_policy(searches=True),
        content_policy(searches=False, alone=True),
    }


def said_by(page: Page) -> list[str]:
    """What the console says from now on, requests that fail and violations of the policy included."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    return said


@pytest.mark.parametrize("path", SEED_PAGES)
@pytest.mark.parametrize("from_files", [False, True], ids=["served", "files"])
def test_pages_are_whole_under_it(
    page: Page, url: str, seed_site: Path, path: str, from_files: bool
) -> None:
    said = said_by(page)

    page.goto((seed_site / path / "index.html").as_uri() if from_files else url + path)
    page.evaluate("document.fonts.ready.then(() => true)")

    assert said == []
    assert page.evaluate("[...document.styleSheets].length >= 2")
    assert (
        page.evaluate(
            "[...document.fonts].filter(face => face.family == 'Newsreader' && face.status == 'error').length"
        )
        == 0
    )


@pytest.mark.parametrize("from_files", [False, True], ids=["served", "files"])
def test_hover_cards_work_under_it(wide: Page, url: str, seed_site: Path, from_files: bool) -> None:
    said = said_by(wide)

    wide.goto((seed_site / "index.html").as_uri() if from_files else url)
    wide.locator("#background a.ref[href^='actors/']").first.hover()
    wide.locator("#card").wait_for(state="visible")

    assert said == []


def test_the_search_works_under_it(page: Page, url: str) -> None:
    said = said_by(page)

    page.goto(f"{url}search/")
    page.fill("#search-words", "kremlin")
    page.locator(".search-results li").nth(2).wait_for()

    assert said == []


ATTACKS = {
    "img-src": "<img src='http://127.0.0.1:9/x.png'>",
    "media-src": "<video src='http://127.0.0.1:9/x.mp4'></video>",
    "frame-src": "<iframe src='http://127.0.0.1:9/'></iframe>",
    "object-src": "<object data='http://127.0.0.1:9/x.svg'></object>",
    "style-src-elem": "<link rel='stylesheet' href='http://127.0.0.1:9/x.css'>",
    "style-src-attr": "<p style='background: url(http://127.0.0.1:9/x.png)'>x</p>",
    "script-src-attr": "<img src='data:,' onerror='document.title = 1'>",
}


@pytest.mark.parametrize("from_files", [False, True], ids=["served", "files"])
def test_it_stops_what_would_ask_another_host(
    page: Page, url: str, seed_site: Path, from_files: bool
) -> None:
    page.goto((seed_site / "index.html").as_uri() if from_files else url)
    stopped = page.evaluate(
        """async (attacks) => {
            const stopped = new Set();
            document.addEventListener("securitypolicyviolation", (event) => stopped.add(event.effectiveDirective));
            for (const attack of attacks) document.body.insertAdjacentHTML("beforeend", attack);
            await new Promise((done) => setTimeout(done, 500));
            return [...stopped].sort();
        }""",
        list(ATTACKS.values()),
    )

    assert stopped == sorted(ATTACKS)
