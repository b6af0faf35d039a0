"""What many tests share: browsers and checkers, the repository's own site, and miniature sites.

A test whose program is missing is skipped with the reason, and pytest lists it at the end. Under
SITE_BUILDER_REQUIRE_ALL_TESTS=1, as in CI, a skipped test is a failure instead.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tools import cases, checkers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 120_000
"""Milliseconds that a browser may take for something: a busy machine is slow, and no test waits for it in vain."""

# A browser that stays on this machine: without these Chromium calls home at every start.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Deadlines measure the machine, not the code.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


# --- left out is failed, where all tests are required ----------------------------------------


def all_tests_are_required() -> bool:
    return os.environ.get("SITE_BUILDER_REQUIRE_ALL_TESTS", "") not in ("", "0")


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure. An expected failure (xfail) is also 'skipped', and stays."""
    if report.skipped and all_tests_are_required() and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"left out, although all tests are required here: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    fail_if_skipped(report)
    return report


# --- text cases ------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collects text cases of what is made: content in, HTML and files out (see tests/README.md)."""
    if file_path.suffix == ".txt" and file_path.parent in cases.MADE:
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """A file of text cases."""

    def collect(self) -> Iterable[CaseItem]:
        rows = cases.cases_of(self.path)
        titles = [row.title for row in rows]
        assert sorted(titles) == sorted(set(titles)), "two cases have the same title"
        for row in rows:
            yield CaseItem.from_parent(self, name=row.title, case=row)


class CaseItem(pytest.Item):
    """A text case: what the site becomes must equal what the case expects."""

    def __init__(self, *, case: cases.Case, **more: Any) -> None:
        super().__init__(**more)
        self._case = case

    def runtest(self) -> None:
        assert self._case.answers, "this case expects nothing"
        with tempfile.TemporaryDirectory() as folder:
            cases.lay_out(self._case, Path(folder))
            made = cases.make(self._case, Path(folder))
        for name, text in made.items():
            assert text == self._case.answers.get(name, ""), name


# --- browsers and checkers -------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium driven by Playwright.

    One for each test module, not for the whole session: while Playwright is connected its event loop
    counts as running in this thread, and `asyncio.run` in a later module would refuse to start.
    """
    from playwright.sync_api import sync_playwright

    chromium = checkers.find_chromium()
    if chromium is None:
        pytest.skip("no Chromium: install one, or name it in SITE_BUILDER_CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page with storage of its own."""
    from playwright.sync_api import expect

    expect.set_options(timeout=LONGEST)
    with browser.new_context() as context:
        context.set_default_timeout(LONGEST)
        yield context.new_page()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The script of axe-core, to inject into a page."""
    return node_file("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu_jar() -> Path:
    """The Nu HTML checker, for `java -jar`."""
    if checkers.find_java() is None:
        pytest.skip("no Java, which the Nu HTML checker needs")
    return node_file("vnu-jar/build/dist/vnu.jar")


@pytest.fixture(scope="session")
def lighthouse() -> Path:
    """The Lighthouse command, for `node`."""
    if shutil.which("node") is None:
        pytest.skip("no Node.js, which Lighthouse needs")
    return node_file("lighthouse/cli/index.js")


def node_file(path: str) -> Path:
    """A file of an installed npm package."""
    file = checkers.NODE_MODULES / path
    if not file.is_file():
        pytest.skip(f"no node_modules/{path}: 'npm ci' installs it")
    return file


# --- sites -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def seed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own explainer, built once for all workers. Read it, don't change it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    output, done = shared / "seed-site", shared / "seed-site.done"
    with (shared / "seed-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            command = [sys.executable, "-m", "site_builder", "-C", str(ROOT)]
            command += ["build", "--output", str(output)]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            assert result.returncode == 0, result.stdout + result.stderr
            done.touch()
    return output


MakeSite = Callable[[Mapping[str, "str | bytes"]], Path]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Write a miniature site: `make_site({"content/site.yaml": "title: Tea"})` returns its folder.

    Text loses its common indentation and a leading line end, so that it can stand indented in a test;
    bytes are written as they are. A second call adds to the same site.
    """

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "site"
        for name, content in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                content = textwrap.dedent(content).removeprefix("\n").encode()  # noqa: PLW2901
            file.write_bytes(content)
        return root

    return write


@pytest.fixture
def no_hang() -> Iterator[None]:
    """Ends a test that waits for something that never comes."""

    def stop(*_: object) -> None:
        raise AssertionError("this hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
