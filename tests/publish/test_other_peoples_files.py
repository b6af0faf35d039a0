"""What publishing leaves alone, in every kind of target: files of others, links, and what is no file."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.disk import is_clean
from site_builder.publish.plan import Held, Present, clashes, make_plan, stages
from site_builder.publish.record import PublishedFile, Record
from site_builder.reading.files import digest

if TYPE_CHECKING:
    from tests.publish.conftest import Desk, Tree

MINE = "mine\n"


class Place:
    """A target of some kind, and a way to see and to change what it holds."""

    def __init__(self, kind: str, tmp_path: Path, tree: Tree) -> None:
        self.kind = kind
        self._path = tmp_path / "www/tea"
        self._work = tmp_path / "work"
        self._tree = tree
        (tmp_path / "www").mkdir()
        if kind == "git":
            self._git(tmp_path, "init", "-q", "--bare", str(self._path))

    @property
    def target(self) -> str:
        return {
            "directory": "{kind: directory, path: ../www/tea}",
            "rsync": f"{{kind: rsync, to: '{self._path}'}}",
            "git": f"{{kind: git, remote: '{self._path}', branch: pages}}",
            "zip": "{kind: zip, path: ../www/tea}",
        }[self.kind]

    @staticmethod
    def _git(folder: Path, *words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x", *words], cwd=folder, check=True
        )

    def _open(self) -> Path:
        """A folder with what the target holds."""
        if self.kind in ("directory", "rsync"):
            return self._path
        shutil.rmtree(self._work, ignore_errors=True)
        if self.kind == "git":
            self._git(self._path, "clone", "-q", "-b", "pages", str(self._path), str(self._work))
        else:
            with zipfile.ZipFile(self._path) as archive:
                archive.extractall(self._work)
        return self._work

    def files(self) -> dict[str, bytes]:
        found = self._tree(self._open())
        return {path: data for path, data in found.items() if not path.startswith(".git/")}

    def write(self, path: str, text: str) -> None:
        """Somebody else writes a file there."""
        folder = self._open()
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
        if self.kind == "git":
            self._git(folder, "add", "-A")
            self._git(folder, "commit", "-q", "-m", "x")
            self._git(folder, "push", "-q", "origin", "pages")
        elif self.kind == "zip":
            files = self._tree(folder)
            with zipfile.ZipFile(self._path, "w") as archive:
                for name, data in files.items():
                    archive.writestr(name, data)


@pytest.fixture(params=["directory", "rsync", "git", "zip"])
def place(request: pytest.FixtureRequest, tmp_path: Path, tree: Tree, desk: Desk) -> Place:
    if request.param in ("git", "rsync") and shutil.which(request.param) is None:
        pytest.skip(f"no {request.param}")
    made = Place(request.param, tmp_path, tree)
    desk.target("box", made.target)
    return made


def static(desk: Desk, files: dict[str, str]) -> None:
    """Makes static/ hold these files and the picture that the site needs."""
    shutil.rmtree(desk.root / "static")
    desk.write(
        {"static/cup.svg": "<svg/>\n", **{f"static/{path}": text for path, text in files.items()}}
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": "1\n"}, {"a/b/c": "2\n", "a/d": "3\n"}),
        ({"a/b/c": "1\n", "a/d": "2\n"}, {"a": "3\n"}),
        ({"a/b/c": "1\n", "a/d": "2\n", "e": "1\n"}, {"a/b": "3\n", "e/b": "1\n"}),
    ],
)
def test_a_file_becomes_a_folder_and_a_folder_a_file_in_every_target(
    desk: Desk, place: Place, before: dict[str, str], after: dict[str, str]
) -> None:
    static(desk, before)
    desk.publish()
    there = place.files()
    static(desk, after)

    said = desk.publish()

    assert said.code == 0, said.errors
    expected = there.keys() - before.keys() | after.keys()
    files = place.files()
    assert files.keys() == expected
    assert {path: files[path].decode() for path in after} == after
    assert desk.publish().out.partition(" (")[0].endswith("is up to date; nothing was sent")


@pytest.mark.parametrize(("theirs", "ours"), [("a", "a/b"), ("a/b", "a")])
def test_files_of_others_do_not_make_way_in_any_target(
    desk: Desk, place: Place, theirs: str, ours: str
) -> None:
    desk.publish()
    place.write(theirs, MINE)
    before = place.files()
    static(desk, {ours: "x\n"})

    said = desk.publish()

    assert said.code == 1
    assert f" are where it has to publish: {theirs}. Nothing was changed" in said.errors
    assert place.files() == before


def test_a_published_file_that_somebody_changed_stays(desk: Desk, place: Place) -> None:
    static(desk, {"a.txt": "ours\n", "b.txt": "ours\n"})
    desk.publish()
    place.write("a.txt", MINE)
    static(desk, {})

    said = desk.publish()

    assert said.code == 0, said.errors
    assert "b.txt" not in place.files()
    if place.kind == "rsync":  # over there nobody can tell what was written
        assert "a.txt" not in place.files()
        return
    assert place.files()["a.txt"] == MINE.encode()
    assert (
        "1 file is no longer in the site and stays there, because somebody else changed it: a.txt"
        in said.out
    )
    assert "a.txt" not in desk.publish().out
    assert place.files()["a.txt"] == MINE.encode()


def test_files_of_others_stay_in_every_target(desk: Desk, place: Place) -> None:
    desk.publish()
    place.write("theirs/a.txt", MINE)
    static(desk, {"new.txt": "x\n"})

    assert desk.publish().code == 0

    assert place.files()["theirs/a.txt"] == MINE.encode()
    assert "new.txt" in place.files()


@pytest.mark.parametrize(
    "claimed",
    ["../mine.txt", "{tmp}/mine.txt", "x/../../mine.txt", "linked/mine.txt", "a\\b", "", "\0", "."],
)
def test_a_record_from_a_stranger_names_nothing_outside(
    desk: Desk, place: Place, tmp_path: Path, claimed: str
) -> None:
    desk.publish()
    for folder in (tmp_path, tmp_path / "www"):
        (folder / "mine.txt").write_text(MINE)
    record = json.loads(place.files()[".published.json"])
    path = claimed.format(tmp=tmp_path)
    record["files"][path] = [digest(MINE.encode()), len(MINE)]
    place.write(".published.json", json.dumps(record))
    if place.kind == "directory":
        (tmp_path / "www/tea/linked").symlink_to(tmp_path)
    static(desk, {"new.txt": "x\n"})

    said = desk.publish()

    assert said.code == 0, said.errors
    assert (tmp_path / "mine.txt").read_text() == MINE
    assert (tmp_path / "www/mine.txt").read_text() == MINE
    assert "new.txt" in place.files()


ROWS = st.dictionaries(
    st.sampled_from(["a", "../a", "/a", "a//b", "C:/a", "a\\b", "\0", ""]) | st.text(max_size=5),
    st.sampled_from([["x", 1], ["x"], [1, 1], "x", None, [], {}, ["x", "1"], ["x", 1, 1]]),
    max_size=5,
)


@given(ROWS, ROWS, st.sampled_from([1, 2, None, "1", []]), st.sampled_from(["", 1, None, []]))
def test_random_records_are_read_without_harm(
    files: dict[str, object], entities: dict[str, object], version: object, manner: object
) -> None:
    value = {"version": version, "files": files, "entities": entities, "manner": manner}

    found = Record.parse(json.dumps(value).encode())

    assert found is None or all(is_clean(path) for path in found.files)


@pytest.mark.parametrize("digest_of_stranger", ["", "\ud800"])
def test_a_record_without_a_digest_makes_no_file_ours(
    desk: Desk, place: Place, digest_of_stranger: str
) -> None:
    desk.publish()
    place.write("theirs.txt", MINE)
    record = json.loads(place.files()[".published.json"])
    record["files"]["theirs.txt"] = [digest_of_stranger, 10**400]
    record["files"]["index.html"][1] = 10**400
    record["entities"] |= {
        "weird/x": ["0", "Title"],
        "issue/\ud800": ["0", "Title"],
        "issue/gone": ["0", "\ud800"],
        "issue": ["0", "Title"],
    }
    place.write(".published.json", json.dumps(record))
    static(desk, {"new.txt": "x\n"})

    if place.kind != "rsync":  # over there nobody can tell what was written
        assert desk.publish("--dry-run", "--format", "json").code == 0
        said = desk.publish("--format", "json", "--take-over")
        assert said.code == 0, said.errors
        assert json.loads(said.out)["removed"]["entities"] == []
        return
    assert desk.publish().code == 0


LARGE = b'{"version": 1, "files": {}, "entities": {}, "manner": ""}'


def test_a_record_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.publish.record.LARGEST", len(LARGE))
    asked: list[int] = []

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            asked.append(size)
            return b" " * 50

    assert Record.read(io.BytesIO(LARGE)) == Record()
    assert Record.read(Endless()) is None
    assert len(asked) == 2
    assert Record.parse(LARGE + b" ") is None


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 100_000, b"null", b"9" * 5000, b"{}"])
def test_a_record_of_any_shape_is_read_without_harm(data: bytes) -> None:
    assert Record.parse(data) is None


def test_where_there_are_no_folders_nothing_has_to_make_way() -> None:
    held = {"a": Held(1, "no longer in the site", ours=True), "c/d": Held(1, "x", ours=False)}
    files = {"a/b": b"1", "c": b"1"}
    in_folders, flat = Present(held, None), Present(held, None, has_folders=False)

    assert clashes(files, in_folders) == ["c/d"]
    assert clashes(files, flat) == []
    assert [row.path for row in stages(make_plan(files, in_folders))[0]] == ["a"]
    assert [row.path for row in stages(make_plan(files, flat))[-1]] == ["a"]


def test_removals_go_from_what_leads_to_what_is_led_to() -> None:
    """Feeds first, then pages, then what pages need: a reader meets no page without its pictures."""
    names = ("a.css", "a.html", "feed.xml")
    held = {name: Held(1, "no longer in the site", ours=True) for name in names}

    plan = make_plan({}, Present(held, Record({name: PublishedFile("", 1) for name in names})))

    order = [[row.path for row in rows] for rows in stages(plan)]
    assert order == [["feed.xml"], ["a.html"], ["a.css"]]


def test_a_name_that_is_not_utf8_can_be_taken_over(desk: Desk, place: Place) -> None:
    desk.publish()
    is_text = place.kind == "zip"  # names in a zip file are text
    place.write("café" if is_text else os.fsdecode(b"caf\xe9"), MINE)

    assert desk.publish("--take-over").code == 0
    assert all(path.isascii() for path in place.files())


# --- a directory's versions, and modes ---------------------------------------------------------------


@pytest.fixture
def www(tmp_path: Path, desk: Desk) -> Path:
    (tmp_path / "www").mkdir()
    desk.target("box", "{kind: directory, path: ../www/tea}")
    return tmp_path / "www/tea"


def test_folders_among_the_versions_that_are_not_ours_stay(desk: Desk, www: Path) -> None:
    desk.publish()
    versions = www.parent / ".tea.versions"
    for name in ("mine", "7", "07", "²", "8.making", "9/site", "10/before/x", "11/site"):
        (versions / name).mkdir(parents=True)
        (versions / name / "mine.txt").write_text(MINE)
    (versions / "11/before").write_text("")
    (versions / "11/mine.txt").write_text(MINE)
    (versions / "link").symlink_to(www.parent)

    for number in range(3):
        static(desk, {"new.txt": f"{number}\n"})
        assert desk.publish().code == 0

    assert sorted(path.name for path in versions.rglob("mine.txt")) == ["mine.txt"] * 9
    assert (versions / "link").is_symlink()
    assert (www / "new.txt").read_text() == "2\n"


def test_names_of_new_versions_can_not_be_guessed(
    desk: Desk, www: Path, tmp_path: Path, tree: Tree
) -> None:
    desk.publish()
    (tmp_path / "mine").mkdir()
    for name in ("2.making", "3.making"):
        (www.parent / ".tea.versions" / name).symlink_to(tmp_path / "mine")
    static(desk, {"new.txt": "x\n"})

    assert desk.publish().code == 0
    assert tree(tmp_path / "mine") == {}


def test_versions_behind_a_link_are_refused(desk: Desk, www: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (www.parent / ".tea.versions").symlink_to(tmp_path / "mine")

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: '{www.parent}/.tea.versions' is needed for versions, but is "
            "not a folder; move it away\n"
        ),
    )
    assert list((tmp_path / "mine").iterdir()) == []


@pytest.mark.usefixtures("no_hang")
@pytest.mark.parametrize("path", [".published.json", "empty.txt"])
def test_a_fifo_in_a_folder_does_not_block_a_publish(desk: Desk, www: Path, path: str) -> None:
    static(desk, {"empty.txt": ""})
    desk.publish()
    (www / path).unlink()
    os.mkfifo(www / path)

    desk.publish("--yes", "--take-over")

    assert (www / path).is_file()


@pytest.mark.usefixtures("no_hang")
def test_a_fifo_in_place_of_a_zip_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tea.zip")
    desk.target("parcel", "{kind: zip, path: ../tea.zip}")

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        f"site-builder: '{tmp_path}/tea.zip' is not a regular file; choose another place\n",
    )


@pytest.mark.usefixtures("no_hang")
def test_a_fifo_in_place_of_the_ledger_is_refused(desk: Desk, www: Path) -> None:
    os.mkfifo(desk.root / "addresses.txt")

    said = desk.publish()

    assert said.code == 1
    assert "addresses.txt' can't be read: " in said.errors
    assert not www.exists()


@pytest.mark.usefixtures("www")
def test_the_ledger_is_not_written_through_a_link(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    (desk.root / "addresses.txt").rename(tmp_path / "mine.txt")
    before = (tmp_path / "mine.txt").read_bytes()
    (desk.root / "addresses.txt").symlink_to(tmp_path / "mine.txt")
    static(desk, {"new.txt": "x\n"})

    assert desk.publish().code == 1
    assert (tmp_path / "mine.txt").read_bytes() == before


@pytest.mark.parametrize("kind", ["directory", "rsync"])
def test_a_server_can_read_what_was_published_whatever_the_mask(
    desk: Desk, tmp_path: Path, tree: Tree, kind: str
) -> None:
    if kind == "rsync" and shutil.which("rsync") is None:
        pytest.skip("no rsync")
    place = Place(kind, tmp_path, tree)
    desk.target("box", place.target)
    mask = os.umask(0o077)
    try:
        assert desk.publish().code == 0
        static(desk, {"deep/er/new.txt": "x\n"})
        assert desk.publish().code == 0
    finally:
        os.umask(mask)

    top = (tmp_path / "www/tea").resolve()
    found = {path.stat().st_mode & 0o777 for path in [top, *top.rglob("*")] if path.is_dir()}
    assert found == {0o755}
    assert {path.stat().st_mode & 0o777 for path in top.rglob("*") if path.is_file()} == {0o644}
    if kind == "directory":
        assert {
            path.stat().st_mode & 0o777
            for path in top.parents
            if tmp_path in path.parents and path.name != "www"
        } == {0o755}


def test_a_folder_over_there_keeps_its_own_permissions(
    desk: Desk, tmp_path: Path, tree: Tree
) -> None:
    if shutil.which("rsync") is None:
        pytest.skip("no rsync")
    place = Place("rsync", tmp_path, tree)
    (tmp_path / "www/tea").mkdir(mode=0o750)
    desk.target("box", place.target)

    desk.publish()

    assert (tmp_path / "www/tea").stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("domain", [True, False])
def test_a_domain_goes_to_its_branch_alone(
    desk: Desk, tmp_path: Path, tree: Tree, domain: bool
) -> None:
    """A `CNAME` that says the same counts as ours, as a host writes it when a domain is set."""
    place = Place("git", tmp_path, tree)
    more = ", domain: tea.example.org" if domain else ""
    desk.target("box", place.target.replace("}", f"{more}}}"))
    desk.target("trial", "{kind: directory, path: ../trial}")
    assert desk.publish("box").code == 0
    assert desk.publish("trial").code == 0

    assert place.files().get("CNAME") == (b"tea.example.org\n" if domain else None)
    assert not (tmp_path / "trial/CNAME").exists()
    if domain:
        place.write("CNAME", "tea.example.org")
        record = json.loads(place.files()[".published.json"])
        del record["files"]["CNAME"]
        place.write(".published.json", json.dumps(record))
        assert desk.publish("box").code == 0
        assert place.files()["CNAME"] == b"tea.example.org\n"
