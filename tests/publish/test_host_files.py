"""`_headers`, `_redirects`, `.nojekyll` and `CNAME`, in every build."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from site_builder.build import Options, render_site
from site_builder.pages.host_files import FOREVER, cache_control, headers

if TYPE_CHECKING:
    from playwright.sync_api import Page

MakeSite = Callable[[Mapping[str, "str | bytes"]], Path]

SMALL = {
    "content/site.yaml": "title: Tea\nexports: []\n",
    "content/articles/tea.md": """
        ---
        title: Tea
        as_of: 2025-12-02
        ---
        Tea is drunk.
        """,
}


def rules(text: str) -> list[tuple[str, dict[str, str]]]:
    """A `_headers` file as hosts read it: patterns and their headers."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif line.strip():
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
    return found


def headers_for(path: str, text: str) -> dict[str, list[str]]:
    """What a host that joins all matching rules would send for a path."""
    sent: dict[str, list[str]] = {}
    for pattern, values in rules(text):
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for name, value in values.items():
                sent.setdefault(name, []).append(value)
    return sent


def files_of(root: Path, **settings: str) -> Mapping[str, bytes]:
    rendered = render_site(Options(root, **settings))  # type: ignore[arg-type]
    assert rendered.ok, rendered.diagnostics
    return rendered.files


def test_a_build_carries_what_hosts_read(make_site: MakeSite) -> None:
    files = files_of(make_site(SMALL))

    assert files[".nojekyll"] == b""
    assert "_headers" in files
    assert "404.html" in files
    assert "_redirects" not in files
    assert "CNAME" not in files


PATHS = [
    "index.html", "404.html", "issues/index.html", "issues/a/index.html", "assets/site.12345678.css",
    "embed/issues/a/index.html", "explainer.json", "pictures/tea.png",
]  # fmt: skip


def test_no_header_is_set_twice_for_one_path() -> None:
    text = headers(PATHS)

    for path in (*PATHS, "", "issues/", "no/such/page"):
        sent = headers_for(f"/{path}", text)
        assert {name: len(values) for name, values in sent.items()} == dict.fromkeys(sent, 1)


def test_hosts_are_told_the_types_that_they_may_not_know() -> None:
    text = headers([*PATHS, "events.ics", "issues/a/index.md"])

    assert headers_for("/events.ics", text)["Content-Type"] == ["text/calendar; charset=utf-8"]
    assert headers_for("/issues/a/index.md", text)["Content-Type"] == [
        "text/markdown; charset=utf-8"
    ]
    assert "Content-Type" not in headers_for("/issues/a/index.html", text)
    assert cache_control("events.ics") == "public, max-age=0, must-revalidate"


def test_everything_has_the_policy_and_only_embeds_may_be_framed() -> None:
    text = headers(PATHS)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )

    assert headers_for("/no/such/page", text)["Content-Security-Policy"] == [policy]
    assert headers_for("/", text)["X-Frame-Options"] == ["DENY"]
    assert headers_for("/issues/a/", text)["X-Frame-Options"] == ["DENY"]
    assert "X-Frame-Options" not in headers_for("/embed/issues/a/", text)
    without = headers_for("/", headers(["index.html"]))
    assert without["Content-Security-Policy"] == [policy + "; frame-ancestors 'none'"]


def test_webassembly_may_run_only_where_there_is_a_search_index() -> None:
    assert "'wasm-unsafe-eval'" not in headers(["index.html"])
    assert "script-src 'self' 'wasm-unsafe-eval';" in headers(["index.html", "pagefind/p.wasm"])


def test_assets_are_kept_forever_and_pages_are_asked_for_again() -> None:
    text = headers(PATHS)

    assert headers_for("/assets/site.12345678.css", text)["Cache-Control"] == [FOREVER]
    assert headers_for("/issues/a/", text)["Cache-Control"] == [
        "public, max-age=0, must-revalidate"
    ]
    assert cache_control("assets/site.12345678.css") == FOREVER
    assert cache_control("feed.xml") == "public, max-age=0, must-revalidate"
    assert cache_control("pictures/tea.png") == "public, max-age=3600"


def test_old_addresses_redirect_at_the_host_too(make_site: MakeSite) -> None:
    root = make_site(SMALL)
    make_site(
        {
            "content/issues/price.md": """
                ---
                title: Price
                redirect_from: [cost, le-coût]
                ---
                """
        }
    )

    assert files_of(root)["_redirects"].decode() == (
        "/issues/cost/ /issues/price/ 301\n/issues/le-co%C3%BBt/ /issues/price/ 301\n"
    )


@pytest.mark.parametrize(
    ("base_url", "cname"),
    [
        ("https://tea.example.org/", b"tea.example.org\n"),
        ("https://someone.github.io/tea/", None),
    ],
)
def test_cname_is_the_domain_that_a_git_target_calls_its_own(
    make_site: MakeSite, base_url: str, cname: bytes | None
) -> None:
    site = "title: Tea\npublish:\n  pages: {kind: git, remote: origin, domain: tea.example.org}\n"
    root = make_site({**SMALL, "content/site.yaml": site})

    assert files_of(root, base_url=base_url).get("CNAME") == cname


