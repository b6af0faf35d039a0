"""What readers get of three sites, file by file, is what it was: see tools/pins.py."""

from __future__ import annotations

import subprocess

import pytest

from tools import pins


@pytest.mark.parametrize("site", pins.SITES, ids=lambda site: site.name)
def test_every_file_is_as_pinned(site: pins.Pinned) -> None:
    files = pins.files_of(site)
    said = pins.FOLDER / f"{site.name}-{pins.WARNINGS}.txt"

    assert files[pins.WARNINGS].decode() == said.read_text("utf-8")
    pinned = site.file.read_text("utf-8")
    if pins.pins_of(files) != pinned:
        pytest.fail(complaint(pins.differing(pinned, pins.pins_of(files))), pytrace=False)


def complaint(changed: list[str]) -> str:
    """Which files differ, and what to type."""
    command = ["git", "log", "-1", "--format=%h", "--", "tests/pins"]
    found = subprocess.run(command, cwd=pins.ROOT, capture_output=True, text=True, check=False)
    shown = "\n".join(f"  {path}" for path in changed[:40])
    return (
        f"{len(changed)} files are not as pinned:\n{shown}\n"
        "see how they differ:  "
        f'make pins ARGS="--against {found.stdout.strip() or "HEAD"}"\n'
        "if all of it is meant:  make pins, and say why in the commit"
    )


def test_fingerprints_and_versions_make_no_difference() -> None:
    text = b'<link href="../assets/site.0a1b2c3d.css"> made by site_builder 0.1.0, q-0a1b2c3d'
    name, data = pins.normal("assets/site.0a1b2c3d.css", text)

    assert name == "assets/site.DIGEST.css"
    assert data == (
        b'<link href="../assets/site.DIGEST.css"> made by site_builder VERSION, q-0a1b2c3d'
    )


def test_a_difference_is_shown_once_for_each_kind_of_page() -> None:
    before = {"issues/a/index.html": b"one\n", "issues/b/index.html": b"one\n", "icon.png": b"1"}
    after = {"issues/a/index.html": b"two\n", "issues/b/index.html": b"two\n", "new.txt": b"x"}

    assert list(pins.differences(before, after)) == [
        "gone: icon.png\n",
        "--- issues/a/index.html\n+++ issues/a/index.html\n@@ -1 +1 @@\n-one\n+two\n",
        "new: new.txt\n",
    ]


def test_what_came_and_went_is_told_from_what_changed() -> None:
    assert pins.differing("1 a\n2 b\n3 c\n", "1 a\n3 b\n4 d\n") == ["b", "gone: c", "new: d"]
