"""The order of a write: what is saved, made and removed first, and one build at a time."""

from __future__ import annotations

import fcntl
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from site_builder.disk import is_random_name
from site_builder.faults import OutputFault
from site_builder.output.manifest import NAME
from site_builder.output.writing import Changes, write
from site_builder.reading.files import digest

BEFORE = {"index.html": b"1", "a.css": b"1", "gone/x.html": b"1", "gone/y/z.html": b"1"}
AFTER = {"index.html": b"2", "about.html": b"2", "a.css": b"2", "img/b.png": b"2"}


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is renamed into place and what is removed, as it happens."""
    rows: list[str] = []
    replace, unlink = os.replace, os.unlink

    def replaced(source: str, target: str, **at: Any) -> None:
        rows.append(f"write {target}")
        replace(source, target, **at)

    def unlinked(path: str, **at: Any) -> None:
        rows.append(f"remove {path}")
        unlink(path, **at)

    monkeypatch.setattr(os, "replace", replaced)
    monkeypatch.setattr(os, "unlink", unlinked)
    return rows


def files_of_manifest(folder: Path) -> dict[str, str]:
    files = json.loads((folder / NAME).read_text("utf-8"))["files"]
    assert isinstance(files, dict)
    return files


def test_the_manifest_goes_first_and_last_pages_after_what_they_need_removals_at_the_end(
    tmp_path: Path, done: list[str]
) -> None:
    write(BEFORE, tmp_path)
    done.clear()

    assert write(AFTER, tmp_path) == Changes(
        added=("about.html", "img/b.png"),
        changed=("a.css", "index.html"),
        removed=("gone/x.html", "gone/y/z.html"),
    )
    assert done == [
        f"write {NAME}",
        "write a.css",
        "write b.png",
        "write about.html",
        "write index.html",
        "remove x.html",
        "remove z.html",
        f"write {NAME}",
    ]


def test_what_is_as_it_was_is_not_written(tmp_path: Path, done: list[str]) -> None:
    write(BEFORE, tmp_path)
    done.clear()

    assert write(BEFORE, tmp_path) == Changes()
    assert done == []
    assert write({**BEFORE, "a.css": b"2"}, tmp_path) == Changes(changed=("a.css",))
    assert done == [f"write {NAME}", "write a.css", f"write {NAME}"]


def test_all_is_written_again_if_it_is_to_be(tmp_path: Path, done: list[str]) -> None:
    write(BEFORE, tmp_path)
    done.clear()

    assert write(BEFORE, tmp_path, clean=True) == Changes(changed=tuple(sorted(BEFORE)))
    assert [row for row in done if NAME not in row] == [
        "write a.css",
        "write x.html",
        "write z.html",
        "write index.html",
    ]


@pytest.mark.parametrize("step", range(1, 8))
def test_a_build_killed_at_any_step_owns_the_old_and_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    write(BEFORE, tmp_path)
    left = step
    calls = {"replace": os.replace, "unlink": os.unlink}

    def killing(name: str) -> Any:
        def call(path: str, *words: Any, **at: Any) -> None:
            nonlocal left
            if not is_random_name(path) or name == "replace":
                left -= 1
                if left < 0:
                    raise KeyboardInterrupt
            calls[name](path, *words, **at)

        return call

    for name in calls:
        monkeypatch.setattr(os, name, killing(name))
    with pytest.raises(KeyboardInterrupt):
        write(AFTER, tmp_path)
    monkeypatch.undo()

    both = BEFORE.keys() | AFTER.keys()
    assert files_of_manifest(tmp_path).keys() == both
    assert write({"index.html": b"3"}, tmp_path).removed == tuple(sorted(both - {"index.html"}))
    assert sorted(path.name for path in tmp_path.rglob("*")) == [NAME, "index.html"]


def test_the_manifest_holds_what_is_there_with_its_digests(tmp_path: Path) -> None:
    write(BEFORE, tmp_path)
    write(AFTER, tmp_path)

    assert files_of_manifest(tmp_path) == {path: digest(data) for path, data in AFTER.items()}


def test_folders_left_empty_go_and_others_stay(tmp_path: Path) -> None:
    write({**BEFORE, "kept/x.html": b"1"}, tmp_path)
    (tmp_path / "kept/mine.txt").write_bytes(b"mine")

    write({"index.html": b"1"}, tmp_path)

    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert found == [NAME, "index.html", "kept", "kept/mine.txt"]


def test_one_build_at_a_time(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    message = f"another build is writing to '{tmp_path}'; try again when it is done"

    with pytest.raises(OutputFault, match=f"^{re.escape(message)}$"):
        write(BEFORE, tmp_path)
    assert list(tmp_path.iterdir()) == []

    os.close(handle)
    assert write(BEFORE, tmp_path).added == tuple(sorted(BEFORE))


def test_a_link_among_the_folders_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    elsewhere.mkdir()
    write({"index.html": b"1"}, output)
    (output / "issues").symlink_to(elsewhere)
    message = f"'{output}/issues' is a symbolic link; nothing is written there"

    with pytest.raises(OutputFault, match=f"^{re.escape(message)}$"):
        write({"index.html": b"2", "issues/dam/index.html": b"2"}, output)
    assert (output / "index.html").read_bytes() == b"1"
    assert list(elsewhere.iterdir()) == []


# --- files that are copied from disk ---------------------------------------------------------


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A file on disk, larger than the piece that is read at once."""
    file = tmp_path / "map.pdf"
    file.write_bytes(b"map" * 1_000_000)
    return file


