"""A mistake of ours is told as one, with the file it was at."""

from __future__ import annotations

import errno
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.content import loading
from site_builder.links import linking
from site_builder.rendering import rendering

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite

STORY = {
    "content/site.yaml": "title: Tea\nexports: []\n",
    "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2025-12-02\n---\nStrong.\n",
}


@pytest.mark.parametrize(
    ("module", "function", "work"),
    [
        (loading, "parse_body", "reading content/articles/tea.md"),
        (linking, "_uses", "linking content/articles/tea.md"),
        (rendering, "RenderedPage", "making index.html"),
    ],
)
def test_it_says_at_which_file_and_leaves_the_site(
    make_site: MakeSite,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    function: str,
    work: str,
) -> None:
    root: Path = make_site(STORY)
    assert CliRunner().invoke(main, ["-C", str(root), "build"]).exit_code == 0
    before = {path: path.read_bytes() for path in (root / "output").rglob("*.html")}

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr(module, function, fail)
    make_site({"content/articles/tea.md": STORY["content/articles/tea.md"] + "Or weak.\n"})
    result = CliRunner().invoke(main, ["-C", str(root), "build", "--clean"])

    assert result.exit_code == 3
    assert "ZeroDivisionError: a slip" in result.stderr
    assert (
        f"a bug in site-builder, not a mistake in your site; it happened while {work}."
        in result.stderr
    )
    assert {path: path.read_bytes() for path in (root / "output").rglob("*.html")} == before


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            OSError(errno.EMFILE, "Too many open files", "x.md"),
            "an error for 'x.md': Too many open files",
        ),
        (MemoryError(), "not enough memory"),
    ],
)
def test_what_the_system_refuses_is_no_mistake_of_ours(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, error: Exception, expected: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(linking, "_uses", fail)
    result = CliRunner().invoke(main, ["-C", str(make_site(STORY)), "build"])

    assert result.exit_code == 1
    assert expected in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_who_has_gone_is_no_mistake_of_ours() -> None:
    command = [sys.executable, "-u", "-m", "site_builder", "build", "--help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
