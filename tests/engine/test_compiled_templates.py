"""Compiled templates of the default theme are kept for all sites, and never trusted when they are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.build import Options, render_site
from site_builder.reading.themes import default_theme
from site_builder.rendering import compiled
from site_builder.rendering.environment import Templates
from tests.conftest import MakeSite

SITE = {"content/articles.yaml": "tea: {title: Tea, as_of: 2025-03-01}\n"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "compiled"
    monkeypatch.setattr(compiled, "FOLDER", made)
    return made


def compile_base(*, write: bool = True) -> None:
    cache = compiled.CompiledTemplates(None, write=write)
    Templates(Path(), [default_theme()], {}, cache).environment.get_template("base.html")


def test_installing_compiles_every_template_of_the_theme(folder: Path) -> None:
    compiled.main()
    names = {path.name.split(".html")[0] for path in folder.glob("*.html.*")}
    assert {"base", "issue", "parts-claim"} <= names
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    compiled.main()
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.usefixtures("folder")
def test_what_is_compiled_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled.main()

    def compiles(*_: object, **__: object) -> None:
        raise AssertionError("it is compiled again")

    monkeypatch.setattr("jinja2.Environment.compile", compiles)
    compile_base()


def test_other_settings_are_other_templates(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    compile_base()
    (kept,) = folder.iterdir()
    before = kept.read_bytes()
    monkeypatch.setattr(compiled, "COMPILED_BY", "another version")
    compile_base()
    assert kept.read_bytes() != before


@pytest.mark.parametrize("size", [0, 3, 25, 60, 100])
def test_a_damaged_one_is_compiled_again(folder: Path, make_site: MakeSite, size: int) -> None:
    whole = render_site(Options(make_site(SITE))).files
    compiled.main()
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:size])
    assert render_site(Options(make_site(SITE))).files == whole


def test_a_folder_that_is_not_there_is_no_fault(folder: Path) -> None:
    compile_base()
    assert not folder.exists()


def test_python_may_be_told_to_write_nothing(folder: Path) -> None:
    folder.mkdir()
    compile_base(write=False)
    assert not [*folder.iterdir()]
