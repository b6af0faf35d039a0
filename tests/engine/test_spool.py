"""Bytes that wait on disk come back as they were put in, also in a process that was forked since."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.build import Builder, Options
from site_builder.memory.spool import Spool, Spooled
from site_builder.stages import entries
from site_builder.workers import FEWEST, Workers

ROOT = Path(__file__).parents[2]
LARGE = {f"page {number}": os.urandom(100_000) for number in range(100)}


def filled(folder: Path | None) -> Spool:
    spool = Spool(folder)
    for key, data in LARGE.items():
        spool.put(key, data)
    return spool


@pytest.mark.parametrize("on_disk", [True, False])
def test_what_was_put_in_comes_out_in_order(tmp_path: Path, *, on_disk: bool) -> None:
    spool = filled(tmp_path if on_disk else None)
    assert list(spool.items()) == list(LARGE.items())
    assert len(spool) == len(LARGE)
    assert "page 7" in spool
    assert "page 700" not in spool
    assert not [*tmp_path.iterdir()]  # a temporary file has no name that could be left behind


def test_a_folder_that_can_not_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert dict(filled(tmp_path / "file")) == LARGE


def test_other_processes_read_it_at_the_same_time(tmp_path: Path) -> None:
    spool = filled(tmp_path)
    keys = [*LARGE] * (FEWEST // len(LARGE) + 5)
    assert Workers(4).map(spool.__getitem__, keys) == [LARGE[key] for key in keys]


def test_pages_are_the_same_when_bodies_wait_in_a_spool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(ROOT)
    expected = Builder(options).render()
    read: list[str] = []
    spooled = Spooled.read
    monkeypatch.setattr(Spooled, "read", lambda row: read.append("") or spooled(row))
    monkeypatch.setattr(entries, "_MANY", 1)

    site = Builder(options, folder=tmp_path).render()

    assert dict(site.files) == dict(expected.files)
    assert read