def test_a_file_of_the_authors_own_stays(make_site: MakeSite) -> None:
    root = make_site({**SMALL, "static/_headers": "/*\n  X-Mine: yes\n"})

    assert files_of(root)["_headers"] == b"/*\n  X-Mine: yes\n"


@pytest.fixture
def served(seed_site: Path) -> Iterator[str]:
    """The repository's own explainer, served with the headers it asks for."""
    text = (seed_site / "_headers").read_text("utf-8")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(seed_site))  # type: ignore[arg-type]

        def end_headers(self) -> None:
            for name, values in headers_for(self.path.partition("?")[0], text).items():
                self.send_header(name, ", ".join(values))
            super().end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_no_page_breaks_its_own_policy(served: str, seed_site: Path, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    kinds = {path.parent.parent: path for path in sorted(seed_site.rglob("*.html"))}

    for path in kinds.values():
        page.goto(served + path.relative_to(seed_site).as_posix())

    assert said == []


class _Pages(http.server.SimpleHTTPRequestHandler):
    """A host as GitHub Pages is: a project below a path, and its `404.html` for all that is not there."""

    asked: ClassVar[list[tuple[int, str]]] = []
    folder: ClassVar[Path]
    policy: ClassVar[str]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = self.folder / path.removeprefix("/repo/")
        file = file / "index.html" if file.is_dir() else file
        found = path.startswith("/repo/") and file.is_file()
        self.asked.append((200 if found else 404, path))
        self.send_response(200 if found else 404)
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Content-Type", self.guess_type(str(file) if found else "404.html"))
        self.end_headers()
        self.wfile.write((file if found else self.folder / "404.html").read_bytes())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Callable[[Mapping[str, bytes]], str]]:
    """Serves files below `/repo/`; gives the address of the host."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:

        def begin(files: Mapping[str, bytes]) -> str:
            for path, data in files.items():
                (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / "site" / path).write_bytes(data)
            _Pages.folder, _Pages.asked = tmp_path / "site", []
            sent = headers_for("/404.html", files["_headers"].decode())
            (_Pages.policy,) = sent["Content-Security-Policy"]
            return f"http://127.0.0.1:{server.server_port}"

        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield begin
        server.shutdown()


MANY = {**SMALL, "content/site.yaml": "title: Tea\n", "content/terms.yaml": "mug: {definition: A cup.}\n"}  # fmt: skip


def test_the_page_for_lost_addresses_is_whole_below_a_path(
    make_site: MakeSite, project: Callable[[Mapping[str, bytes]], str], page: Page
) -> None:
    host = project(files_of(make_site(MANY), base_url="https://ada.github.io/repo/"))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{host}/repo/a/b/c/")
    links = page.locator("a[href]").evaluate_all("rows => rows.map(row => row.href)")

    assert page.locator("h1").inner_text() == "This page does not exist"
    # The body's own margin is the style sheet's doing.
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    assert {path for status, path in _Pages.asked if status == 404} == {"/repo/a/b/c/"}
    assert len(_Pages.asked) > 4
    assert said == [
        "Failed to load resource: the server responded with a status of 404 (Not Found)"
    ]
    for link in {link.partition("#")[0] for link in links} - {page.url}:
        answer = page.request.get(link)
        assert (link, answer.status) == (link, 200)
    page.goto(f"{host}/repo/a/b/c/")
    page.locator(".foot a", has_text="Search").click()
    page.locator("input[type=search]").fill("mug")
    page.locator("main a", has_text="mug").first.wait_for()


def test_without_an_address_it_asks_for_nothing_and_has_its_style(
    make_site: MakeSite, project: Callable[[Mapping[str, bytes]], str], page: Page
) -> None:
    host = project(files_of(make_site(MANY)))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{host}/repo/a/b/c/")

    assert _Pages.asked == [(404, "/repo/a/b/c/")]
    assert page.locator("[href^='/'], [src]").count() == 0
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "592px"
    assert said == [
        "Failed to load resource: the server responded with a status of 404 (Not Found)"
    ]


def test_an_embed_asks_for_no_icon_outside_the_site(
    make_site: MakeSite, project: Callable[[Mapping[str, bytes]], str], page: Page
) -> None:
    files = files_of(make_site(MANY | {"content/actors.yaml": "ada: {name: Ada}\n"}))
    embeds = [path for path in files if path.startswith("embed/") and path.endswith(".html")]
    host = project(files)

    for path in embeds:
        page.goto(f"{host}/repo/{path}")

    assert embeds
    assert not [path for _, path in _Pages.asked if not path.startswith("/repo/")]
