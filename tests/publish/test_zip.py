"""Publishing to a zip file: the same site, the same bytes."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.disk import is_random_name

if TYPE_CHECKING:
    from tests.publish.conftest import Desk, Interrupted, Tree


@pytest.fixture
def parcel(desk: Desk) -> Path:
    desk.target("parcel", "{kind: zip, path: tea.zip}")
    return desk.root / "tea.zip"


def test_a_zip_file_holds_the_site_and_is_the_same_again(
    desk: Desk, parcel: Path, tree: Tree, tmp_path: Path
) -> None:
    said = desk.publish()
    first = parcel.read_bytes()
    with zipfile.ZipFile(parcel) as archive:
        archive.extractall(tmp_path / "unpacked")
        names = archive.namelist()
    (tmp_path / "www").mkdir()
    desk.target("box", "{kind: directory, path: ../www/tea}")
    desk.publish("box")

    assert said.plain.startswith(f"published: {parcel} (0.0 s)\n")
    assert names == sorted(names)
    assert tree(tmp_path / "unpacked") == tree(tmp_path / "www" / "tea")
    parcel.unlink()
    desk.publish("parcel")
    assert parcel.read_bytes() == first


def test_what_differs_is_found_in_the_file(desk: Desk, parcel: Path) -> None:
    desk.publish()
    written = parcel.stat().st_mtime_ns
    assert desk.publish().plain == f"{parcel} is up to date; nothing was sent (0.0 s)\n"
    assert parcel.stat().st_mtime_ns == written
    desk.write({"static/pot.svg": "<svg/>\n"})

    planned = [line.split()[:2] for line in desk.publish("--dry-run").out.splitlines()]

    assert planned[:2] == [["add", "pot.svg"], ["change", ".published.json"]]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("content/tea.zip", "'{site}/content/tea.zip' is inside content/, which holds sources or output of the site"),
        ("output/tea.zip", "'{site}/output/tea.zip' is inside output/, which holds sources or output of the site"),
        ("..", "'{tmp}' is a folder; choose a file in it"),
        ("no/tea.zip", "the folder '{site}/no' does not exist; make it first, or correct the path"),
        (
            "thesis.zip",
            ("'{site}/thesis.zip' exists and is not a zip file made by site-builder; move it away, "
            "or choose another file"),
        ),
        (
            "photos.zip",
            ("{site}/photos.zip contains 1 files that site-builder did not put there: cup.jpg. Nothing "
            "was changed. Choose an empty place, or use --take-over if everything there may be replaced."),
        ),
    ],
)  # fmt: skip
def test_files_that_nothing_is_published_to(
    desk: Desk, tmp_path: Path, tree: Tree, path: str, problem: str
) -> None:
    (desk.root / "thesis.zip").write_text("years of work", "utf-8")
    with zipfile.ZipFile(desk.root / "photos.zip", "w") as archive:
        archive.writestr("cup.jpg", "photo")
    desk.target("parcel", f"{{kind: zip, path: '{path}'}}")
    before = tree(tmp_path)

    said = desk.publish("--yes")

    assert (said.code, said.errors) == (
        1,
        f"site-builder: {problem.format(site=desk.root, tmp=tmp_path)}\n",
    )
    assert tree(tmp_path) == before


@pytest.mark.parametrize("how", ["kill", "full"])
def test_cut_short_the_old_file_is_whole(
    desk: Desk, parcel: Path, interrupted: Interrupted, how: str
) -> None:
    desk.publish()
    desk.write({"static/pot.svg": "<svg/>\n"})
    old = parcel.read_bytes()
    rounds = 0

    for row in interrupted.rounds(how, f"files:{desk.root}"):
        rounds += 1
        if not row.is_last:
            with zipfile.ZipFile(parcel) as archive:
                assert archive.testzip() is None
        if row.code == 1 and "addresses.txt" not in row.said:
            assert parcel.read_bytes() == old
            assert row.said == (
                f"site-builder: '{parcel}' can't be written: No space left on device; "
                "it is unchanged\n"
            )

    assert rounds >= 2
    # What a killed publish leaves behind goes with one an hour later.
    for path in desk.root.glob(".*"):
        assert is_random_name(path.name)
        os.utime(path, (0, 0))
    desk.write({"static/pot.svg": "<svg></svg>\n"})
    desk.publish()
    assert not list(desk.root.glob(".*"))
    assert desk.publish().out.startswith(f"{parcel} is up to date")


def test_there_is_nothing_to_roll_back(desk: Desk, parcel: Path) -> None:
    desk.publish()

    said = desk.publish("--rollback")

    assert (said.code, said.errors) == (
        1,
        "site-builder: a zip file keeps no earlier version to go back to\n",
    )
    assert parcel.is_file()


def _with(parcel: Path, name: str, data: bytes, change: bytes) -> None:
    """Adds a file of somebody else's to the zip file; its data there are `change`."""
    with zipfile.ZipFile(parcel, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), data)
    parcel.write_bytes(parcel.read_bytes().replace(data, change))


def test_a_file_that_can_not_be_read_stops_before_anything_is_written(
    desk: Desk, parcel: Path
) -> None:
    desk.publish()
    _with(parcel, "theirs.txt", b"what they wrote", b"what they broke")
    desk.write({"static/pot.svg": "<svg/>\n"})
    before = parcel.read_bytes()

    said = desk.publish()

    problem, _, advice = said.errors.partition(". ")
    assert said.code == 1
    assert problem == (
        f"site-builder: 'theirs.txt' in '{parcel}' can't be read, so it can't be kept: Bad CRC-32 for file 'theirs.txt'"
    )
    assert advice == "The zip file is unchanged; take that file out, or move the zip file away\n"
    assert parcel.read_bytes() == before


def test_files_and_folders_of_others_are_carried_along(desk: Desk, parcel: Path) -> None:
    desk.publish()
    with zipfile.ZipFile(parcel, "a") as archive:
        archive.writestr("theirs/", b"")
        archive.writestr("theirs/a.txt", b"mine" * 1000, zipfile.ZIP_BZIP2)
    desk.write({"static/pot.svg": "<svg/>\n"})

    assert desk.publish().code == 0

    with zipfile.ZipFile(parcel) as archive:
        row = archive.getinfo("theirs/a.txt")
        assert (archive.read(row), row.compress_type) == (b"mine" * 1000, zipfile.ZIP_BZIP2)
        assert archive.getinfo("theirs/").is_dir()
        assert archive.testzip() is None


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_zip_file_is_a_message(desk: Desk, parcel: Path, kind: int) -> None:
    data = bytes(range(256)) * 40
    with zipfile.ZipFile(parcel, "w", kind) as archive:
        archive.writestr(".published.json", data)
        start = archive.getinfo(".published.json").header_offset + 45
    damaged = bytearray(parcel.read_bytes())
    damaged[start + 5 : start + 60] = b"\xff" * 55
    parcel.write_bytes(damaged)

    said = desk.publish()

    problem, _, advice = said.errors.partition("; ")
    assert (said.code, problem, advice) == (
        1,
        f"site-builder: '{parcel}' exists and is not a zip file made by site-builder",
        "move it away, or choose another file\n",
    )
