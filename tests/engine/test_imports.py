"""What a command imports: libraries take longer to import than most commands to run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVING = {"livereload", "rich", "tornado", "watchfiles"}
READING = {"pydantic_core", "yaml"}
MARKDOWN = {"markdown_it", "mdit_py_plugins"}
RENDERING = {"jinja2", "markupsafe", "resvg_py"}
CONTENT = {"site_builder.content"}
"""What reads files: a command that reads none needs none of it."""
DOCUMENTS = {"mammoth", "pypdfium2", "selectolax", "webvtt"}
"""What reads the originals of sources: no build needs it."""
SLOW = (
    SERVING
    | READING
    | MARKDOWN
    | RENDERING
    | DOCUMENTS
    | CONTENT
    | {"boto3", "multiprocessing", "pydantic", "slugify"}
)

# Files that were written a moment ago count as settled, so that the test need not wait.
RUN = """
import sys
from site_builder.cli import main
from site_builder.incremental import unchanged
unchanged._SETTLED = 0
try:
    main()
finally:
    print("imported", *sys.modules)
"""

FILES = {
    "content/site.yaml": "title: Tea\nexports: [citations]\n",
    "content/about.md": "---\ntitle: About\n---\nOf tea.\n",
    "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026-01-01\n---\nTea.\n",
    "content/actors.yaml": 'anna:\n  name: Anna\n  cite: menu "Tea is ready"\n',
    "content/sources.yaml": "menu:\n  title: Menu\n  file: menu.txt\n",
    "seeds/menu.txt": "[p. 1]\nTea is ready.\n",
}
TEXT = "content/articles/tea.md"


def imported(root: Path, *words: str) -> set[str]:
    """The libraries among SLOW that a command imports."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, "-C", str(root), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    modules = done.stdout.splitlines()[-1].split()
    assert modules[0] == "imported"
    return SLOW & {*modules}


@pytest.fixture
def root(make_site: Callable[[Mapping[str, str]], Path]) -> Path:
    """A site that has been built."""
    root = make_site(FILES)
    assert imported(root, "build") >= READING | MARKDOWN | {"jinja2"}
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))


@pytest.mark.parametrize("command", [["--help"], ["--version"], ["build", "--help"]])
def test_help_imports_nothing_slow(tmp_path: Path, command: list[str]) -> None:
    assert imported(tmp_path, *command) == set()


def test_a_build_with_nothing_to_do_imports_nothing_slow(root: Path) -> None:
    assert imported(root, "build") == set()


def test_a_build_of_a_saved_file_that_says_the_same_parses_nothing(root: Path) -> None:
    (root / TEXT).touch()
    assert not imported(root, "build") & (READING | MARKDOWN)


def test_an_edit_of_a_text_needs_markdown_alone(root: Path) -> None:
    edit(root, TEXT, "Tea.\n", "Tea is *ready*.\n")
    found = imported(root, "build")
    assert not found & (READING | {"resvg_py"})
    assert found >= MARKDOWN


def test_an_edit_of_front_matter_needs_it_all(root: Path) -> None:
    edit(root, TEXT, "title: Tea", "title: Coffee")
    assert imported(root, "build") >= READING | MARKDOWN


def test_a_small_build_starts_no_processes_and_serves_nothing(
    make_site: Callable[[Mapping[str, str]], Path],
) -> None:
    found = imported(make_site(FILES), "build")
    assert not found & (SERVING | DOCUMENTS | {"multiprocessing", "pydantic", "slugify"})


def test_a_check_makes_no_page(root: Path) -> None:
    imported(root, "check", "--no-advice")
    edit(root, TEXT, "Tea.\n", "Tea is *ready*.\n")
    assert not imported(root, "check", "--no-advice") & {"jinja2", "resvg_py", "pydantic_core"}
