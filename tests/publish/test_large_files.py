"""A large file of `static/` is published a piece at a time: nobody holds it in memory."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from site_builder.content.targets import DirectoryTarget, GitTarget, RsyncTarget, Target, ZipTarget
from site_builder.publish import record, s3
from site_builder.publish.destination import Destination, Shipment, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.files import SiteFiles, is_same, opened, sum_at
from site_builder.publish.opening import open_destination
from site_builder.publish.plan import Plan, make_plan
from site_builder.publish.record import PublishedFile, Record
from site_builder.reading.files import digest
from tests.publish.test_programs_fail import Place

SIZE = 24_000_000
MOST = 8_000_000
"""Bytes that Python may take for it at a time; a piece has one million."""
KINDS = ("directory", "zip", "rsync", "git")


class OnDisk(Mapping[str, bytes]):
    """The files of a site, of which the large one may not be read whole."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def __getitem__(self, path: str) -> bytes:
        assert path != "film.webm", "it is read whole"
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        yield from (*self._files, "film.webm")

    def __len__(self) -> int:
        return len(self._files) + 1


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A file that is long, and not the same all along."""
    place = tmp_path / "film.webm"
    with place.open("wb") as file:
        for number in range(SIZE // 1_000_000):
            file.write(number.to_bytes(4, "big") * 250_000)
    return place


Open = Callable[[], Destination]


@pytest.fixture
def target(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a target, each time as for a publish of its own."""
    if kind in ("rsync", "git") and shutil.which(kind) is None:
        pytest.skip(f"no {kind}")
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    far = tmp_path / "top/far"
    targets: Mapping[str, Target] = {
        "directory": DirectoryTarget(kind="directory", path=str(far)),
        "zip": ZipTarget(kind="zip", path=str(far)),
        "rsync": RsyncTarget(kind="rsync", to=str(far)),
        "git": GitTarget(kind="git", remote=str(far), branch="pages"),
    }
    if kind == "git":
        Place(kind, tmp_path / "top")
    (tmp_path / "top/site").mkdir(parents=True, exist_ok=True)

    def begin() -> Destination:
        workspace = tmp_path / f"workspace-{len(list(tmp_path.iterdir()))}"
        workspace.mkdir()
        around = Surroundings(tmp_path / "top/site", workspace, interactive=False)
        return open_destination(targets[kind], around)

    return begin


def publish(destination: Destination, site: SiteFiles) -> Plan:
    made = Record({path: PublishedFile(*sum_at(site, path)) for path in site})
    files = site.plus({record.NAME: made.dump()})
    present = destination.look(files)
    plan = make_plan(files, present)
    destination.send(Shipment(plan, files, made, present.record, "News"), lambda _: None)
    return plan


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_file_is_not_held_in_memory(
    target: Open, kind: str, film: Path, tmp_path: Path
) -> None:
    copied = {"film.webm": str(film)}
    tracemalloc.start()
    first = publish(target(), SiteFiles(OnDisk({"index.html": b"1"}), {}, copied=copied))
    second = publish(target(), SiteFiles(OnDisk({"index.html": b"2"}), {}, copied=copied))
    with film.open("ab") as file:
        file.write(b"The end.")
    third = publish(target(), SiteFiles(OnDisk({"index.html": b"2"}), {}, copied=copied))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < MOST
    assert [row.path for row in first.sent] == ["film.webm", "index.html", record.NAME]
    assert next(row.size for row in first.sent if row.path == "film.webm") == SIZE
    assert [row.path for row in second.sent] == ["index.html", record.NAME]
    assert [row.path for row in third.sent] == ["film.webm", record.NAME]
    if kind in ("directory", "rsync"):
        assert (tmp_path / "top/far/film.webm").read_bytes() == film.read_bytes()


@pytest.mark.parametrize("kind", ["directory", "git", "zip"])
def test_a_large_file_that_goes_is_not_held_in_memory(target: Open, film: Path) -> None:
    publish(target(), SiteFiles(OnDisk({}), {}, copied={"film.webm": str(film)}))
    tracemalloc.start()
    plan = publish(target(), SiteFiles({"index.html": b"1"}, {}))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < MOST
    assert [row.path for row in plan.removals] == ["film.webm"]


@pytest.mark.parametrize("kind", ["zip"])
def test_what_others_put_into_a_zip_file_is_carried_along_a_piece_at_a_time(
    target: Open, film: Path, tmp_path: Path
) -> None:
    publish(target(), SiteFiles({"index.html": b"1"}, {}))
    with zipfile.ZipFile(tmp_path / "top/far", "a") as archive:
        archive.write(film, "theirs.webm")
    tracemalloc.start()
    publish(target(), SiteFiles({"index.html": b"2"}, {}))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < MOST
    with zipfile.ZipFile(tmp_path / "top/far") as archive:
        assert digest(archive.read("theirs.webm")) == digest(film.read_bytes())


@pytest.mark.parametrize("kind", ["zip"])
def test_a_zip_file_is_the_same_however_its_files_are_read(
    target: Open, film: Path, tmp_path: Path
) -> None:
    with film.open("r+b") as file:
        file.truncate(3_000_001)
    publish(target(), SiteFiles({"film.webm": film.read_bytes()}, {}))
    one = (tmp_path / "top/far").read_bytes()
    (tmp_path / "top/far").unlink()
    publish(target(), SiteFiles({"film.webm": b""}, {}, copied={"film.webm": str(film)}))

    assert (tmp_path / "top/far").read_bytes() == one
    with zipfile.ZipFile(tmp_path / "top/far") as archive:
        assert archive.read("film.webm") == film.read_bytes()


@pytest.mark.parametrize("compress", [None, "gzip"])
@pytest.mark.parametrize("name", ["film.webm", "film.csv"])
def test_an_object_of_a_bucket_is_made_a_piece_at_a_time(
    film: Path, compress: str | None, name: str
) -> None:
    files = SiteFiles(OnDisk({}), {}, copied={"film.webm": str(film)})
    if name == "film.csv":
        files = SiteFiles({name: b""}, {}, copied={name: str(film)})
    data = film.read_bytes()
    made = gzip.compress(data, 9, mtime=0) if compress and name == "film.csv" else data
    tracemalloc.start()
    stored = s3.stored_as(files, name, compress)
    with s3._body(files, name, stored) as body:
        assert body.read(1000) == made[:1000]
        body.seek(0, 2)
        assert body.tell() == len(made)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < MOST
    assert stored.tag == hashlib.md5(made, usedforsecurity=False).hexdigest()
    assert stored.digest == digest(data)
    assert stored == s3.stored_as({name: data}, name, compress)


def test_what_is_read_is_the_file_of_the_path(film: Path, tmp_path: Path) -> None:
    files = SiteFiles(
        {"film.webm": b"", "a": b"aa", "b": b"b"}, {"c": b"c"}, ("b",), {"film.webm": str(film)}
    )
    assert [*files] == ["film.webm", "a", "c"]
    assert sum_at(files, "film.webm") == (digest(film.read_bytes()), SIZE)
    assert sum_at(files, "a") == (digest(b"aa"), 2)
    for other, same in ((film.read_bytes(), True), (film.read_bytes()[:-1], False), (b"", False)):
        (tmp_path / "other").write_bytes(other)
        with (tmp_path / "other").open("rb") as file:
            assert is_same(files, "film.webm", file) is same
    film.unlink()
    with (
        pytest.raises(PublishFault, match=r"^'.*/film\.webm' can't be read: No such file or dir"),
        opened(files, "film.webm"),
    ):
        pass