def copy(output: Path, static: Path, *, clean: bool = False, name: str = "map.pdf") -> Changes:
    """Writes a site of one page and a copied file, whose bytes are never asked for."""
    files = {"index.html": b"1", name: b"not these"}
    return write(files, output, copied={name: str(static)}, clean=clean)


def test_a_file_is_copied_once_and_again_when_it_differs(
    tmp_path: Path, static: Path, done: list[str]
) -> None:
    output = tmp_path / "output"

    assert copy(output, static) == Changes(added=("index.html", "map.pdf"))
    assert (output / "map.pdf").read_bytes() == static.read_bytes()
    assert files_of_manifest(output)["map.pdf"] == digest(static.read_bytes())
    done.clear()
    assert copy(output, static) == Changes()
    assert done == []
    # The same size, and other bytes at the end.
    static.write_bytes(static.read_bytes()[:-1] + b"x")
    assert copy(output, static) == Changes(changed=("map.pdf",))
    assert (output / "map.pdf").read_bytes() == static.read_bytes()
    assert files_of_manifest(output)["map.pdf"] == digest(static.read_bytes())
    static.write_bytes(static.read_bytes() + b"more")
    assert copy(output, static) == Changes(changed=("map.pdf",))
    assert copy(output, static, clean=True) == Changes(changed=("index.html", "map.pdf"))


def test_a_file_is_not_copied_over_somebody_elses(tmp_path: Path, static: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "map.pdf").write_bytes(b"mine")

    with pytest.raises(OutputFault, match=r"are where it has to write: map\.pdf\. "):
        copy(output, static)
    assert (output / "map.pdf").read_bytes() == b"mine"
    assert not (output / "index.html").exists()


def test_a_file_is_copied_where_a_folder_was(tmp_path: Path, static: Path) -> None:
    output = tmp_path / "output"
    write({"index.html": b"1", "map/x.html": b"1"}, output)

    assert copy(output, static, name="map") == Changes(added=("map",), removed=("map/x.html",))
    assert (output / "map").read_bytes() == static.read_bytes()
    assert files_of_manifest(output)["map"] == digest(static.read_bytes())


def test_a_file_is_not_copied_where_a_folder_holds_somebody_elses(
    tmp_path: Path, static: Path
) -> None:
    output = tmp_path / "output"
    (output / "map").mkdir(parents=True)
    (output / "map/mine.txt").write_bytes(b"mine")

    with pytest.raises(OutputFault, match=r"are where it has to write: map/mine\.txt\. "):
        copy(output, static, name="map")


def test_a_file_to_copy_that_is_gone_is_named(tmp_path: Path, static: Path) -> None:
    static.unlink()
    message = f"'{static}' can't be read: No such file or directory"

    with pytest.raises(OutputFault, match=f"^{re.escape(message)}$"):
        copy(tmp_path / "output", static)
