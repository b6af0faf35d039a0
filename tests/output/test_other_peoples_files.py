"""What a write to the output folder leaves alone: files of others, links, and what is behind them."""

from __future__ import annotations

import json
import os
import socket
import string
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.cli import main
from site_builder.disk import is_clean, random_name
from site_builder.faults import OutputFault
from site_builder.output.manifest import NAME, Manifest
from site_builder.output.writing import Changes, write
from site_builder.reading.files import digest

MINE = b"mine\n"


def seen(folder: Path) -> dict[str, bytes | str]:
    """All that is in a folder: bytes of files, and where links lead."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file() and path.name != NAME:
            found[name] = path.read_bytes()
    return found


def claim(folder: Path, rows: object, **more: object) -> None:
    """A manifest that somebody else wrote."""
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(json.dumps({"version": 1, "files": rows, **more}), "utf-8")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


# --- manifests from strangers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "../mine.txt",
        "x/../../mine.txt",
        "./../mine.txt",
        "{tmp}/mine.txt",
        "//{tmp}/mine.txt",
        "linked/mine.txt",
        "a//mine.txt",
        "./a/mine.txt",
        "a/./mine.txt",
        "a/mine.txt/",
        "..\\mine.txt",
        "a\\mine.txt",
        "C:/mine.txt",
        "C:mine.txt",
        "a/mine.txt\0",
        "\0",
        "",
        ".",
        "..",
        "/",
        "\ud800",
        "a/" * 2000 + "mine.txt",
        "m" * 300,
        ".git/config",
        "a/.git/config",
        ".GIT/config",
        ".gitignore",
        ".site-builder.json/x",
    ],
)
@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("part", ["files", "earlier", "altered"])
def test_a_manifest_names_no_file_outside_the_output(
    tmp_path: Path, output: Path, path: str, part: str, clean: bool
) -> None:
    (tmp_path / "mine.txt").write_bytes(MINE)
    for name in ("a/mine.txt", "C:/mine.txt", ".git/config", "a/.git/config", ".gitignore"):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(MINE)
    (output / ".GIT").mkdir(exist_ok=True)
    (output / ".GIT/config").write_bytes(MINE)
    (output / "linked").symlink_to(tmp_path)
    for name in ("..\\mine.txt", "a\\mine.txt", "C:mine.txt"):
        (output / name).write_bytes(MINE)
    claim(output, {})
    before = seen(tmp_path)
    claim(output, {}, **{part: {path.format(tmp=tmp_path): digest(MINE)}})

    changes = write({"new.html": b"new"}, output, clean=clean)

    after = seen(tmp_path)
    assert after.pop("output/new.html") == b"new"
    assert after == before
    assert changes.kept == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\xff",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"[" * 100_000,
        b'{"version": 1, "files": ' + b'{"a": ' * 100_000,
        b'{"version": 1}',
        b'{"version": 2, "files": {"mine.txt": "x"}}',
        b'{"version": 1, "files": ["mine.txt"]}',
        b'{"version": 1, "files": {"mine.txt": 1}}',
        b'{"version": 1, "files": {"mine.txt": {"mine.txt": "x"}}}',
        b'{"version": 1, "files": {"mine.txt": null}, "altered": [[]], "earlier": "mine.txt"}',
        b'{"version": ' + b"9" * 5000 + b', "files": {}}',
        b'{"version": NaN, "files": {}}',
        b'{"version": 1, "files": {"mine.txt": "\\ud800"}, "altered": {"x": "\\udfff"}}',
    ],
    ids=lambda data: data[:40].decode("latin-1"),
)
def test_a_manifest_of_any_shape_is_read_without_harm(output: Path, data: bytes) -> None:
    output.mkdir()
    (output / "mine.txt").write_bytes(MINE)
    (output / NAME).write_bytes(data)

    write({"new.html": b"new"}, output, clean=True)

    assert seen(output) == {"mine.txt": MINE, "new.html": b"new"}
    assert Manifest.load(output).files == {"new.html": digest(b"new")}


STEPS = st.sampled_from(["..", ".", "", "a", "b", "mine.txt", "linked", ".git", "C:", "\0", "a\\b"])
PATHS = st.lists(STEPS, max_size=5).map("/".join) | st.text(max_size=8)
VALUES = st.sampled_from([digest(MINE), "", "x", None, 1, ["x"], {"x": "y"}])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(rows=st.dictionaries(PATHS, VALUES, max_size=6), part=st.sampled_from(Manifest._fields))
def test_random_manifests_touch_nothing_outside(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, object], part: str
) -> None:
    place = tmp_path_factory.mktemp("place")
    output = place / "output"
    (place / "mine.txt").write_bytes(MINE)
    (place / "a").mkdir()
    (place / "a/mine.txt").write_bytes(MINE)
    output.mkdir()
    (output / "linked").symlink_to(place)
    before = seen(place)
    claim(output, {}, **{part: rows})

    write({"new.html": b"new"}, output, clean=True)

    after = seen(place)
    assert after.pop("output/new.html") == b"new"
    assert after == before


@given(st.text(alphabet=[*string.ascii_letters, "/", "\\", ".", ":", "\0", "é"], max_size=12))
def test_a_clean_path_stays_below_its_folder(path: str) -> None:
    if is_clean(path):
        joined = os.path.normpath(os.path.join("/top", path))  # noqa: PTH118
        assert joined == f"/top/{path}"
        assert joined.startswith("/top/")


@pytest.mark.parametrize("part", ["files", "earlier", "altered"])
@pytest.mark.parametrize(
    "digest_of_stranger", ["\ud800", "x", "", "A" * 32, "0" * 33, "0" * 32 + "\n"]
)
def test_what_is_no_digest_makes_no_file_ours(
    output: Path, part: str, digest_of_stranger: str
) -> None:
    """A file with another digest is named as changed; here nobody has ever written it."""
    claim(output, {}, **{part: {"mine.txt": digest_of_stranger}})
    (output / "mine.txt").write_bytes(MINE)

    changes = write({"new.html": b"new"}, output)

    assert changes == Changes(added=("new.html",))
    assert seen(output) == {"mine.txt": MINE, "new.html": b"new"}


# --- what others changed -----------------------------------------------------------------------------


def test_a_file_of_ours_that_somebody_changed_is_kept_once(output: Path) -> None:
    write({"a/b.html": b"ours", "c.html": b"ours", "d.html": b"ours"}, output)
    (output / "a/b.html").write_bytes(MINE)

    first = write({"d.html": b"ours"}, output)
    assert first == Changes(removed=("c.html",), kept=("a/b.html",))
    assert seen(output) == {"a/b.html": MINE, "d.html": b"ours"}

    second = write({"d.html": b"ours"}, output)
    assert second == Changes()
    assert seen(output) == {"a/b.html": MINE, "d.html": b"ours"}

    third = write({"d.html": b"ours"}, output, clean=True)
    assert third == Changes(changed=("d.html",), removed=("a/b.html",))
    assert seen(output) == {"d.html": b"ours"}
    assert Manifest.load(output).altered == {}


def test_what_was_kept_is_not_written_over_either(output: Path) -> None:
    write({"b.html": b"ours", "d.html": b"ours"}, output)
    (output / "b.html").write_bytes(MINE)
    write({"d.html": b"ours"}, output)

    with pytest.raises(OutputFault, match=r"are where it has to write: b\.html"):
        write({"b.html": b"again", "d.html": b"ours"}, output)
    assert seen(output) == {"b.html": MINE, "d.html": b"ours"}
    write({"b.html": b"again", "d.html": b"ours"}, output, clean=True)
    assert seen(output) == {"b.html": b"again", "d.html": b"ours"}


def test_a_file_the_site_still_has_is_put_right(output: Path) -> None:
    write({"b.html": b"ours"}, output)
    (output / "b.html").write_bytes(MINE)

    assert write({"b.html": b"ours"}, output) == Changes(changed=("b.html",))
    assert seen(output) == {"b.html": b"ours"}


def test_the_command_names_what_it_kept(make_site: Callable[..., Path]) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026-01-01\n---\nTea.\n",
            "static/tea.txt": "tea\n",
        }
    )

    def build(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["-C", str(root), "build", "-q", *words])
        return result.exit_code, result.stderr

    assert build() == (0, "")
    page = root / "output/tea.txt"
    page.write_bytes(MINE)
    (root / "static/tea.txt").unlink()

    assert build() == (
        0,
        f"warning: {os.path.relpath(page)} is no longer in the site, but somebody else changed it, so it "
        "stays; remove it, or run: site-builder build --clean\n".replace(
            os.path.relpath(page), str(page)
        ),
    )
    assert page.read_bytes() == MINE
    assert build() == (0, "")
    assert page.read_bytes() == MINE
    assert build("--clean") == (0, "")
    assert not page.exists()


# --- links, and what is no file ----------------------------------------------------------------------


def test_a_folder_that_became_a_link_is_not_written_through(tmp_path: Path, output: Path) -> None:
    write({"a/b.html": b"ours"}, output)
    (tmp_path / "mine").mkdir()
    (output / "a").rename(tmp_path / "mine/a")
    (output / "a").symlink_to(tmp_path / "mine/a")

    with pytest.raises(OutputFault, match="output/a' is a symbolic link; nothing is written there"):
        write({"a/b.html": b"new", "c.html": b"new"}, output)
    assert not (output / "c.html").exists()
    write({"c.html": b"new"}, output)
    assert (tmp_path / "mine/a/b.html").read_bytes() == b"ours"
    assert (output / "a").is_symlink()


def test_a_folder_that_becomes_a_link_meanwhile_is_not_written_through(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.setattr("site_builder.output.writing._refuse_links", lambda *_: None)
    output.mkdir()
    (output / "a").symlink_to(tmp_path / "mine")

    with pytest.raises(
        OutputFault, match=r"^the output can't be written: '.*/output/a/b\.html': Not a directory$"
    ):
        write({"a/b.html": b"new"}, output)
    assert seen(tmp_path / "mine") == {}


def test_a_message_names_a_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the folder is relative to the one that somebody is in."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        OutputFault, match=r"^the output can't be written: 'output/a/b': Not a directory$"
    ):
        write({"a": b"1", "a/b": b"2"}, Path("output"))


def test_bytes_behind_a_hard_link_stay(tmp_path: Path, output: Path) -> None:
    write({"a.html": b"ours", "b.html": b"ours"}, output)
    for name in ("a.html", "b.html", NAME):
        (tmp_path / name).hardlink_to(output / name)
    manifest = (tmp_path / NAME).read_bytes()

    write({"a.html": b"new"}, output)

    assert (tmp_path / "a.html").read_bytes() == b"ours"
    assert (tmp_path / "b.html").read_bytes() == b"ours"
    assert (tmp_path / NAME).read_bytes() == manifest
    assert seen(output) == {"a.html": b"new"}


def test_a_link_in_place_of_the_manifest_is_replaced_and_not_followed(
    tmp_path: Path, output: Path
) -> None:
    output.mkdir()
    (tmp_path / "mine.json").write_bytes(MINE)
    (output / NAME).symlink_to(tmp_path / "mine.json")

    write({"a.html": b"new"}, output)

    assert (tmp_path / "mine.json").read_bytes() == MINE
    assert not (output / NAME).is_symlink()


@pytest.mark.parametrize("kind", ["link", "dangling link", "FIFO", "socket", "link to a folder"])
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.usefixtures("no_hang")
def test_what_is_no_ordinary_file_is_left_where_it_is(
    tmp_path: Path, output: Path, kind: str, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    output.mkdir()
    (tmp_path / "mine.txt").write_bytes(MINE)
    (tmp_path / "mine").mkdir()
    place = output / "a.html"
    monkeypatch.chdir(output)
    with socket.socket(socket.AF_UNIX) as server:
        match kind:
            case "FIFO":
                os.mkfifo(place)
            case "socket":
                server.bind("a.html")
            case "link":
                place.symlink_to(tmp_path / "mine.txt")
            case "dangling link":
                place.symlink_to(tmp_path / "none.txt")
            case _:
                place.symlink_to(tmp_path / "mine")
        mode = place.lstat().st_mode
        if known:
            claim(output, {"a.html": digest(MINE)})

        with pytest.raises(OutputFault, match=r"are where it has to write: a\.html"):
            write({"a.html": MINE}, output)
        with pytest.raises(OutputFault, match=r"are where it has to write: a\.html"):
            write({"a.html": MINE}, output, clean=True)
        write({"b.html": b"new"}, output, clean=True)

    assert place.lstat().st_mode == mode
    assert (tmp_path / "mine.txt").read_bytes() == MINE
    assert not (tmp_path / "none.txt").exists()


@pytest.mark.usefixtures("no_hang")
def test_a_fifo_in_place_of_the_manifest_does_not_block(output: Path) -> None:
    output.mkdir()
    os.mkfifo(output / NAME)

    write({"b.html": b"new"}, output)

    assert Manifest.load(output).files == {"b.html": digest(b"new")}


def test_names_of_temporary_files_can_not_be_guessed(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len({random_name() for _ in range(100)}) == 100
    output.mkdir()
    (tmp_path / "mine.txt").write_bytes(MINE)
    (output / ".a.html.tmp").symlink_to(tmp_path / "mine.txt")
    guessed = random_name()
    (output / guessed).symlink_to(tmp_path / "mine.txt")
    write({"a.html": b"new"}, output)
    monkeypatch.setattr("site_builder.tree.random_name", lambda: guessed)

    with pytest.raises(OutputFault, match="File exists"):
        write({"a.html": b"newer"}, output)

    assert (tmp_path / "mine.txt").read_bytes() == MINE
    assert (output / guessed).is_symlink()


# --- files that become folders, and the other way round -----------------------------------------------

OTHERS: Mapping[str, bytes] = {"x.html": b"x", "a0/y": b"y"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": b"1"}, {"a/b": b"2"}),
        ({"a/b": b"1"}, {"a": b"2"}),
        ({"a": b"1"}, {"a/b/c": b"2", "a/d": b"3"}),
        ({"a/b/c": b"1", "a/d": b"2"}, {"a": b"3"}),
        ({"a/b/c": b"1", "a/d": b"2"}, {"a/b": b"3"}),
        ({"a/b": b"1", "c": b"1"}, {"a": b"1", "c/b": b"1"}),
    ],
)
def test_a_file_becomes_a_folder_and_a_folder_a_file(
    output: Path, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    write({**OTHERS, **before}, output)

    changes = write({**OTHERS, **after}, output)

    assert seen(output) == {**OTHERS, **after}
    assert changes == Changes(added=tuple(sorted(after)), removed=tuple(sorted(before)))
    assert write({**OTHERS, **after}, output) == Changes()


def test_empty_folders_make_way(output: Path) -> None:
    write(OTHERS, output)
    (output / "a/b/c").mkdir(parents=True)

    write({**OTHERS, "a": b"1"}, output)

    assert seen(output) == {**OTHERS, "a": b"1"}


@pytest.mark.parametrize(
    ("there", "ours", "named"),
    [("a/mine.txt", "a", "a/mine.txt"), ("a", "a/b", "a"), ("a", "a/b/c", "a")],
)
@pytest.mark.parametrize("clean", [False, True])
def test_files_of_others_do_not_make_way(
    output: Path, there: str, ours: str, named: str, clean: bool
) -> None:
    write(OTHERS, output)
    (output / there).parent.mkdir(exist_ok=True)
    (output / there).write_bytes(MINE)

    with pytest.raises(OutputFault, match=f"are where it has to write: {named}\\. "):
        write({**OTHERS, ours: b"1"}, output, clean=clean)
    assert seen(output) == {**OTHERS, there: MINE}


def test_where_case_does_not_count_a_file_that_changes_case_alone_stays(output: Path) -> None:
    """Two names of one file, as such a file system has them: a hard link does for it here."""
    write({"Logo.png": b"1"}, output)
    (output / "logo.png").hardlink_to(output / "Logo.png")

    write({"logo.png": b"1"}, output)

    assert seen(output) == {"logo.png": b"1"}
    assert (output / "logo.png").stat().st_nlink == 1
    assert write({"logo.png": b"1"}, output) == Changes()
