"""Sites in a browser: served under a sub-path with the policy their `_headers` asks for."""

from __future__ import annotations

import functools
import gzip
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent.parent
SUB_PATH = "/quay-street/"
"""Where the second example says that it will stand, so that its page for lost addresses works, too."""

# One page of every template of each site: what a rule must hold for, it must hold for all of these.
SEED_PAGES = (
    "", "issues/", "issues/draft-plan/", "actors/", "actors/russia/", "positions/", "timeline/",
    "claims/", "sources/", "sources/article/", "terms/", "updates/", "about/", "print/",
    "search/", "data/", "embed/actors/russia/", "embed/issues/draft-plan/",
)  # fmt: skip
QUAY_PAGES = (
    "", "issues/", "issues/closure/", "issues/noise/", "actors/", "actors/aune/", "actors/x/", "positions/",
    "timeline/", "claims/", "sources/", "sources/minutes/", "sources/map/", "terms/", "updates/", "about/",
    "print/", "404.html",
)  # fmt: skip
DESK_PAGES = ("", "articles/one/")


def build(root: Path, output: Path) -> Path:
    """Build the site at `root`, as a reader of the manual would."""
    command = [sys.executable, "-m", "site_builder", "-C", str(root), "build"]
    command += ["--output", str(output)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    return output


@pytest.fixture(scope="session")
def quay_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second example: a municipal decision, with other stances, many people and no states."""
    return build(ROOT / "tests/sites/quay-street", tmp_path_factory.mktemp("quay"))


@pytest.fixture(scope="session")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles over shared issues: the home page is a list."""
    root = tmp_path_factory.mktemp("desk")
    (root / "content/articles").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: The desk\ndescription: Two stories.\n")
    for name in ("one", "two"):
        text = (
            f"---\ntitle: Story {name}\nas_of: 2025-03-01\nstandfirst: In a line.\n---\n\nText.\n"
        )
        (root / f"content/articles/{name}.md").write_text(text)
    issue = (
        "tea: {title: Tea, question: Whose tea is it?, positions: [{actor: a, stance: supports}], "
        "redirect_from: coffee}\n"
    )
    (root / "content/issues.yaml").write_text(issue)
    (root / "content/actors.yaml").write_text("a:\n  name: Actor A\n  redirect_from: b\n")
    (root / "content/events.yaml").write_text(
        "e:\n  title: E\n  date: 2025-01-02\n  redirect_from: [/old, former]\n"
    )
    (root / "content/updates.yaml").write_text("u: {date: 2025-03-02, text: More.}\n")
    return build(root, tmp_path_factory.mktemp("desk-site"))


@dataclass
class Served:
    """A site on loopback. `url` ends in a slash; `requests` are the paths asked for."""

    url: str
    folder: Path
    requests: list[str] = field(default_factory=list)


def policy_of(folder: Path) -> str:
    """The content security policy in a site's `_headers`."""
    found = re.search(
        r"(?im)^\s*Content-Security-Policy:\s*(.+)$", (folder / "_headers").read_text()
    )
    assert found, "the site has no content security policy"
    return found[1].strip()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: object, served: Served, policy: str) -> None:
        self.served, self.policy = served, policy
        super().__init__(*args, directory=str(served.folder))  # type: ignore[arg-type]  # as given

    def translate_path(self, path: str) -> str:
        self.served.requests.append(path)
        return super().translate_path(
            "/" + path.removeprefix(SUB_PATH) if path.startswith(SUB_PATH) else "/none"
        )

    def do_GET(self) -> None:
        """As hosts do: pages, styles and scripts travel compressed."""
        if self.path == "/favicon.ico":  # browsers ask the host, whatever the page says
            self.send_response(204)
            self.end_headers()
            return
        file = Path(self.translate_path(self.path.partition("?")[0]))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in (".html", ".css", ".js", ".svg") or not file.is_file():
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@functools.cache
def _serve(folder: Path) -> Served:
    served = Served("", folder)
    handler = functools.partial(_Handler, served=served, policy=policy_of(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.url = f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    return served


@pytest.fixture(scope="session")
def seed(seed_site: Path) -> Served:
    return _serve(seed_site)


@pytest.fixture(scope="session")
def quay(quay_site: Path) -> Served:
    return _serve(quay_site)


@pytest.fixture(scope="session")
def desk(desk_site: Path) -> Served:
    return _serve(desk_site)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone, touched and not pointed at."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        yield context.new_page()


@pytest.fixture
def wide(browser: Browser) -> Iterator[Page]:
    """A page on a desk."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page in a browser without scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()
