"""What is slow to make is kept, and nothing in the folder can do harm."""

from __future__ import annotations

from pathlib import Path

from site_builder.memory.blobs import Blobs, key_of


def test_what_was_put_is_got(tmp_path: Path) -> None:
    Blobs(tmp_path / "made").put(key_of("a", b"b"), b"data")
    assert Blobs(tmp_path / "made").get(key_of("a", b"b")) == b"data"
    assert Blobs(tmp_path / "made").get(key_of("ab")) is None


def test_damage_counts_as_absence(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    key = key_of("a")
    blobs.put(key, b"some data")
    whole = (tmp_path / key).read_bytes()
    for damaged in (b"", whole[:5], whole[:-1], whole + b"x", bytes([whole[0] ^ 1]) + whole[1:]):
        (tmp_path / key).write_bytes(damaged)
        assert blobs.get(key) is None


def test_a_folder_that_can_not_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("a file")
    blobs = Blobs(tmp_path / "made")
    blobs.put(key_of("a"), b"data")
    assert blobs.get(key_of("a")) is None
    blobs.prune()


def test_nothing_is_kept_without_a_folder() -> None:
    blobs = Blobs(None)
    blobs.put(key_of("a"), b"data")
    assert blobs.get(key_of("a")) is None


def test_what_is_long_unused_goes(tmp_path: Path) -> None:
    old = Blobs(tmp_path)
    for n in range(600):
        old.put(key_of(str(n)), b"data")
    new = Blobs(tmp_path)
    new.put(key_of("new"), b"data")
    new.prune()
    assert len(list(tmp_path.iterdir())) == 513
    assert new.get(key_of("new")) == b"data"
