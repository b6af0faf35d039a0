"""Where a site may be built to: `build --output` refuses what `publish` refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.output.places import problem_of_folder
from site_builder.publish.faults import PublishFault
from site_builder.publish.guards import refuse_folder


@pytest.fixture
def root(tmp_path: Path, make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a home folder; the command runs beside it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    return make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026-01-01\n---\nTea.\n",
            ".git/config": "[core]\n",
        }
    ).rename(home / "site")


def build(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", str(root), "build", "-q", *words])
    return result.exit_code, result.stderr


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


SOURCES = ["content", "seeds", "static", "templates", "fonts", ".git", ".site-builder"]


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("/", "'/' is the root of the file system; choose a separate folder"),
        ("~", "'{home}' is or contains your home folder; choose a separate folder"),
        ("~/", "'{home}' is or contains your home folder; choose a separate folder"),
        (".", "'{home}' is or contains your home folder; choose a separate folder"),
        ("..", "'{tmp}' is or contains your home folder; choose a separate folder"),
        ("site", "'{home}/site' is or contains the site's own folder; choose another one"),
        ("site/x/..", "'{home}/site' is or contains the site's own folder; choose another one"),
        ("~/site", "'{home}/site' is or contains the site's own folder; choose another one"),
        *(
            (
                f"site/{name}{more}",
                (
                    "'{home}/"
                    f"site/{name}{more}' is in {name}/, which the site "
                    "is made from; choose another one"
                ),
            )
            for name in SOURCES
            for more in ("", "/x")
            if name != ".git"
        ),
        ("site/.git", "'{home}/site/.git' is in git's own folder; choose another one"),
        ("other/.git/x", "'{home}/other/.git/x' is in git's own folder; choose another one"),
        ("link", "'{home}/link' is a symbolic link; choose the folder it leads to"),
        ("nowhere", "'{home}/nowhere' is a symbolic link; choose the folder it leads to"),
        ("to-site", "'{home}/site' is or contains the site's own folder; choose another one"),
        ("up/site", "'{home}/site' is or contains the site's own folder; choose another one"),
        (
            "full",
            (
                "'{home}/full' contains files that site-builder did not put there: a, b. "
                "Choose a new or empty folder"
            ),
        ),
    ],
)
def test_places_that_nothing_is_built_to(
    tmp_path: Path, root: Path, output: str, problem: str
) -> None:
    home = root.parent
    (home / "full").mkdir()
    (home / "full/a").write_text("mine")
    (home / "full/b").mkdir()
    (home / "folder").mkdir()
    (home / "link").symlink_to("folder")
    (home / "nowhere").symlink_to("none")
    (home / "to-site").symlink_to("site")
    (home / "up").symlink_to(".")
    (home / "other/.git").mkdir(parents=True)
    before = tree(tmp_path)

    code, said = build(root, "--output", output)

    expected = problem.format(home=home, tmp=tmp_path)
    assert (code, said) == (1, f"site-builder: the output can't be written: {expected}\n")
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("output", "place"),
    [
        ("new/folder", "new/folder"),
        ("empty", "empty"),
        ("~/www", "www"),
        ("site/public", "site/public"),
        ("checkout", "checkout"),
        ("full/www", "full/www"),
    ],
)
def test_places_that_a_site_may_be_built_to(root: Path, output: str, place: str) -> None:
    home = root.parent
    (home / "empty").mkdir()
    (home / "full").mkdir()
    (home / "full/a").write_text("mine")
    (home / "checkout/.git").mkdir(parents=True)
    (home / "checkout/.gitignore").write_text("mine")

    assert build(root, "-d", output) == (0, "")
    assert (home / place / "index.html").is_file()
    (root / "content/articles/tea.md").write_text("---\ntitle: New\nas_of: 2026-01-01\n---\nTea.\n")
    assert build(root, "-d", output) == (0, "")
    assert "New" in (home / place / "index.html").read_text("utf-8")


def test_the_usual_output_may_hold_files_of_others(root: Path) -> None:
    (root / "output").mkdir()
    (root / "output/mine.txt").write_text("mine")

    assert build(root) == (0, "")
    assert (root / "output/mine.txt").read_text() == "mine"


def test_the_usual_output_may_not_be_a_link(root: Path) -> None:
    (root.parent / "mine").mkdir()
    (root / "output").symlink_to(root.parent / "mine")

    assert build(root) == (
        1,
        (
            f"site-builder: the output can't be written: '{root}/output' is a symbolic link; choose "
            "the folder it leads to\n"
        ),
    )
    assert tree(root.parent / "mine") == []


def test_publish_asks_the_same_function(root: Path) -> None:
    for place in (Path("/"), root.parent, root, root / "fonts", root.parent / "x/.git/y"):
        with pytest.raises(PublishFault, match=re.escape(problem_of_folder(place, root))):
            refuse_folder(place, root)


def test_a_file_of_static_whose_name_is_a_path_elsewhere_is_named(root: Path) -> None:
    (root / "static").mkdir()
    (root / "static/a\\b.txt").write_text("x")
    (root / "static/C:x.txt").write_text("x")
    (root / "static/CD:x.txt").write_text("x")

    code, said = build(root)

    assert code == 1
    assert [line for line in said.splitlines() if line.startswith("static/")] == [
        (
            "static/C:x.txt:1:1: the name of this file begins like a Windows drive: 'C:' "
            "[unreadable-file]"
        ),
        (
            "static/a\\b.txt:1:1: the name of this file contains a character that is not allowed: a backslash "
            "[unreadable-file]"
        ),
    ]
