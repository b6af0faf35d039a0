"""What the memory of builds, `init`, `new` and `schema` leave alone: links, what is behind them, what is no file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.disk import NotOrdinary, random_name, read_file, replace, rewrite, sweep
from site_builder.memory.blobs import Blobs, key_of
from site_builder.memory.spool import Spool
from site_builder.memory.store import Store

MINE = b"mine\n"


@pytest.fixture
def root(make_site: Callable[..., Path]) -> Path:
    """A site that has been built twice, so that all of its memory is there."""
    site = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026-01-01\n---\nTea.\n",
            "content/actors.yaml": "anna:\n  name: Anna\n",
        }
    )
    for text in ("Tea.", "More tea."):
        revise(site, text)
        assert command(site, "build") == 0
    return site


def revise(root: Path, text: str) -> None:
    page = "---\ntitle: Tea\nas_of: 2026-01-01\n---\n"
    (root / "content/articles/tea.md").write_text(page + text + "\n")


def command(root: Path, *words: str) -> int:
    return CliRunner().invoke(main, ["-C", str(root), *words], catch_exceptions=False).exit_code


def shown(root: Path) -> str:
    return (root / "output/index.html").read_text("utf-8")


def names(root: Path) -> list[str]:
    """The files of the memory."""
    return [path.name for path in (root / ".site-builder").iterdir() if path.is_file()]


def test_all_kinds_of_memory_are_there(root: Path) -> None:
    kinds = {name.split("-")[0] for name in names(root)}

    assert kinds == {".gitignore", "last", "parsed.index", "parsed.pack", "unchanged"}


@pytest.mark.usefixtures("no_hang")
@pytest.mark.parametrize("kind", ["link", "hard link", "FIFO", "folder"])
def test_whatever_is_in_place_of_a_file_of_the_memory_builds_go_on(
    tmp_path: Path, root: Path, kind: str
) -> None:
    for number, name in enumerate(names(root)):
        place = root / ".site-builder" / name
        data = place.read_bytes()
        other = tmp_path / f"mine {number}"
        place.unlink()
        match kind:
            case "link":
                other.write_bytes(data)
                place.symlink_to(other)
            case "hard link":
                other.write_bytes(data)
                place.hardlink_to(other)
            case "FIFO":
                os.mkfifo(place)
            case _:
                place.mkdir()
        revise(root, f"Tea, {number} times.")

        assert command(root, "build") == 0

        assert f"Tea, {number} times." in shown(root)
        assert command(root, "build") == 0
        if other.exists():
            assert other.read_bytes() == data


@pytest.mark.parametrize("name", [".site-builder", ".site-builder/made"])
def test_a_memory_that_is_a_link_is_not_written(tmp_path: Path, root: Path, name: str) -> None:
    place = root / name
    place.mkdir(exist_ok=True)
    mine = tmp_path / "mine"
    place.rename(mine)
    place.symlink_to(mine)
    for number in range(600):
        (mine / f"{number:032x}").write_bytes(MINE)
    before = {path.name: path.read_bytes() for path in mine.iterdir() if path.is_file()}
    (root / "content/site.yaml").write_text("title: Tea\n")
    revise(root, "New.")

    assert command(root, "build") == 0

    assert "New." in shown(root)
    assert {path.name: path.read_bytes() for path in mine.iterdir() if path.is_file()} == before


def test_only_what_a_build_has_made_is_pruned(tmp_path: Path) -> None:
    folder = tmp_path / ".site-builder/made"
    blobs = Blobs(folder)
    for number in range(520):
        blobs.put(key_of(str(number)), b"x")
    for name in ("mine.txt", "0" * 31, "G" * 32):
        (folder / name).write_bytes(MINE)
        os.utime(folder / name, (0, 0))
    (tmp_path / "mine.txt").write_bytes(MINE)
    (folder / ("0" * 32)).symlink_to(tmp_path / "mine.txt")

    Blobs(folder).prune()

    there = {path.name for path in folder.iterdir()}
    assert {"mine.txt", "0" * 31, "G" * 32, "0" * 32} <= there
    assert len(there) == 516


def test_records_behind_a_hard_link_stay(tmp_path: Path) -> None:
    folder = tmp_path / "memory"
    folder.mkdir()
    store = Store(folder, "parsed", "1")
    store.put("a", b"one")
    store.save()
    (tmp_path / "mine").hardlink_to(folder / "parsed.pack")
    before = (tmp_path / "mine").read_bytes()

    store = Store(folder, "parsed", "1")
    store.keep(["a"])
    store.put("b", b"two")
    store.save()

    assert (tmp_path / "mine").read_bytes() == before
    store = Store(folder, "parsed", "1")
    assert (store.get("a"), store.get("b")) == (b"one", b"two")
    store.close()


def test_nothing_waits_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "memory").symlink_to("mine")
    mode = (tmp_path / "mine").stat().st_mtime_ns
    spool = Spool(tmp_path / "memory")
    spool.put("a", b"x" * 5_000_000)

    assert spool["a"] == b"x" * 5_000_000
    assert (tmp_path / "mine").stat().st_mtime_ns == mode


def test_temporary_files_are_swept_after_an_hour(tmp_path: Path) -> None:
    old, new, other = tmp_path / random_name(), tmp_path / random_name(), tmp_path / ".x.tmp"
    for path in (old, new, other):
        path.write_bytes(b"")
    link = tmp_path / random_name()
    link.symlink_to(other)
    for path in (old, other):
        os.utime(path, (0, 0))

    sweep(tmp_path)

    assert [
        path for path in (old, new, other, link) if not path.is_symlink() and not path.exists()
    ] == [old]
    assert link.is_symlink()


def test_a_file_that_is_written_again_keeps_its_permissions_and_its_other_name(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a"
    path.write_bytes(MINE)
    path.chmod(0o640)
    (tmp_path / "b").hardlink_to(path)
    (tmp_path / "c").symlink_to(path)

    rewrite(path, b"new")

    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert (tmp_path / "b").read_bytes() == MINE
    with pytest.raises(NotOrdinary):
        rewrite(tmp_path / "c", b"newer")
    replace(tmp_path / "c", b"newer")
    assert (path.read_bytes(), (tmp_path / "c").read_bytes()) == (b"new", b"newer")


@pytest.mark.usefixtures("no_hang")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full"])
def test_a_device_is_not_read(device: str) -> None:
    with pytest.raises(NotOrdinary):
        read_file(device)
    with pytest.raises(NotOrdinary):
        read_file(device, follow=True)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")

    assert read_file(tmp_path / "a", largest=5) == b"12345"
    with pytest.raises(OSError, match="File too large"):
        read_file(tmp_path / "a", largest=4)


# --- commands that write -----------------------------------------------------------------------------


def test_a_new_entity_leaves_the_other_name_of_a_file_alone(tmp_path: Path, root: Path) -> None:
    actors = root / "content/actors.yaml"
    before = actors.read_bytes()
    (tmp_path / "mine").hardlink_to(actors)

    assert command(root, "new", "actor", "Bob") == 0

    assert (tmp_path / "mine").read_bytes() == before
    assert actors.read_text().startswith("anna:\n  name: Anna\nbob:\n  name: Bob\n")


def test_a_new_entity_goes_to_where_a_link_within_the_site_leads(root: Path) -> None:
    actors = root / "content/actors.yaml"
    (root / "shared").mkdir()
    actors.rename(root / "shared/actors.yaml")
    actors.symlink_to("../shared/actors.yaml")

    assert command(root, "new", "actor", "Bob") == 0

    assert actors.is_symlink()
    assert "bob:" in (root / "shared/actors.yaml").read_text()


def test_a_new_entity_is_not_written_out_of_the_site(tmp_path: Path, root: Path) -> None:
    (tmp_path / "mine").mkdir()
    (root / "content/terms").symlink_to(tmp_path / "mine")

    assert command(root, "new", "term", "Chai") == 1
    assert list((tmp_path / "mine").iterdir()) == []


def test_schemas_are_not_written_through_a_link(tmp_path: Path, root: Path) -> None:
    assert command(root, "schema") == 0
    name = next((root / "schemas").iterdir()).name
    (tmp_path / "mine").write_bytes(MINE)
    (root / "schemas" / name).unlink()
    (root / "schemas" / name).symlink_to(tmp_path / "mine")

    assert command(root, "schema") == 1
    assert (tmp_path / "mine").read_bytes() == MINE


# --- what a site is made from ------------------------------------------------------------------------


@pytest.mark.usefixtures("no_hang")
@pytest.mark.parametrize(
    "path",
    [
        "content/about.md",
        "content/actors/x.md",
        "content/terms.yaml",
        "seeds/x.txt",
        "static/x.txt",
        "fonts/x.ttf",
        "templates/x.html",
    ],
)
def test_a_fifo_among_the_sources_is_a_message(root: Path, path: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    os.mkfifo(root / path)

    result = CliRunner().invoke(main, ["-C", str(root), "build"])

    assert result.exit_code == 1
    assert f"{path.removeprefix('templates')}:1:1: this is not a regular file" in result.stderr


@pytest.mark.usefixtures("no_hang")
@pytest.mark.parametrize("path", ["fonts/.x.ttf", ".site-builder", "addresses.txt"])
def test_a_fifo_that_no_build_reads_is_no_matter(root: Path, path: str) -> None:
    if (root / path).is_dir():
        (root / path).rename(root / "aside")
    (root / path).parent.mkdir(exist_ok=True)
    os.mkfifo(root / path)
    (root / "content/site.yaml").write_text("title: Tea\n")

    assert command(root, "build") == 0
