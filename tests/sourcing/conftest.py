"""A small site to add sources to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: Tea\n")
    return root


@pytest.fixture
def run(site: Path) -> Callable[..., Result]:
    def ran(*arguments: str | Path) -> Result:
        words = ["-C", str(site), *map(str, arguments)]
        return CliRunner().invoke(main, words, prog_name="site-builder")

    return ran


@pytest.fixture
def files(site: Path) -> Callable[[], dict[str, bytes]]:
    def found() -> dict[str, bytes]:
        paths = sorted(path for path in site.rglob("*") if path.is_file())
        return {str(path.relative_to(site)): path.read_bytes() for path in paths}

    return found
